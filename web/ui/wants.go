package ui

import (
	"slices"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
)

// rowsShown is how many rows of the table a page of it shows.
const rowsShown = 6

// room is how wide the pictures stand in the page, in px. A picture is drawn
// for its place, so that its text keeps 12 px.
type room struct{ large, side, small int }

// wide reports whether panels stand in two columns.
func (a *App) wide() bool { return a.Media("(min-width: 1181px)") }

// room measures the workbench by the width of the window.
func (a *App) room() room {
	switch {
	case a.Media("(min-width: 1500px)"):
		return room{640, 430, 316}
	case a.wide():
		return room{480, 330, 290}
	case a.Media("(min-width: 640px)"):
		return room{620, 620, 560}
	}
	return room{340, 340, 320}
}

// size returns the size of a view that is w wide: those with axes are given a
// height, the others take what their content needs.
func size(view string, w int) draw.Size {
	switch view {
	case "surface", "effect", "shape", "confusion", "fit", "dependence", "forces":
		return draw.Size{Width: w, Height: min(w, 300+w/4)}
	case "loss":
		return draw.Size{Width: w, Height: 160 + w/4}
	}
	return draw.Size{Width: w}
}

func (a *App) homeWant() []figure.Want {
	large, side := 340, 340
	switch {
	case a.wide():
		large, side = 650, 456
	case a.Media("(min-width: 640px)"):
		large, side = 600, 600
	}
	wants := []figure.Want{{View: "surface", Size: size("surface", large)}, {View: "waterfall", Size: size("waterfall", side)}, {View: "what-if"}}
	if a.session.Spec().Explain.Counterfactual != nil {
		wants = append(wants, figure.Want{View: "flips", Size: size("flips", side)})
	}
	return a.session.shut(wants)
}

// whyView is the view that shows what the spec's explainer says.
func (s *Session) whyView() string {
	e := s.Menu.explainer(s.Spec().Explain.Name)
	switch {
	case e.Rank != nil:
		return "importance"
	case e.Trace != nil:
		return "effect"
	case s.Menu.images(s.Spec().Data.Name):
		return "saliency"
	}
	return "waterfall"
}

// compareView is the view of the second explainer, or "".
func (s *Session) compareView() string {
	if s.Spec().Explain.Compare == nil {
		return ""
	}
	if s.Menu.images(s.Spec().Data.Name) {
		return "saliency-compare"
	}
	return "waterfall-compare"
}

// mainView is the large picture: what the spec says, unless the worker said
// that it makes no sense here.
func (s *Session) mainView() string {
	name := s.Spec().View.Name
	if s.status.Refused[name] == "" {
		return name
	}
	for _, v := range s.status.Views {
		if mainly(v) {
			return v
		}
	}
	return name
}

// mainly reports whether a view is offered as the large picture. The others
// have a place of their own.
func mainly(view string) bool {
	return !slices.Contains([]string{"what-if", "flips", "rows", "loss", "brush"}, view)
}

// beside lists what is looked at together with all rows: one feature of them,
// and the model itself, where it is made of trees.
func (s *Session) beside() []string {
	if s.mainView() != "beeswarm" || s.compareView() != "" {
		return nil
	}
	return []string{"dependence", "tree-outline"}
}

// benchWant asks for what is on the screen, the quick things first.
func (a *App) benchWant() []figure.Want {
	s := a.session
	r := a.room()
	main, why := s.mainView(), s.whyView()
	var wants []figure.Want
	add := func(view string, width int) {
		if view != "" && s.status.Refused[view] == "" && !slices.ContainsFunc(wants, func(w figure.Want) bool { return w.View == view }) {
			wants = append(wants, figure.Want{View: view, Size: size(view, width)})
		}
	}
	add(main, r.large)
	if images := s.Menu.images(s.Spec().Data.Name); s.Spec().View.Brush != "" && !images && main != "brush" {
		wants = append(wants, figure.Want{View: "brush"})
	}
	add(why, r.side)
	if !s.Menu.images(s.Spec().Data.Name) {
		add("what-if", 0)
	}
	add(s.compareView(), r.side)
	for _, name := range s.beside() {
		if a.wide() {
			add(name, r.large)
		} else {
			add(name, r.side)
		}
	}
	if s.Spec().Model.File == nil {
		add("loss", r.small)
	}
	if s.Spec().Explain.Counterfactual != nil {
		add("flips", r.side)
	}
	if a.rows || main == "rows" {
		wants = slices.DeleteFunc(wants, func(w figure.Want) bool { return w.View == "rows" })
		wants = append(wants, figure.Want{View: "rows", From: a.rowFrom, Count: rowsShown})
	}
	return s.shut(wants)
}
