package figure

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// counterfactuals searches for rows near the present one that are decided as
// the spec asks. None without a question for them.
func (f *Figure) counterfactuals() ([]explain.Counterfactual, error) {
	cf := f.s.Explain.Counterfactual
	if cf == nil {
		return nil, nil
	}
	c := catalog.CounterfactualOf(cf.Name)
	if c == nil {
		panic("figure: the spec was not checked")
	}
	const path = "/explain/counterfactual"
	if why := f.refuseCounterfactual(c); why != "" {
		return nil, f.needs(path+"/name", c.Title, why)
	}
	t := Task{Kind: taskFlip, Path: path, Name: cf.Name, Knobs: knob.Fill(cf.Knobs, c.Knobs)}
	goal, err := f.goal()
	if err != nil {
		return nil, err
	}
	key := keyOf("flip", f.rowKey(), f.s.Seed, cf.Name, t.Knobs, goal, cf.Fixed, cf.Free)
	return remember(f.b, key, func() ([]explain.Counterfactual, error) { return f.search(t, goal) })
}

// goal turns the spec's wish into what the search must reach.
func (f *Figure) goal() (explain.Goal, error) {
	cf := f.s.Explain.Counterfactual
	if f.table.Regression() {
		rise := cf.Rise
		if rise == 0 {
			rise = -0.5 * spread(f.problem.TrainY)
		}
		score := float64(f.scores[0])
		if rise > 0 {
			return explain.Goal{Band: true, Lo: score + rise, Hi: math.MaxFloat32}, nil
		}
		return explain.Goal{Band: true, Lo: -math.MaxFloat32, Hi: score + rise}, nil
	}
	target := f.target()
	if best := model.Best(f.scores); best == target {
		return explain.Goal{}, &spec.Error{Code: "E-FLIP-MET", Path: "/explain/counterfactual/target",
			What: fmt.Sprintf("the model already says %q", f.table.Classes()[target]), Why: "there is nothing to flip", Fix: "aim at another class"}
	}
	return explain.Goal{Class: target}, nil
}

// target is the class the counterfactual aims at: the spec's, else the
// runner-up.
func (f *Figure) target() int {
	classes := f.table.Classes()
	if cf := f.s.Explain.Counterfactual; cf != nil && cf.Target != "" {
		return slices.Index(classes, cf.Target)
	}
	best, second := model.Best(f.scores), -1
	for j, s := range f.scores {
		if j != best && (second < 0 || s > f.scores[second]) {
			second = j
		}
	}
	return second
}

// spread is the standard deviation.
func spread(y []float32) float64 {
	var mean, sum float64
	for _, v := range y {
		mean += float64(v)
	}
	mean /= float64(len(y))
	for _, v := range y {
		sum += (float64(v) - mean) * (float64(v) - mean)
	}
	return math.Sqrt(sum / float64(len(y)))
}

// wrap gives an error of a method a code, a place and a way out: the error's
// own if it knows one, else fix. Errors that already have a code, and what a
// Pace returned, pass through.
func wrap(err error, code, path, what, fix string) error {
	var known *spec.Error
	var stopped *Stopped
	if err == nil || errors.As(err, &known) || errors.As(err, &stopped) || errors.Is(err, ErrPause) {
		return err
	}
	why := err.Error()
	var refusal *explain.Refusal
	if errors.As(err, &refusal) {
		why, fix = strings.TrimSuffix(why, "; "+refusal.Fix), refusal.Fix
	}
	return &spec.Error{Code: code, Path: path, What: what, Why: why, Fix: fix}
}

// Stopped is what a Pace returns to drop a build.
type Stopped struct{}

func (*Stopped) Error() string { return "stopped" }
