package ui

import (
	"slices"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
)

// rowsShown is how many rows of the table a page of it shows.
const rowsShown = 10

// room returns the sizes of the large and the small pictures, by the width of
// the window. A picture is drawn for its place, so that its text keeps 12 px.
func (a *App) room() (large, side, small draw.Size) {
	switch {
	case a.Media("(min-width: 1500px)"):
		return draw.Size{Width: 660, Height: 500}, draw.Size{Width: 440, Height: 460}, draw.Size{Width: 290, Height: 170}
	case a.Media("(min-width: 1000px)"):
		return draw.Size{Width: 520, Height: 430}, draw.Size{Width: 360, Height: 400}, draw.Size{Width: 290, Height: 170}
	case a.Media("(min-width: 640px)"):
		return draw.Size{Width: 640, Height: 460}, draw.Size{Width: 560, Height: 400}, draw.Size{Width: 560, Height: 200}
	default:
		return draw.Size{Width: 360, Height: 320}, draw.Size{Width: 340, Height: 340}, draw.Size{Width: 320, Height: 170}
	}
}

func (a *App) homeWant() []figure.Want {
	large, side, _ := a.room()
	side.Height = 240
	wants := []figure.Want{{View: "surface", Size: large}, {View: "waterfall", Size: side}, {View: "what-if"}}
	if a.session.Spec().Explain.Counterfactual != nil {
		wants = append(wants, figure.Want{View: "flips", Size: side})
	}
	return wants
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
	return !slices.Contains([]string{"what-if", "flips", "rows", "waterfall", "loss"}, view)
}

// benchWant asks for what is on the screen, the quick things first.
func (a *App) benchWant() []figure.Want {
	s := a.session
	large, side, small := a.room()
	main, why := s.mainView(), s.whyView()
	var wants []figure.Want
	add := func(view string, size draw.Size) {
		if view != "" && s.status.Refused[view] == "" && !slices.ContainsFunc(wants, func(w figure.Want) bool { return w.View == view }) {
			wants = append(wants, figure.Want{View: view, Size: size})
		}
	}
	add(main, large)
	add(why, side)
	if !s.Menu.images(s.Spec().Data.Name) {
		add("what-if", draw.Size{})
	}
	add(s.compareView(), side)
	add("loss", small)
	if s.Spec().Explain.Counterfactual != nil {
		add("flips", side)
	}
	if a.rows || main == "rows" {
		wants = slices.DeleteFunc(wants, func(w figure.Want) bool { return w.View == "rows" })
		wants = append(wants, figure.Want{View: "rows", From: a.rowFrom, Count: rowsShown})
	}
	return wants
}
