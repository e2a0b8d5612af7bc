//go:build !js

package main_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// shown is a panel as it stands in the page.
type shown struct {
	Name, Title, Summary, Note, Trouble string
	Stale                               bool
	Width, Height                       float64 // px of the picture; 0 without one
}

// numbers are those of the present row, as the page's root element has them.
type numbers struct {
	Steps  int
	Scores []float32
	Values []float64
}

func (p *tab) numbers() numbers {
	p.Helper()
	data := browser.Eval[map[string]string](p, p.ctx, "({...wb.root().dataset})")
	var n numbers
	var err error
	if n.Steps, err = strconv.Atoi(data["steps"]); err != nil {
		p.Fatal(err)
	}
	for _, text := range strings.Fields(data["scores"]) {
		v, err := strconv.ParseFloat(text, 32)
		if err != nil {
			p.Fatal(err)
		}
		n.Scores = append(n.Scores, float32(v))
	}
	for _, text := range strings.Fields(data["values"]) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			p.Fatal(err)
		}
		n.Values = append(n.Values, v)
	}
	return n
}

func (p *tab) panels() []shown {
	p.Helper()
	return slices.DeleteFunc(browser.Eval[[]shown](p, p.ctx, "wb.shown()"), func(s shown) bool { return s.Name == "pad" })
}

// native builds a figure without the browser.
func native(t testing.TB, s *spec.Spec) *figure.Figure {
	t.Helper()
	f, err := figure.NewBuilder().Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sixDigits is how a number is written when it is shown to 6 digits.
func sixDigits(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// same compares everything the page shows with the native result of the spec:
// the scores bit for bit, attributions to 6 digits, texts letter by letter.
// It returns the native figure.
func (p *tab) same(s *spec.Spec) *figure.Figure {
	p.Helper()
	f := native(p, s)
	p.sameAs(f)
	return f
}

func (p *tab) sameAs(f *figure.Figure) {
	p.Helper()
	want, err := f.Status()
	if err != nil {
		p.Fatal(err)
	}
	got := p.numbers()
	if !slices.Equal(got.Scores, want.Scores) {
		p.Errorf("scores %v, natively %v", got.Scores, want.Scores)
	}
	if got.Steps != want.Steps {
		p.Errorf("%d steps, natively %d", got.Steps, want.Steps)
	}
	if len(got.Values) != len(want.Values) {
		p.Errorf("%d values, natively %d", len(got.Values), len(want.Values))
	}
	for i := range min(len(got.Values), len(want.Values)) {
		if sixDigits(got.Values[i]) != sixDigits(want.Values[i]) {
			p.Errorf("value %d is %v, natively %v", i, got.Values[i], want.Values[i])
		}
	}
	list := p.panels()
	if len(list) < 2 {
		p.Errorf("only %d panels", len(list))
	}
	for _, panel := range list {
		p.samePanel(f, panel)
	}
}

// wanted is what the page asked for to get a panel. Views with axes are given
// a height, the others take what they need.
func wanted(panel shown) figure.Want {
	w := figure.Want{View: panel.Name, Size: draw.Size{Width: int(panel.Width)}}
	if slices.Contains([]string{"surface", "effect", "shape", "confusion", "fit", "loss", "dependence", "forces"}, panel.Name) {
		w.Size.Height = int(panel.Height)
	}
	return w
}

func (p *tab) samePanel(f *figure.Figure, panel shown) {
	p.Helper()
	if panel.Name == "rows" {
		return // which page of the table is shown is not part of the spec
	}
	want, err := f.Panel(wanted(panel))
	if err != nil {
		if why := err.Error(); panel.Trouble == "" || !mentions(panel.Trouble, err) {
			p.Errorf("%s shows %q, natively an error: %s", panel.Name, panel.Trouble, why)
		}
		return
	}
	if panel.Trouble != "" || panel.Stale {
		p.Errorf("%s: trouble %q, stale %v", panel.Name, panel.Trouble, panel.Stale)
		return
	}
	for what, pair := range map[string][2]string{"title": {panel.Title, want.Head.Title},
		"summary": {panel.Summary, want.Head.Summary}, "note": {panel.Note, want.Head.Note}} {
		if pair[0] != pair[1] {
			p.Errorf("%s of %s: %q, natively %q", what, panel.Name, pair[0], pair[1])
		}
	}
	if panel.Width > 0 && want.Drawing != nil {
		if d := browser.Eval[string](p, p.ctx, fmt.Sprintf("wb.differs(%q, %s)", panel.Name, quoted(p, want.Drawing.SVG))); d != "" {
			p.Errorf("the picture of %s differs:\n%s", panel.Name, d)
		}
	}
}

// mentions reports whether a text on the page says what an error says.
func mentions(text string, err error) bool {
	if e, ok := err.(*spec.Error); ok {
		return strings.Contains(strings.ToLower(text), strings.ToLower(e.What))
	}
	return strings.Contains(text, err.Error())
}

// sameTables compares the table twins and the list of counterfactuals.
func (p *tab) sameTables(f *figure.Figure) {
	p.Helper()
	for name, rows := range browser.Eval[map[string][][]string](p, p.ctx, "wb.tables()") {
		want, err := f.Panel(figure.Want{View: name})
		if err != nil {
			p.Fatal(err)
		}
		table := want.Head.Table
		all := append([][]string{table.Columns}, table.Rows...)
		if !slices.EqualFunc(rows, all, slices.Equal) {
			p.Errorf("table of %s: %q, natively %q", name, rows, all)
		}
	}
	p.sameFlips(f)
}

type flip struct {
	Outcome string
	Changes [][]string
}

func (p *tab) flips() []flip { p.Helper(); return browser.Eval[[]flip](p, p.ctx, "wb.flips()") }

func (p *tab) sameFlips(f *figure.Figure) {
	p.Helper()
	if !slices.ContainsFunc(p.panels(), func(s shown) bool { return s.Name == "flips" }) {
		return
	}
	want, err := f.Panel(figure.Want{View: "flips"})
	if err != nil {
		p.Fatal(err)
	}
	got := p.flips()
	if len(got) != len(want.Flips.Items) || len(got) == 0 {
		p.Fatalf("%d counterfactuals, natively %d", len(got), len(want.Flips.Items))
	}
	for i, item := range want.Flips.Items {
		if got[i].Outcome != item.Outcome {
			p.Errorf("counterfactual %d is %q, natively %q", i, got[i].Outcome, item.Outcome)
		}
		for k, c := range item.Changes[:min(len(item.Changes), len(got[i].Changes))] {
			if !slices.Equal(got[i].Changes[k], []string{c.Feature, c.From, c.To}) {
				p.Errorf("counterfactual %d: %q, natively %q", i, got[i].Changes[k], []string{c.Feature, c.From, c.To})
			}
		}
		if len(got[i].Changes) == 0 || len(got[i].Changes) > len(item.Changes) {
			p.Errorf("counterfactual %d lists %d changes, natively %d", i, len(got[i].Changes), len(item.Changes))
		}
	}
}

// sameSpec compares the spec of the address with another.
func (p *tab) sameSpec(want *spec.Spec) {
	p.Helper()
	a, err := spec.Encode(p.spec())
	if err != nil {
		p.Fatal(err)
	}
	b, err := spec.Encode(want)
	if err != nil {
		p.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		p.Errorf("the address holds\n%s\nwanted\n%s", a, b)
	}
}
