package ui

import (
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// editedBy returns the feature of the row that a JSON Pointer into a spec sets.
func editedBy(path string) (name string, ok bool) {
	name, ok = strings.CutPrefix(path, "/explain/edit/")
	return unescape(name), ok
}

// unescape reads one name of a JSON Pointer.
func unescape(name string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(name) }

// defaultOf is what a spec means by leaving out the number that a JSON Pointer
// leads to: the knob's default, or otherwise for what is not a knob.
func (s *Session) defaultOf(path string, otherwise float64) float64 {
	sp := s.Spec()
	var knobs []knob.Knob
	switch {
	case strings.HasPrefix(path, "/data/knobs/"):
		knobs = s.Menu.data(sp.Data.Name).Knobs
	case strings.HasPrefix(path, "/model/knobs/"):
		knobs = s.Menu.model(sp.Model.Name).Knobs
	case strings.HasPrefix(path, "/explain/knobs/"):
		knobs = s.Menu.explainer(sp.Explain.Name).Knobs
	case strings.HasPrefix(path, "/explain/compare/knobs/") && sp.Explain.Compare != nil:
		knobs = s.Menu.explainer(sp.Explain.Compare.Name).Knobs
	case strings.HasPrefix(path, "/explain/counterfactual/knobs/") && sp.Explain.Counterfactual != nil:
		knobs = s.Menu.search(sp.Explain.Counterfactual.Name).Knobs
	case path == "/explain/row":
		return float64(s.status.Row)
	case path == "/model/stop":
		return float64(s.status.Total)
	case path == "/data/test":
		return 0.25
	}
	name := unescape(path[strings.LastIndexByte(path, '/')+1:])
	for _, k := range knobs {
		if v, ok := k.Default.(float64); ok && k.Name == name {
			return v
		}
	}
	return otherwise
}
