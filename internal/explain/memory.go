package explain

// Memory is what explainers keep from one question to the next, so that a row
// that is being edited is explained anew in less time, to the same bits. All
// questions that share one differ in X alone: model, class, background rows and
// the rest are the same, and their Rand starts alike. The zero value holds
// nothing yet. It is not safe for concurrent use.
type Memory struct{ held map[string]any }

// Recall returns what m holds under a name, or else makes it and has m hold it.
// A nil Memory never holds anything. A name always goes with the same type.
func Recall[T any](m *Memory, name string, produce func() (T, error)) (T, error) {
	if m != nil {
		if v, ok := m.held[name]; ok {
			return v.(T), nil
		}
	}
	v, err := produce()
	if err == nil && m != nil {
		if m.held == nil {
			m.held = map[string]any{}
		}
		m.held[name] = v
	}
	return v, err
}
