package ui

import "github.com/whybox/whybox/internal/view"

// FlipList names what to change so that the model decides otherwise.
type FlipList struct {
	Flips *view.Flips
	Go    func(f view.Flip) // makes the row like that
}

// mostChanges is how many changes of one counterfactual are listed.
const mostChanges = 8

func changes(f view.Flip) []view.Change { return f.Changes[:min(len(f.Changes), mostChanges)] }

func furtherChanges(f view.Flip) string { return "and " + count(len(f.Changes)-mostChanges) + " more" }

// span places the way from one value to another on the feature's range.
func span(c view.Change) string {
	if !(c.Max > c.Min) {
		return ""
	}
	a, b := (c.A-c.Min)/(c.Max-c.Min), (c.B-c.Min)/(c.Max-c.Min)
	return "left:" + share(min(a, b)) + ";width:" + share(max(a, b)-min(a, b))
}

func spanClass(c view.Change) string {
	if c.B < c.A {
		return "span falls"
	}
	return "span"
}
