package ui

import (
	"slices"
	"time"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

// mostAhead bounds the answers that are kept for one slider, and longAhead how
// long the engine works for them.
const (
	mostAhead = 256
	longAhead = 3 * time.Second
)

// ahead asks for the places that a slider can go to before it goes there, from
// when a person points at it. A step of a drag then finds its answer here, and
// the next frame shows it. Of an answer that takes longer than the way to the
// slider the drag just waits, as it would without.
type ahead struct {
	slider  slider
	gone    bool            // the person left the slider
	at, way int             // place where it stands; -1, 0 or 1: where it went last
	base    string          // what the answers are about, but for the slider's feature
	answers map[string]kept // by spec document
	likely  []bool          // by place: where a mouse can take it; nil for all
	asked   []bool          // by place
	spent   time.Duration   // of the engine
	guesses []guess         // in the air, in the order asked
}

// kept is an answer to a question that may come.
type kept struct {
	want   []figure.Want
	panels map[string]figure.Panel // by view name
	status figure.Status
}

// guess is a question in the air.
type guess struct {
	id       int
	place    int
	document string
	asked    time.Duration // when, by the clock
	had      map[string]*figure.Panel
	stood    figure.Status
	got      kept
	broken   bool // it has panels that could not be made
}

// Near says that a person is at the slider of a feature and may move it.
func (s *Session) Near(k view.Control, t Track) {
	if k.Kind != "category" {
		s.near(slider{k.Feature, k.Min, k.Max, k.Step}, t)
	}
}

// NearParam is Near for an author's slider.
func (s *Session) NearParam(p spec.Param, t Track) {
	if name, ok := editedBy(p.Path); ok {
		s.near(slider{name, p.Min, p.Max, p.Step}, t)
	}
}

func (s *Session) near(r slider, t Track) {
	if a := &s.ahead; a.slider != r {
		s.ahead = ahead{slider: r, guesses: a.guesses}
	} else if t == (Track{}) && !a.gone {
		return // a click gave it the focus
	}
	s.ahead.gone, s.ahead.likely = false, t.places(r)
	s.foresee()
}

// Away says that the person left the slider of a feature; a drag that goes on
// counts more.
func (s *Session) Away(feature string) {
	if s.ahead.slider.feature == feature {
		s.ahead.gone = true
	}
}

// AwayParam is Away for an author's slider.
func (s *Session) AwayParam(p spec.Param) {
	if name, ok := editedBy(p.Path); ok {
		s.Away(name)
	}
}

// foresee asks for the place that the slider is likely to need next, if
// nothing else is in the air.
func (s *Session) foresee() {
	a := &s.ahead
	if a.slider.places() < 2 || a.gone && !s.history.open || a.spent > longAhead || len(a.answers) >= mostAhead {
		return
	}
	if !s.ready || !s.known || s.flight != 0 && !s.history.open || s.stopped || len(s.problems) > 0 {
		return
	}
	if base := s.guessed(nil); base != a.base {
		*a = ahead{slider: a.slider, likely: a.likely, gone: a.gone, base: base, asked: make([]bool, a.slider.places()), answers: map[string]kept{}, guesses: a.guesses}
	}
	s.follow()
	for len(a.guesses) < 2 { // the engine has one while the page reads the other
		place := a.next(s.history.open)
		if place < 0 {
			return
		}
		s.ask(place)
	}
}

// ask asks for a place of the slider.
func (s *Session) ask(place int) {
	a := &s.ahead
	v := a.slider.value(place)
	a.asked[place] = true
	s.id++
	g := guess{id: s.id, place: place, document: s.guessed(&v), asked: s.time(), stood: s.status, got: kept{want: s.Want(), panels: map[string]figure.Panel{}}}
	var lacking []figure.Want
	lacking, g.had = s.lacking(g.got.want)
	a.guesses = append(a.guesses, g)
	s.Ask(worker.Question{ID: g.id, Op: worker.Ahead, Spec: []byte(g.document), Want: lacking, Has: s.status.Sum})
}

// follow notes where the slider is and which way it goes.
func (s *Session) follow() {
	a := &s.ahead
	v, _ := s.valueOf(a.slider.feature)
	at := a.slider.place(v)
	switch {
	case !s.history.open:
		a.way = 0
	case at < a.at:
		a.way = -1
	case at > a.at:
		a.way = 1
	}
	a.at = at
}

// next returns the nearest place not asked for, those behind counting as four
// times as far; -1 for none. Unless the slider is held, the next two to either
// side are a key away.
func (a *ahead) next(held bool) int {
	best, least := -1, 0
	for i, asked := range a.asked {
		far := i - a.at
		if far < 0 {
			far = -far
		}
		if asked || a.likely != nil && !a.likely[i] && (held || far > 2) {
			continue
		}
		if (i-a.at)*a.way < 0 {
			far *= 4
		}
		if best < 0 || far < least {
			best, least = i, far
		}
	}
	return best
}

// guessed is the document of the question with the slider there, during a
// gesture; nil leaves the slider's feature out.
func (s *Session) guessed(at *float64) string {
	next := spec.Clone(s.history.now)
	next.Explain.Counterfactual = nil
	delete(next.Explain.Edit, s.ahead.slider.feature)
	if at != nil {
		if next.Explain.Edit == nil {
			next.Explain.Edit = map[string]float64{}
		}
		next.Explain.Edit[s.ahead.slider.feature] = *at
	}
	doc, err := spec.Encode(next)
	if err != nil {
		return ""
	}
	return string(doc)
}

// foreseen takes an answer, if it is one to a guess. It reports whether it is,
// and whether it was waited for.
func (s *Session) foreseen(x worker.Answer) (ours, shown bool) {
	a := &s.ahead
	at := slices.IndexFunc(a.guesses, func(g guess) bool { return g.id == x.ID })
	if at < 0 {
		return false, false
	}
	g := &a.guesses[at]
	switch x.Kind {
	case worker.PanelKind:
		if len(x.Problems) > 0 || x.Panel == nil {
			g.broken = true
			break
		}
		g.got.panels[x.View] = filled(x, g.had[x.View])
	case worker.Done:
		if !g.broken && x.Status != nil && a.answers != nil {
			g.got.status = completed(*x.Status, g.stood)
			a.answers[g.document] = g.got
		}
		a.spent += (s.time() - g.asked) / time.Duration(len(a.guesses))
		a.guesses = slices.Delete(a.guesses, at, at+1)
		if s.late && s.recall() {
			return true, true
		}
		s.foresee()
	case worker.Failed: // so may the others
		a.guesses, a.slider = nil, slider{}
	case worker.Cancelled:
		a.guesses = slices.Delete(a.guesses, at, at+1)
	}
	return true, false
}

// give forgets the guesses in the air: a question about the row takes their
// place.
func (a *ahead) give(edit map[string]float64) {
	for _, g := range a.guesses {
		if g.place < len(a.asked) {
			a.asked[g.place] = false
		}
	}
	a.guesses = nil
	if v, ok := edit[a.slider.feature]; ok && a.asked != nil {
		if place := a.slider.place(v); a.slider.value(place) == v {
			a.asked[place] = true
		}
	}
}

// recall shows the answer to the present question if it is there already, or
// waits for it if it is on its way, and reports whether it is.
func (s *Session) recall() bool {
	a := &s.ahead
	if len(a.answers) == 0 && len(a.guesses) == 0 {
		return false
	}
	doc, err := spec.Encode(s.asked())
	if err != nil {
		return false
	}
	same := func(g guess) bool {
		return !g.broken && g.document == string(doc) && slices.Equal(g.got.want, s.Want())
	}
	if at := slices.IndexFunc(a.guesses, same); at >= 0 {
		s.adopt(at)
		return true
	}
	k, ok := a.answers[string(doc)]
	if !ok || !slices.Equal(k.want, s.Want()) {
		return false
	}
	s.flight, s.late, s.flying, s.sent = 0, false, k.want, string(doc) // what is in the air is older
	for name, p := range k.panels {
		s.panels[name] = &Shown{Panel: p}
	}
	s.done(worker.Answer{Status: &k.status})
	return true
}

// adopt makes a guess the question that is waited for.
func (s *Session) adopt(at int) {
	g := s.ahead.guesses[at]
	s.ahead.guesses = slices.Delete(s.ahead.guesses, at, at+1)
	s.flight, s.flown, s.flying, s.had, s.stood = g.id, s.time(), g.got.want, g.had, g.stood
	s.sent, s.late, s.cancelled, s.slow, s.progress = g.document, false, false, false, Progress{}
	for name, p := range g.got.panels {
		s.panels[name] = &Shown{Panel: p}
	}
	s.foresee()
}

// remember keeps the answer that just came to a step of a drag.
func (s *Session) remember() {
	a := &s.ahead
	if a.answers == nil || !s.history.open || len(a.answers) >= mostAhead {
		return
	}
	k := kept{want: s.flying, panels: map[string]figure.Panel{}, status: s.status}
	for _, w := range s.flying {
		p := s.panels[w.View]
		if p == nil || len(p.Problems) > 0 {
			return
		}
		k.panels[w.View] = p.Panel
	}
	a.answers[s.sent] = k
}
