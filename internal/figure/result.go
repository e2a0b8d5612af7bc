package figure

import (
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/view"
)

// Result is the numbers of a figure, for scripts and for comparing one machine
// with another.
type Result struct {
	Title           string        `json:"title,omitempty"`
	Data            string        `json:"data"`
	Model           string        `json:"model"`
	Steps           int           `json:"steps"`
	Training        model.Point   `json:"training"`         // the newest point of the loss curve
	Edited          *model.Point  `json:"edited,omitempty"` // the same of the model with its edits, where it has any
	Row             int           `json:"row"`
	Features        []string      `json:"features"`
	X               view.Row      `json:"x"`
	Scores          []float32     `json:"scores"` // k, in the order of Classes
	Classes         []string      `json:"classes,omitempty"`
	Predicted       string        `json:"predicted"`
	Explained       string        `json:"explained"` // "probability of benign"
	Method          string        `json:"method"`
	Attribution     *Shares       `json:"attribution,omitempty"`
	Importance      *Shares       `json:"importance,omitempty"`
	Effect          *EffectResult `json:"effect,omitempty"`
	Compare         *Shares       `json:"compare,omitempty"`
	Counterfactuals []FlipResult  `json:"counterfactuals,omitempty"`
}

// Shares is one number a feature, in the order of Result.Features. For an importance Base is the error with
// every feature intact, or the mean score.
type Shares struct {
	Method string       `json:"method"`
	Base   float64      `json:"base"`
	Score  float64      `json:"score"`
	Gap    *float64     `json:"gap,omitempty"` // complete methods only
	Values []float64    `json:"values"`
	StdErr []float64    `json:"stdErr,omitempty"`
	Groups []GroupShare `json:"groups,omitempty"` // of methods that share among groups of features first
}

// GroupShare is what some features get together.
type GroupShare struct {
	Name     string   `json:"name"`
	Features []string `json:"features"`
	Value    float64  `json:"value"`
	StdErr   float64  `json:"stdErr,omitempty"`
}

// EffectResult is a partial dependence.
type EffectResult struct {
	Feature string    `json:"feature"`
	Grid    []float64 `json:"grid"`
	Mean    []float64 `json:"mean"`
}

// FlipResult is one counterfactual.
type FlipResult struct {
	X       view.Row  `json:"x"`
	Scores  []float32 `json:"scores"`
	Cost    float64   `json:"cost"`
	Changed []string  `json:"changed"`
}

// Result computes everything the spec asks for.
func (f *Figure) Result() (r Result, err error) {
	defer f.b.recoverAs(&err)
	s, err := f.Status()
	if err != nil {
		return Result{}, err
	}
	r = Result{Title: f.s.Title, Features: f.names(), Data: f.table.Name, Model: f.s.Model.Name, Steps: s.Steps, Training: f.last(), Row: f.row, X: f.x, Scores: f.scores,
		Classes: f.table.Classes(), Predicted: s.Predicted, Explained: f.scoreName(), Method: f.s.Explain.Name}
	if len(f.s.Model.Edits) > 0 {
		now, err := model.Evaluate(f.model, f.problem, func() error { return f.pace("explaining", 0, 1) })
		if err != nil {
			return r, err
		}
		now.Step = s.Steps
		r.Edited = &now
	}
	if err := f.answer(&r); err != nil {
		return r, err
	}
	if f.s.Explain.Compare != nil {
		if r.Compare, err = f.shares(true); err != nil {
			return r, err
		}
	}
	found, err := f.counterfactuals()
	if err != nil {
		return r, err
	}
	for _, c := range found {
		item := FlipResult{X: c.X, Scores: c.Scores, Cost: c.Cost}
		for _, j := range c.Changed {
			item.Changed = append(item.Changed, f.table.Columns[j].Name)
		}
		r.Counterfactuals = append(r.Counterfactuals, item)
	}
	return r, nil
}

// answer runs the spec's explainer, whatever its kind.
func (f *Figure) answer(r *Result) (err error) {
	e := f.explainer()
	switch {
	case e.Rank != nil:
		imp, _, err := f.importance()
		if err != nil {
			return err
		}
		r.Importance = &Shares{Method: e.Name, Base: imp.Base, Values: imp.Values, StdErr: imp.StdErr}
	case e.Trace != nil:
		v, err := f.effectView()
		if err != nil {
			return err
		}
		r.Effect = &EffectResult{Feature: v.X.Label, Grid: v.Grid, Mean: v.Mean}
	default:
		r.Attribution, err = f.shares(false)
	}
	return err
}

func (f *Figure) shares(second bool) (*Shares, error) {
	e, a, err := f.chosen(second)
	if err != nil {
		return nil, err
	}
	out := &Shares{Method: e.Name, Base: a.Base, Score: a.Score, Values: a.Values, StdErr: a.StdErr}
	for _, own := range a.Groups {
		g := GroupShare{Name: own.Name, Value: own.Value, StdErr: own.StdErr}
		for _, columns := range own.Members {
			for _, j := range columns {
				g.Features = append(g.Features, f.table.Columns[j].Name)
			}
		}
		out.Groups = append(out.Groups, g)
	}
	if e.Complete {
		gap := a.Gap()
		out.Gap = &gap
	}
	return out, nil
}

func (f *Figure) names() []string {
	out := make([]string, len(f.table.Columns))
	for j, c := range f.table.Columns {
		out[j] = c.Name
	}
	return out
}
