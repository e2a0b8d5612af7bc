//go:build !js

package draw

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/view"
)

// paperSamples are views that no browser draws.
func paperSamples() []sample { return []sample{{"what-if", whatIf()}} }

func whatIf() *view.WhatIf {
	return &view.WhatIf{
		Head:    head("what-if", "What if?", "With 20,000 USD less income the loan would be refused."),
		Outcome: "approved, 64 %",
		Scores:  []view.Score{{Label: "refused", Value: 0.36, Text: "36 %"}, {Label: "approved", Value: 0.64, Text: "64 %"}},
		Controls: []view.Control{
			{Feature: "age", Index: 0, Min: 18, Max: 90, Value: 34, Row: 34, Text: "34 years"},
			{Feature: "income", Index: 1, Min: 8000, Max: 150000, Value: 51000, Row: 31000, Text: "51,000 USD"},
			{Feature: "debt", Index: 2, Min: 0, Max: 60000, Value: 18400, Row: 18400, Text: "18,400 USD"},
			{Feature: "years with the employer", Index: 3, Min: 0, Max: 40, Value: 3, Row: 8, Text: "3 years"},
			{Feature: "housing", Index: 4, Kind: "category", Min: 0, Max: 2, Value: 2, Row: 2, Text: "owns"},
		},
	}
}

func TestPaper(t *testing.T) {
	draws(t, &view.WhatIf{})
	v := whatIf()
	name := `<script>alert("x")</script>&amp;` + strings.Repeat("W", 300)
	v.Outcome, v.Controls[0].Feature, v.Controls[1].Text, v.Scores[0].Label = name, name, name, name
	v.Controls[2].Value, v.Controls[3].Row = view.Value(math.NaN()), view.Value(math.NaN())
	draws(t, v)
	v.Controls[1].Value = view.Value(math.Inf(1))
	if _, err := SVG(v, Size{}); err == nil || !strings.Contains(err.Error(), "cannot draw") {
		t.Errorf("an infinite value: %v", err)
	}
}
