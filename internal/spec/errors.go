package spec

import "strings"

// Error is one finding. Its text says what is wrong, where, why and how to
// mend it.
type Error struct {
	Code string `json:"code"`           // stable: E-SPEC-FIELD, E-SPEC-NAME, E-SPEC-RANGE ...
	Path string `json:"path"`           // JSON Pointer: "/model/name"; "" is the whole document
	What string `json:"what"`           // what is wrong: `unknown field "veiw"`
	Why  string `json:"why,omitempty"`  // the rule it breaks, or what exists
	Fix  string `json:"fix,omitempty"`  // what to do: `did you mean "view"?`
	Line int    `json:"line,omitempty"` // 1-based; 0 where not known
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	if e.Path != "" {
		b.WriteString(" at " + e.Path)
	}
	b.WriteString(": " + e.What)
	if e.Why != "" {
		b.WriteString("; " + e.Why)
	}
	if e.Fix != "" {
		b.WriteString("; " + e.Fix)
	}
	return b.String()
}

// Errors is all that is wrong with one document, in document order.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}
