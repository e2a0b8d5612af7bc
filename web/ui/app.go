package ui

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// page is which of its pages the app shows.
type page int

const (
	homePage page = iota
	benchPage
	brokenPage // a link that cannot be opened
)

// skipTarget is where the skip link leads.
const skipTarget = "#main"

// App is the whole page: gallery, workbench, and what to do when a link is bad
// or the engine stops. The func fields reach the browser; they are set before
// Start and the methods are not called at the same time.
type App struct {
	Ask     func(worker.Question)
	SetHash func(hash string, replace bool)     // "" is the gallery
	Restart func()                              // a new worker; Ready follows
	Copy    func(text string)                   // to the clipboard; the text is the hash of a link
	Opener  func()                              // starts an engine that opens files, where there is none; Ready follows
	AskFile func(q worker.Question, number int) // sends the page's file beside the question; nil where none can be opened
	Media   func(query string) bool             // whether a CSS media query holds

	menu    *Menu
	session *Session
	page    page
	broken  []worker.Problem
	fresh   bool // the spec came from a link and nothing of it was shown yet
	moved   bool // the person went from page to page: the heading takes the focus
	theme   string
	said    string // what the live region says
	copied  bool
	rows    bool // the table of rows is open
	rowFrom int

	base  string // name of the example that the spec came from
	hash  string // last set or seen
	depth int    // length of the undo list at that time
	saved *spec.Spec

	files files
}

// Start shows what the hash of the address says.
func (a *App) Start(hash string) {
	a.menu = NewMenu()
	a.session = &Session{Menu: a.menu, Files: &a.files, Want: a.want, Settled: a.settled,
		Ask:   func(q worker.Question) { a.Ask(q) },
		Still: func() bool { return a.Media("(prefers-reduced-motion: reduce)") }}
	a.show(hash)
}

// Ready says that the worker takes questions.
func (a *App) Ready() {
	if a.session.crashed != "" {
		a.said = "The engine runs again."
		a.again()
	}
	a.session.Ready()
}

// Receive takes an answer from the worker and reports whether anything to be
// seen may have changed.
func (a *App) Receive(x worker.Answer) bool {
	if x.Kind == worker.FileKind {
		a.fileCame(x)
		return true
	}
	changed := a.session.Receive(x)
	if x.Kind == worker.Failed && a.fresh && malformed(x.Problems) {
		a.refuse(x.Problems)
	}
	if x.Kind == worker.PanelKind {
		a.fresh = false
	}
	return changed
}

// malformed reports whether the spec itself is at fault, not what came of it.
func malformed(problems []worker.Problem) bool {
	for _, p := range problems {
		if strings.HasPrefix(p.Code, "E-SPEC") {
			return true
		}
	}
	return false
}

// Crashed says that the worker is gone, and why. The figure is kept.
func (a *App) Crashed(message string) {
	a.session.Crash(message)
	a.said = "The engine stopped. Your figure is kept."
}

// Quiet reports whether the last change moved the row in a gesture, and no more:
// the steps of the workbench look the same. It is asked once a change.
func (a *App) Quiet() bool {
	quiet := a.session.quiet
	a.session.quiet = false
	return quiet
}

// Busy reports whether the worker owes an answer.
func (a *App) Busy() bool { return a.session.Busy() }

// HashChanged follows the address, changed by a link or the back button.
func (a *App) HashChanged(hash string) {
	if hash == skipTarget {
		a.SetHash(a.hash, true) // the skip link moved the focus; the address stays
		return
	}
	if hash != a.hash {
		a.moved = true
		a.show(hash)
	}
}

// show opens the page that a hash stands for.
func (a *App) show(hash string) {
	a.hash, a.copied = hash, false
	if strings.TrimPrefix(hash, "#") == "" {
		a.home()
		return
	}
	document, err := spec.ParseLink(hash, examples.Named)
	if err != nil {
		a.refuse(problemsOf(err))
		return
	}
	s, err := spec.Parse(document, a.menu.Vocabulary)
	if err != nil {
		a.refuse(problemsOf(err))
		return
	}
	a.fresh = true
	if a.page == benchPage && a.session.Spec() != nil {
		a.session.Visit(s)
	} else {
		a.bench(s)
	}
	a.mark()
}

// refuse shows what is wrong with a link instead of opening it in part.
func (a *App) refuse(problems []worker.Problem) {
	a.page, a.broken, a.said = brokenPage, problems, "This link cannot be opened."
}

func (a *App) home() {
	a.page, a.base, a.rows = homePage, "", false
	a.session.Load(a.livingExample())
}

// livingExample is what the gallery shows on top: the first example, before
// anything is asked of it.
func (a *App) livingExample() *spec.Spec {
	s, err := spec.Parse(a.menu.Examples[0].Spec, a.menu.Vocabulary)
	if err != nil {
		panic("ui: the first example does not parse")
	}
	s.Explain.Counterfactual, s.Params = nil, nil
	return s
}

func (a *App) bench(s *spec.Spec) {
	a.page, a.rows, a.rowFrom = benchPage, false, 0
	a.session.Load(s)
}

// OpenExample opens an example in the workbench.
func (a *App) OpenExample(name string) {
	s, err := spec.Parse(examples.Named(name), a.menu.Vocabulary)
	if err != nil {
		a.refuse(problemsOf(err))
		return
	}
	a.base, a.moved = name, true
	a.bench(s)
	a.link(false)
}

// OpenLive takes the living example, as it stands, to the workbench.
func (a *App) OpenLive() {
	a.page, a.moved, a.base = benchPage, true, ""
	a.session.refresh()
	a.link(false)
}

// GoHome shows the gallery.
func (a *App) GoHome() {
	a.moved, a.hash = true, ""
	a.SetHash("", false)
	a.home()
}

// settled runs when nothing is in the air: the address follows and the change
// is said aloud.
func (a *App) settled() {
	if a.page == benchPage && !a.session.history.open && a.saved != a.session.Spec() {
		a.link(len(a.session.history.past) == a.depth || len(a.session.history.future) > 0)
	}
	if !a.session.history.open {
		a.say(a.session.verdict())
	}
}

// mark remembers that the address shows the present spec.
func (a *App) mark() { a.saved, a.depth = a.session.Spec(), len(a.session.history.past) }

// link puts the present spec into the address.
func (a *App) link(replace bool) {
	hash, err := a.address()
	if err != nil {
		return // a value that is not finite: the worker says so
	}
	a.hash, a.copied = hash, false
	a.mark()
	a.SetHash(hash, replace)
}

func (a *App) address() (string, error) {
	var base *spec.Base
	if doc := examples.Named(a.base); doc != nil {
		base = &spec.Base{Name: a.base, Document: doc}
	}
	return spec.Link(a.session.Spec(), base)
}

// CopyLink puts a link to the present state on the clipboard.
func (a *App) CopyLink() {
	hash, err := a.address()
	if err != nil {
		return
	}
	a.Copy(hash)
	a.copied = true
	a.say("Link copied.")
}

func (a *App) say(text string) {
	if text != "" {
		a.said = text
	}
}

// Key handles keys that work everywhere: undo, redo, and Escape, which clears
// the brush. own says that the
// focused field undoes by itself.
func (a *App) Key(key string, control, shift, own bool) {
	if key == "Escape" && a.page == benchPage {
		a.session.brushOf("brush").Clear()
	}
	if !control || own || a.page == brokenPage {
		return
	}
	switch {
	case (key == "z" || key == "Z") && !shift:
		a.session.Undo()
	case key == "z" || key == "Z" || key == "y":
		a.session.Redo()
	}
}

// SetTheme chooses "light", "dark" or "" for what the system says.
func (a *App) SetTheme(theme string) { a.theme = theme }

// problemsOf turns the findings of package spec into what the page shows.
func problemsOf(err error) []worker.Problem {
	var out []worker.Problem
	switch e := err.(type) {
	case spec.Errors:
		for _, x := range e {
			out = append(out, problem(x))
		}
	case *spec.Error:
		out = append(out, problem(e))
	default:
		out = append(out, worker.Problem{Code: "E-LINK", What: err.Error()})
	}
	return out
}

func problem(e *spec.Error) worker.Problem {
	return worker.Problem{Code: e.Code, Path: e.Path, What: e.What, Why: e.Why, Fix: e.Fix}
}

// Compute runs before each rendering. A window of another size needs pictures
// of another size.
func (a *App) Compute() {
	s := a.session
	if s.known && !s.Busy() && !s.stopped && len(s.problems) == 0 && !slices.Equal(s.flying, s.Want()) {
		s.refresh()
	}
}

// want lists the panels to ask for.
func (a *App) want() []figure.Want {
	if a.page == homePage {
		return a.homeWant()
	}
	return a.benchWant()
}

// themed is the chosen theme as an attribute, none for the system's.
func (a *App) themed() any {
	if a.theme == "" {
		return nil
	}
	return a.theme
}

// Browse opens the table of rows where the present one is, or closes it.
func (a *App) Browse(open bool) {
	a.rows = open
	row := a.session.status.Row
	a.rowFrom = row - row%rowsShown
	a.session.refresh()
}

// Page shows another page of the table of rows.
func (a *App) Page(from int) {
	a.rowFrom = from
	a.session.refresh()
}
