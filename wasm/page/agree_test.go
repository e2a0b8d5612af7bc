//go:build !js

package main_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/browser"
)

// TestExamplesAgree opens every example by its link and compares all that is
// shown with the native result of the same spec: scores bit for bit, numbers to
// 6 digits, texts, tables and counterfactuals letter by letter, pictures but for
// the last printed digit of a coordinate (explanations are float64 arithmetic,
// in which math.Exp differs between platforms by 2 ulp).
func TestExamplesAgree(t *testing.T) {
	p := open(t)
	for _, e := range examples.All() {
		t.Run(e.Name, func(t *testing.T) {
			p := p.in(t)
			s := parse(t, e.Spec)
			p.show(s)
			f := p.same(s)
			p.sameTables(f)
			p.sameSpec(s)
		})
	}
}

// TestComparisonSees plants differences in a picture; the comparison must see
// each, or TestExamplesAgree could not fail.
func TestComparisonSees(t *testing.T) {
	p := open(t)
	s := example(t, "iris-tree")
	p.show(s)
	svg := p.drawing(native(t, s), "waterfall").SVG
	differs := func(svg string) string {
		return browser.Eval[string](t, p.ctx, fmt.Sprintf(`wb.differs("waterfall", %s)`, quoted(t, svg)))
	}
	if d := differs(svg); d != "" {
		t.Fatalf("the same picture differs: %s", d)
	}
	place := regexp.MustCompile(`<text x="([0-9.]+)"`).FindStringSubmatch(svg)
	for name, changed := range map[string]string{
		"a word":     strings.Replace(svg, "petal length", "petal width", 1),
		"a place":    strings.Replace(svg, place[0], strings.Replace(place[0], place[1], "1"+place[1], 1), 1),
		"a class":    strings.Replace(svg, `class="s-`, `class="f-`, 1),
		"an element": strings.Replace(svg, "</svg>", "<g></g></svg>", 1),
	} {
		if changed == svg {
			t.Errorf("%s: nothing was changed", name)
		} else if differs(changed) == "" {
			t.Errorf("%s: not seen", name)
		}
	}
}

// quoted writes a text as JavaScript.
func quoted(t testing.TB, text string) string {
	t.Helper()
	out, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
