package ui

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/worker"
)

// files are what the person opened, tables and models.
type files struct {
	known   []held
	asked   map[int]asked // by question
	came    []*shelf.Opened
	reading string // title of the file that is being read; "" for none
	trouble []worker.Problem
}

// held is a file that the engine has read.
type held struct {
	*shelf.Opened
	number int // of the page's file
}

// asked is a file on its way through the engine.
type asked struct {
	number int
	title  string
	again  bool // a new engine gets what the one before had
}

// OpenFile reads a file that a person dropped, pasted or picked. number is the
// page's; bytes is its size.
func (a *App) OpenFile(number int, title string, bytes int64) {
	a.files.trouble = nil
	if err := shelf.TooLarge(title, bytes); err != nil {
		a.files.trouble = problemsOf(err)
		a.say("The file was not opened.")
		return
	}
	a.Opener()
	a.readFile(asked{number: number, title: title})
	a.session.yield()
	a.say("Reading " + title + ".")
}

func (a *App) readFile(f asked) {
	if a.files.asked == nil {
		a.files.asked = map[int]asked{}
	}
	a.session.id++
	a.files.asked[a.session.id], a.files.reading = f, f.title
	a.AskFile(worker.Question{ID: a.session.id, Op: worker.Open, Title: f.title}, f.number)
}

// Unread says that the page could not read a file that it had asked for.
func (a *App) Unread(q worker.Question, why string) {
	a.fileCame(worker.Answer{ID: q.ID, Kind: worker.FileKind, Problems: []worker.Problem{{Code: "E-FILE-READ", What: "the browser cannot read " + q.Title, Why: why, Fix: "check that it is still there, and open it again"}}})
}

// fileCame takes what the engine made of a file.
func (a *App) fileCame(x worker.Answer) {
	f, ok := a.files.asked[x.ID]
	if !ok {
		return
	}
	delete(a.files.asked, x.ID)
	switch {
	case x.Opened == nil:
		a.files.trouble = append(a.files.trouble, x.Problems...)
		a.say("The file was not opened.")
	case !f.again:
		a.files.known = append(slices.DeleteFunc(a.files.known, func(h held) bool { return h.File.Sum == x.Opened.File.Sum }), held{x.Opened, f.number})
		a.files.came = append(a.files.came, x.Opened)
	}
	if len(a.files.asked) > 0 {
		return
	}
	a.files.reading = ""
	came := a.files.came
	a.files.came = nil
	if len(came) > 0 && !a.session.awaits(came) {
		a.bring(came)
	} else {
		a.session.refresh()
	}
}

// bring shows what was opened together.
func (a *App) bring(came []*shelf.Opened) {
	var rows, model *shelf.Opened
	for _, o := range came {
		if o.Model {
			model = o
		} else {
			rows = o
		}
	}
	next := a.brought(rows, model)
	a.moved, a.base = a.page != benchPage, ""
	if a.page == benchPage {
		a.session.bring(next)
	} else {
		a.bench(next)
	}
}

// brought is a spec of what was opened; what was not stays as it is where it is
// a file too.
func (a *App) brought(rows, model *shelf.Opened) *spec.Spec {
	now := a.session.Spec()
	s := &spec.Spec{Schema: spec.Version, Seed: 1, Data: now.Data, Model: now.Model, Explain: spec.Explain{Name: "kernel-shap"}, View: spec.View{Name: "beeswarm"}}
	o := model
	switch {
	case o != nil:
		s.Model = spec.Model{Name: spec.Own, File: &o.File}
	case now.Model.Name == spec.Own:
		o = a.files.of(now.Model.File)
	}
	if rows != nil {
		s.Data = spec.Data{Name: spec.Own, File: &rows.File}
		if o == nil { // trees take any table
			s.Model = spec.Model{Name: "boosting"}
			o = &shelf.Opened{Trees: true, Cover: true, Margin: rows.Classes()}
		}
	}
	if o != nil && o.Trees {
		s.Explain.Name = "tree-shap-interventional"
		if o.Cover {
			s.Explain.Name = "tree-shap"
		}
		if o.Margin {
			s.Explain.Output = "margin"
		}
	}
	return s
}

// awaits reports whether the spec names all these files: a link was opened that
// needs them.
func (s *Session) awaits(came []*shelf.Opened) bool {
	for _, o := range came {
		for _, f := range []*spec.File{s.Spec().Data.File, s.Spec().Model.File} {
			if f != nil && f.Sum == o.File.Sum {
				return true
			}
		}
	}
	return false
}

// of returns a file that a spec names, or nil.
func (f *files) of(file *spec.File) *shelf.Opened {
	if f == nil || file == nil {
		return nil
	}
	for _, h := range f.known {
		if h.File.Sum == file.Sum {
			return h.Opened
		}
	}
	return nil
}

// again gives a new engine what the one before had.
func (a *App) again() {
	for _, h := range a.files.known {
		a.readFile(asked{number: h.number, title: h.File.Title, again: true})
	}
}

// options lists the open tables, or models, for a menu.
func (f *files) options(models bool) []Option {
	if f == nil {
		return nil
	}
	var out []Option
	for _, h := range f.known {
		if h.Model == models {
			out = append(out, Option{Value: choice(&h.File), Text: h.File.Title, Group: "Your own"})
		}
	}
	return out
}

// choice is what stands for a file in a menu.
func choice(f *spec.File) string { return spec.Own + ":" + f.Sum }

// chosen returns the file that a menu's value stands for, or nil.
func (f *files) chosen(value string) *spec.File {
	if sum, ok := strings.CutPrefix(value, spec.Own+":"); ok {
		if o := f.of(&spec.File{Sum: sum}); o != nil {
			return &o.File
		}
	}
	return nil
}

// dismiss takes the message about a file away.
func (a *App) dismiss() { a.files.trouble = nil }

// read changes how the table is read.
func (s *Session) read(edit func(*spec.Reading)) {
	s.change("", func(sp *spec.Spec) {
		if sp.Data.Read == nil {
			sp.Data.Read = &spec.Reading{}
		}
		edit(sp.Data.Read)
		sp.Explain.Row, sp.Explain.Edit, sp.Explain.Class, sp.Explain.Counterfactual = nil, nil, "", nil
		sp.View.X, sp.View.Y, sp.View.Feature = "", "", ""
		sp.Explain.Groups, sp.View.Split, sp.View.By = nil, nil, ""
	})
}

// SetPredicted chooses the column to predict.
func (s *Session) SetPredicted(name string) { s.read(func(r *spec.Reading) { r.Target = name }) }

// SetKind says what a column holds.
func (s *Session) SetKind(column, kind string) {
	s.read(func(r *spec.Reading) {
		if r.Kinds == nil {
			r.Kinds = map[string]string{}
		}
		r.Kinds[column] = kind
	})
}

// Await says that another engine takes the place of this one.
func (a *App) Await() { a.session.flight, a.session.ready, a.session.progress = 0, false, Progress{} }

// yield gives the engine up for something else; what it computed is asked for
// again afterwards.
func (s *Session) yield() {
	if s.flight != 0 && !s.cancelled {
		s.late, s.cancelled = true, true
		s.Ask(worker.Question{ID: s.flight, Op: worker.Cancel})
	}
}

// bring shows other data or another model.
func (s *Session) bring(next *spec.Spec) {
	s.forget()
	s.replace("", next, false)
}

// forget drops what is shown of other data.
func (s *Session) forget() {
	s.panels, s.known, s.problems = nil, false, nil
	s.status.Views, s.status.Refused = nil, nil
}
