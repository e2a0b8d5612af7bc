package draw

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/view"
)

// shapeSamples are a curve that was edited, and one of categories.
func shapeSamples() []sample {
	return []sample{{"shape", raised()}, {"shape-category", housing()}}
}

func raised() *view.Shape {
	v := &view.Shape{Head: head("shape", "What age adds to the margin of approved", "This applicant has an age of 34 years, which adds −0.31."),
		X: view.Axis{Label: "age (years)", Min: 18, Max: 80}, Y: view.Axis{Label: "adds to the margin of approved", Min: -1.6, Max: 1.2}, Edited: true}
	for i := range 31 {
		from := 18 + 2*float64(i)
		t := view.Step{Label: fmt.Sprintf("%.0f to %.0f years", from, from+1), From: from, To: from + 2,
			Was: math.Sin(from/12) - 0.3, Spread: 0.08 + 0.3*math.Abs(from-48)/60, Rows: 3 + (int(from)*7)%20}
		t.Value = t.Was
		if from >= 52 && from < 64 {
			t.Value = -0.2
		}
		v.Steps = append(v.Steps, t)
		v.Counts = append(v.Counts, view.Count{From: t.From, To: t.To, Rows: t.Rows})
	}
	v.Present = [2]float64{35, v.Steps[8].Value}
	return v
}

func housing() *view.Shape {
	v := &view.Shape{Head: head("shape", "What housing adds", "Owners get most."),
		X: view.Axis{Label: "housing", Min: -0.5, Max: 2.5}, Y: view.Axis{Label: "adds to the margin of approved", Min: -0.6, Max: 0.7},
		Categories: []string{"rents", "lives with parents", "owns"}, Absent: true}
	for i, value := range []float64{-0.42, 0.03, 0.51} {
		v.Steps = append(v.Steps, view.Step{Label: v.Categories[i], From: float64(i) - 0.5, To: float64(i) + 0.5, Value: value, Was: value, Spread: 0.1, Rows: 40 * i})
		v.Counts = append(v.Counts, view.Count{From: float64(i) - 0.5, To: float64(i) + 0.5, Rows: 40 * i})
	}
	return v
}
