package bench

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/bench/task"
)

func TestQuantile(t *testing.T) {
	x := []float64{9, 1, 5, 3, 7}
	for q, want := range map[float64]float64{0: 1, 0.25: 3, 0.5: 5, 0.6: 5.8, 1: 9} {
		if got := quantile(x, q); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %g is %g, want %g", q, got, want)
		}
	}
	if x[0] != 9 {
		t.Error("quantile sorts what it is given")
	}
	if got := median([]float64{4}); got != 4 {
		t.Errorf("median of one is %g", got)
	}
}

func TestCompare(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		got, want []float64
		tolerance float64
		ok        bool
	}{
		{[]float64{1, 2}, []float64{1, 2}, 0, true},
		{[]float64{1, 2 + 1e-15}, []float64{1, 2}, 0, false},
		{[]float64{0.50009}, []float64{0.5}, tolerance, true},
		{[]float64{0.50011}, []float64{0.5}, tolerance, false},
		{[]float64{100.009}, []float64{100}, tolerance, true},
		{[]float64{100.011}, []float64{100}, tolerance, false},
		{[]float64{nan}, []float64{1}, tolerance, false},
		{[]float64{1}, []float64{nan}, tolerance, false},
		{[]float64{1}, []float64{1, 2}, tolerance, false},
	} {
		if _, err := compare(c.got, c.want, c.tolerance); (err == nil) != c.ok {
			t.Errorf("%v for %v within %g: %v", c.got, c.want, c.tolerance, err)
		}
	}
}

// fake is a runner of a given speed whose result is off by so much.
type fake struct {
	perRun, off float64
	values      []float64
	runs        int
}

func (f *fake) prepare(w task.Task) (bool, string, error) {
	f.values = []float64{f.off}
	return true, "so", nil
}
func (f *fake) sample(inner int) (float64, error) {
	f.runs += inner
	return f.perRun * float64(inner), nil
}
func (f *fake) output(bool) ([]float64, error) { return f.values, nil }

// A product of 1×1 by 1×1 is what all of these do; its value is the one there is.
func TestMeasure(t *testing.T) {
	w := task.Task{Name: "one", Kind: task.Gemm, M: 1, N: 1, K: 1}
	a := task.Arrays{"one/a": {3}, "one/b": {2}}
	effort := Effort{Repeats: 3, Sample: 10, Warm: 20}
	timings, err := measure(w, a, []entrant{
		{Contender: Contender{Key: "go", Role: Ours}, runner: &fake{perRun: 0.5, off: 6}},
		{Contender: Contender{Key: "ort-1", Role: Peer}, runner: &fake{perRun: 2, off: 6.00001}},
		{Contender: Contender{Key: "native", Role: Scale}, runner: &native{arrays: a}},
	}, effort)
	if err != nil {
		t.Fatal(err)
	}
	if got := timings[0]; got.Median != 0.5 || got.Inner < 20 || len(got.Samples) != 3 || got.How != "so" {
		t.Errorf("%+v", got)
	}
	r := row{alone: aim{ratio: 3, why: "because"}}.result(w, timings, nil)
	if r.Best != "ort-1" || r.Ratio != 4 || !r.Met || r.Why != "" {
		t.Errorf("%+v", r)
	}
	if r := (row{alone: aim{ratio: 5, why: "because"}}).result(w, timings, nil); r.Met || r.Why != "because" {
		t.Errorf("%+v", r)
	}
	for _, wrong := range []entrant{
		{Contender: Contender{Key: "go", Role: Ours}, runner: &fake{perRun: 1, off: 6 + 1e-7}},
		{Contender: Contender{Key: "go-pool", Role: Pool}, runner: &fake{perRun: 1, off: 6 + 1e-7}},
		{Contender: Contender{Key: "ort-1", Role: Peer}, runner: &fake{perRun: 1, off: 6.001}},
	} {
		if got, err := measure(w, a, []entrant{wrong}, effort); err == nil || got != nil {
			t.Errorf("%s with another result was timed: %v", wrong.Key, got)
		}
	}
}

// Who takes seconds runs once to be compared and warmed up, and once a repeat.
func TestMeasureLong(t *testing.T) {
	w := task.Task{Name: "one", Kind: task.Gemm, M: 1, N: 1, K: 1}
	for perRun, want := range map[float64]int{long: 4, long - 1: 5} {
		f := &fake{perRun: perRun, off: 6}
		timings, err := measure(w, task.Arrays{"one/a": {3}, "one/b": {2}}, []entrant{{Contender: Contender{Key: "go", Role: Ours}, runner: f}}, Effort{Repeats: 3, Sample: 30, Warm: 400})
		if err != nil {
			t.Fatal(err)
		}
		if f.runs != want || timings[0].Inner != 1 || timings[0].Median != perRun {
			t.Errorf("%g ms a run: %d runs, %+v", perRun, f.runs, timings[0])
		}
	}
}

// A limit in ms is judged without a peer.
func TestLimit(t *testing.T) {
	w := task.Task{Name: "one"}
	r := row{title: "one", alone: aim{limit: 5, why: "it waits"}, few: 3, note: "Nobody else does it."}
	for _, c := range []struct {
		timings []Timing
		met     bool
		line    string
	}{
		{[]Timing{{Key: "go", Median: 5}, {Key: "go-pool", Median: 9}}, true, "≤ 5 ms     met\n    Median of 3 repeats.\n    Nobody else does it.\n"},
		{[]Timing{{Key: "go", Median: 5.01}}, false, "≤ 5 ms  missed\n    it waits\n    Median of 3 repeats.\n"},
		{nil, false, "≤ 5 ms  missed"},
	} {
		x := r.result(w, c.timings, nil)
		if x.Met != c.met || x.Limit != 5 || x.Ratio != 0 || x.Pool != nil {
			t.Errorf("%v: %+v", c.timings, x)
		}
		// A missed row beside it keeps the columns' widths.
		other := row{title: "two", alone: aim{ratio: 4}}.result(w, nil, nil)
		var b strings.Builder
		if err := (&Report{Contenders: contenders, Rows: []Result{x, other}}).WriteTable(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.line) {
			t.Errorf("the table lacks %q:\n%s", c.line, b.String())
		}
	}
	if x := (row{alone: aim{limit: 5}, pool: aim{limit: 2}}).result(w, []Timing{{Key: "go", Median: 3}, {Key: "go-pool", Median: 3}}, nil); !x.Met || x.Pool == nil || x.Pool.Met {
		t.Errorf("%+v", x)
	}
}

func TestReport(t *testing.T) {
	r := &Report{Contenders: contenders, Rows: []Result{
		row{group: "nets", title: "quick", alone: aim{ratio: 2}}.result(task.Task{Name: "quick"}, []Timing{{Key: "go", Median: 1}, {Key: "tfjs-1", Median: 3}, {Key: "ort-2", Median: 0.1}}, nil),
		row{group: "nets", title: "slow", alone: aim{ratio: 4, why: "it waits"}}.result(task.Task{Name: "slow"}, []Timing{{Key: "go", Median: 1}, {Key: "ort-1", Median: 3}}, nil),
		row{group: "nets", title: "parts", alone: aim{ratio: 2, why: "alone"}, pool: aim{ratio: 4, why: "too few parts"}}.result(task.Task{Name: "parts"}, []Timing{{Key: "go", Median: 2}, {Key: "go-pool", Median: 1}, {Key: "tfjs-1", Median: 3}}, nil),
		row{group: "products", title: "2×2×2", alone: aim{ratio: 0.5}, peer: "bound"}.result(task.Task{M: 2, N: 2, K: 2}, []Timing{{Key: "go", Median: 2e-6}, {Key: "bound", Median: 1e-6}}, nil),
	}}
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3.00×  tfjs-1      2×     met", "3.00×   ort-1      4×  missed", "    it waits\n",
		"1.50×  tfjs-1      2×  missed\n    alone\n    with the pool", "3.00×  tfjs-1      4×  missed\n    too few parts\n\nproducts\n", "0.50×   bound    0.5×     met", "8.0 GFLOP/s of 16.0"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(text, &back); err != nil || back.Rows[1].Why != "it waits" || back.Rows[0].Ratio != 3 || back.Rows[0].Pool != nil || back.Rows[2].Ratio != 1.5 || back.Rows[2].Pool.Ratio != 3 {
		t.Errorf("%v: %s", err, text)
	}
}

// Every row has a task, and every task a row.
func TestRows(t *testing.T) {
	var named []string
	for _, r := range rows {
		named = append(named, r.task)
		if _, ok := taskOf(task.All(), r.task); !ok {
			t.Errorf("row %q is about task %q, which there is not", r.title, r.task)
		}
		if r.peer != "" && roleOf(r.peer) == "" {
			t.Errorf("row %q is against %q, who takes no part", r.title, r.peer)
		}
	}
	for _, w := range task.All() {
		if !slices.Contains(named, w.Name) {
			t.Errorf("task %q has no row", w.Name)
		}
	}
}

func TestPictures(t *testing.T) {
	s := Series{Over: "background rows"}
	for m := 1; m <= 100; m *= 10 {
		s.Points = append(s.Points, Result{Task: task.Task{Rows: m}, Timings: []Timing{{Key: "go", Median: float64(m)}, {Key: "ort-1", Median: 2 * float64(m)}}})
	}
	pictures, err := (&Report{Contenders: contenders, Growth: []Series{s}}).Pictures()
	if err != nil {
		t.Fatal(err)
	}
	picture := string(pictures["bench-background-rows.svg"])
	for _, want := range []string{"<svg", "whybox", "ORT web", "time (ms)"} {
		if !strings.Contains(picture, want) {
			t.Errorf("the picture lacks %q", want)
		}
	}
	if strings.Contains(picture, "plain JS") {
		t.Error("the picture names one without a curve")
	}
}
