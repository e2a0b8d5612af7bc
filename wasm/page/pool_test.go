//go:build !js

package main_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// cores is a script that gives the page so many processor cores.
func cores(n int) string {
	return fmt.Sprintf(`Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => %d, configurable: true })`, n)
}

// heavy is a figure whose explanation takes some tenths of a second.
func heavy(t testing.TB, row int) *spec.Spec {
	return example(t, "breast-cancer-why", func(s *spec.Spec) {
		s.Model = spec.Model{Name: "mlp", Knobs: knob.Values{"hidden": "64,64", "epochs": 3.0}}
		s.Explain = spec.Explain{Name: "kernel-shap", Knobs: knob.Values{"samples": 8192.0, "background": 60.0}, Row: &row}
	})
}

// TestPoolSizes explains rows with pools of 1, 2 and 4 workers: every number is
// the same, bit for bit.
func TestPoolSizes(t *testing.T) {
	rows := []int{40, 111, 217}
	var alone [][]float64
	for _, n := range []int{1, 2, 4} {
		p := open(t, spy, cores(n))
		s := heavy(t, 3)
		p.show(s)
		p.wait(fmt.Sprintf("spy.helpers.length === %d", n-1)) // they are there for the next rows
		p.openStep("row")
		for i, row := range rows {
			p.run(fmt.Sprintf(`wb.set("#row", "%d")`, row))
			p.done()
			s.Explain.Row = &row
			got := p.numbers().Values
			if n == 1 {
				alone = append(alone, got)
			} else if !slices.Equal(got, alone[i]) {
				t.Errorf("row %d with %d workers: %v, alone %v", row, n, got, alone[i])
			}
			if n == 1 && i == 0 {
				p.same(s)
			}
		}
	}
}

// TestHelpersDie kills one helper without a word and has another panic while
// they work: the figure does not notice.
func TestHelpersDie(t *testing.T) {
	p := open(t, spy, cores(4))
	p.expect = []string{"panic", "goroutine", "exit code", "worker.", "cut short"}
	p.show(heavy(t, 3))
	p.wait("spy.helpers.length === 3")
	s := heavy(t, 3)
	for i, row := range []int{40, 41, 42} {
		p.openStep("row")
		p.run(fmt.Sprintf(`wb.set("#row", "%d")`, row))
		switch i {
		case 0:
			p.run("spy.helpers[0].terminate()")
		case 1:
			p.run(`spy.helpers[1].dispatchEvent(new ErrorEvent("error", { message: "gone", cancelable: true }))`)
		}
		p.done()
		s.Explain.Row = &row
	}
	p.same(s)
	if n := browser.Eval[int](t, p.ctx, `document.querySelectorAll(".crash").length`); n != 0 {
		t.Error("a lost helper is reported as a crash")
	}
}
