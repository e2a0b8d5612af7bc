package draw

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/view"
)

// cohortSamples are the views of several rows, of some 200 loans.
func cohortSamples() []sample {
	c := loans(200)
	order := byScore(&c)
	return []sample{
		{"beeswarm", &view.Beeswarm{Head: head("beeswarm", "What moves the model, row by row", "Income moves the score most: a high one raises it, a low one lowers it."), Cohort: c}},
		{"violin", &view.Violin{Head: head("violin", "How far each feature moves the score", "Income moves the score by 0.17 on average, and by up to 0.4."), Cohort: c}},
		{"decision", &view.Decision{Head: head("decision", "From the average to each score", "Income parts the rows most."), Cohort: c}},
		{"heatmap", &view.Heatmap{Head: head("heatmap", "Every row's reasons at a glance", "A third of the rows is held back by a low income."), Cohort: c, Order: order, By: "score"}},
		{"forces", &view.Forces{Head: head("forces", "What raises and lowers each score", "Where the score is low, income and debt push it down."), Cohort: c, Order: order, By: "score"}},
		{"force", pushed()},
		{"dependence", dependent()},
		{"dependence-category", housed()},
		{"interactions", paired(7)},
	}
}

// loans makes a cohort of n rows in which income helps, debt hurts, and the
// two work together.
func loans(n int) view.Cohort {
	r := rand.New(rand.NewPCG(11, 1))
	c := view.Cohort{Score: view.Axis{Label: "probability of approved"}, Base: 0.58, Present: min(n-1, 17)}
	weights := []struct {
		name string
		size float64
	}{{"income", 0.2}, {"debt", -0.14}, {"years with the employer", 0.06}, {"savings", 0.05}, {"housing", 0.03}, {"age", 0.02}, {"5 other features", 0.012}}
	for j, w := range weights {
		k := view.Strand{Feature: w.name, Index: j, Values: []float64{}, Tones: []float64{}}
		for i := range n {
			t := r.Float64()
			if j == 3 && i%9 == 0 {
				t = math.NaN()
			}
			x := t
			if math.IsNaN(t) {
				x = 0.4
			}
			amount := w.size * (math.Tanh(4*(x-0.45)) + 0.15*uniform(r))
			if j == 4 {
				t = math.Floor(3*t) / 2
				amount = w.size * (t - 0.5)
			}
			k.Values, k.Tones = append(k.Values, amount), append(k.Tones, t)
			k.Mean += math.Abs(amount) / float64(n)
		}
		if j == len(weights)-1 {
			k.Index, k.Tones = -1, nil
		}
		c.Strands = append(c.Strands, k)
	}
	for i := range n {
		final := c.Base
		for _, k := range c.Strands {
			final += k.Values[i]
		}
		c.Rows, c.Finals = append(c.Rows, 3*i+1), append(c.Finals, final)
	}
	return c
}

func byScore(c *view.Cohort) []int {
	order := make([]int, len(c.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if c.Finals[a] < c.Finals[b] {
			return -1
		} else if c.Finals[a] > c.Finals[b] {
			return 1
		}
		return 0
	})
	return order
}

func pushed() *view.Force {
	w := tumour(true)
	return &view.Force{Head: head("force", "Why 93 % benign?", "Small cells push the score up from 0.634 to 0.926."), Score: w.Score,
		Base: w.Base, BaseLabel: w.BaseLabel, Final: w.Final, FinalLabel: w.FinalLabel, Bars: w.Bars}
}

func dependent() *view.Dependence {
	c := loans(200)
	v := &view.Dependence{
		Head: head("dependence", "How income moves the score", "Above 40,000 USD income raises the score, for debtors less."),
		X:    view.Axis{Label: "income (USD)", Min: 8000, Max: 150000}, Y: view.Axis{Label: "what income adds to the probability of approved", Min: -0.3, Max: 0.3},
		Rows: c.Rows, Present: c.Present, Amounts: c.Strands[0].Values, Colour: "debt", Low: "0 USD", High: "60,000 USD", Tones: c.Strands[1].Tones,
	}
	for i, t := range c.Strands[0].Tones {
		x := 8000 + 142000*t*t
		if i%25 == 3 {
			x = math.NaN()
		}
		v.Values = append(v.Values, x)
	}
	return v
}

func housed() *view.Dependence {
	c := loans(200)
	v := &view.Dependence{
		Head: head("dependence", "How housing moves the score", "Owning raises the score by 0.03."),
		X:    view.Axis{Label: "housing", Min: -0.5, Max: 2.5}, Y: view.Axis{Label: "what housing adds to the probability of approved", Min: -0.02, Max: 0.02},
		Rows: c.Rows, Present: -1, Amounts: c.Strands[4].Values, Categories: []string{"rents", "lives with parents", "owns"},
	}
	for _, t := range c.Strands[4].Tones {
		v.Values = append(v.Values, 2*t)
	}
	return v
}

func paired(m int) *view.Interactions {
	v := &view.Interactions{Head: head("interactions", "Which features work together", "Income and debt work together most, by 0.041."), Unit: "probability of approved"}
	c := loans(3)
	for i := range m {
		name := fmt.Sprint("feature ", i)
		if i < 6 {
			name = c.Strands[i].Feature
		}
		v.Features, v.Indices = append(v.Features, name), append(v.Indices, i)
		row := make([]float64, m)
		for j := range row {
			row[j] = 0.041 / (1 + float64(i*j)/2 + math.Abs(float64(i-j))/3)
		}
		row[i] = 0.2 / float64(i+1)
		v.Values = append(v.Values, row)
	}
	return v
}
