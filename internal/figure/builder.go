package figure

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// Pace reports how far a stage is ("data", "training", "explaining",
// "searching", "drawing"). A non-nil error stops the build; ErrPause ends
// training where it stands and goes on from there.
type Pace func(stage string, done, of int) error

// ErrPause, returned by a Pace while training, ends the training there.
var ErrPause = errors.New("figure: pause training here")

// Builder turns specs into figures and keeps what the next spec can use again:
// the table, the model as far as it is trained, and the last explanations. It
// is not safe for concurrent use.
type Builder struct {
	Share Sharer // nil means that every explanation is computed here
	Files Files  // what a person opened; nil where no files can be

	dataKey string
	table   *dataset.Table
	split   split
	problem model.Problem

	modelKey string
	trainer  model.Trainer
	history  []model.Point

	memo       map[string]*remembered
	generation int
	partial    *Figure
}

type split struct {
	key         string
	train, test []int
	mad         []float32 // d
}

type remembered struct {
	value      any
	generation int
}

// NewBuilder returns an empty builder.
func NewBuilder() *Builder { return &Builder{memo: map[string]*remembered{}} }

// Partial returns the figure whose model is being trained, for a look at it
// from within a Pace, or nil.
func (b *Builder) Partial() *Figure { return b.partial }

// Build loads, trains and picks the row as s says; explanations and views are
// made when the figure is asked for them. s must have passed spec.Check and
// must not change while the figure is used. pace may be nil. Errors are
// *spec.Error, or what pace returned.
func (b *Builder) Build(s *spec.Spec, pace Pace) (f *Figure, err error) {
	defer b.recoverAs(&err)
	if pace == nil {
		pace = func(string, int, int) error { return nil }
	}
	b.forget()
	if err := pace("data", 0, 1); err != nil {
		return nil, err
	}
	f = &Figure{b: b, s: s, pace: pace}
	if err := b.load(s); err != nil {
		return nil, err
	}
	f.table, f.split, f.problem = b.table, b.split, &b.problem
	if err := b.begin(f); err != nil {
		return nil, err
	}
	if err := f.choose(); err != nil {
		return nil, err
	}
	b.partial = f
	err = b.train(f)
	b.partial = nil
	if err != nil {
		return nil, err
	}
	return f, f.choose()
}

// recoverAs turns a panic into an error: a defect of the program must not take
// the person's figure with it.
func (b *Builder) recoverAs(err *error) {
	if r := recover(); r != nil {
		share, files := b.Share, b.Files
		*b = *NewBuilder()
		b.Share, b.Files = share, files
		*err = &spec.Error{Code: "E-BUG", What: fmt.Sprintf("a defect in whybox: %v", r),
			Why: firstFrames(debug.Stack()), Fix: "your figure is kept: change a setting and go on, and please report it with the link of the figure"}
	}
}

// firstFrames keeps the head of a stack, enough to find the place.
func firstFrames(stack []byte) string {
	const most = 1200
	if len(stack) > most {
		stack = stack[:most]
	}
	return string(stack)
}

func (b *Builder) load(s *spec.Spec) error {
	if s.Data.Name == spec.Own {
		if err := b.loadOwn(s); err != nil {
			return err
		}
	} else {
		d := catalog.DataSet(s.Data.Name)
		if d == nil {
			return &spec.Error{Code: spec.CodeName, Path: "/data/name", What: fmt.Sprintf("no data set called %q", s.Data.Name)}
		}
		knobs := knob.Fill(s.Data.Knobs, d.Knobs)
		if key := keyOf(d.Name, knobs, s.Seed); key != b.dataKey {
			b.table, b.dataKey = d.Load(knobs, s.Seed), key
		}
	}
	share := 0.25
	if s.Data.Test != nil {
		share = *s.Data.Test
	}
	key := keyOf(b.dataKey, share, s.Seed)
	if key == b.split.key {
		return nil
	}
	train, test := b.table.Split(share, s.Seed)
	b.split = split{key: key, train: train, test: test, mad: b.table.MAD(train)}
	b.problem = problemOf(b.table, b.split, s.Seed)
	return nil
}

func problemOf(t *dataset.Table, s split, seed uint64) model.Problem {
	p := model.Problem{D: len(t.Columns), K: max(1, len(t.Classes())), Regression: t.Regression(),
		Height: t.Height, Width: t.Width, Seed: seed}
	for _, c := range t.Columns {
		p.Categories = append(p.Categories, len(c.Categories))
	}
	p.TrainX, p.TrainY = gather(t, s.train)
	p.TestX, p.TestY = gather(t, s.test)
	return p
}

// gather copies rows into one n×d block.
func gather(t *dataset.Table, rows []int) (x, y []float32) {
	for _, i := range rows {
		x = append(x, t.Row(i)...)
		y = append(y, t.Y[i])
	}
	return x, y
}

// remember returns the value for a key, making it at most once while the model
// and the figure stay the same.
func remember[T any](b *Builder, key string, produce func() (T, error)) (T, error) {
	if m, ok := b.memo[key]; ok {
		m.generation = b.generation
		return m.value.(T), nil
	}
	v, err := produce()
	if err != nil {
		return v, err
	}
	b.memo[key] = &remembered{v, b.generation}
	return v, nil
}

// forget drops what neither of the last two figures used.
func (b *Builder) forget() {
	for key, m := range b.memo {
		if m.generation < b.generation {
			delete(b.memo, key)
		}
	}
	b.generation++
}

// keyOf joins parts into a cache key.
func keyOf(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic("figure: a cache key does not encode")
	}
	return string(text)
}
