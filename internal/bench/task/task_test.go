package task

import (
	"math"
	"slices"
	"testing"
)

// few are small tasks of every kind.
func few() []Task {
	return []Task{
		{Name: "forward", Kind: Forward, D: mlp, Rows: 70},
		{Name: "call", Kind: Call, D: mlp, Rows: 1},
		{Name: "shap", Kind: Shap, D: 10, Rows: 3},
		{Name: "path", Kind: Path, D: mlp},
		{Name: "slope", Kind: Slope, D: Side * Side},
		{Name: "occlusion", Kind: Occlusion, D: Side * Side},
		{Name: "smoothgrad", Kind: SmoothGrad, D: Side * Side},
		{Name: "train", Kind: Train, D: mlp, Rows: 300},
		{Name: "trees", Kind: Trees, D: mlp, Rows: 30},
		{Name: "tree-shap", Kind: TreeShap, D: mlp, Rows: 1},
		{Name: "tree-shap-rows", Kind: TreeShapRows, D: mlp, Rows: 2*portion + 1},
		{Name: "gemm", Kind: Gemm, M: 3, N: 4, K: 5},
	}
}

func generate(t *testing.T, tasks []Task) Arrays {
	t.Helper()
	a, err := Generate(tasks)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Every task computes finite numbers, the same again, from the numbers as they
// come out of Encode and Decode.
func TestTasks(t *testing.T) {
	a := generate(t, few())
	content, parts := a.Encode()
	b, err := Decode(content, parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range few() {
		w, err := New(one, a)
		if err != nil {
			t.Fatal(err)
		}
		again, err := New(one, b)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := w.Run(); err != nil {
				t.Fatal(err)
			}
		}
		if err := again.Run(); err != nil {
			t.Fatal(err)
		}
		got := slices.Clone(w.Output())
		if !slices.Equal(got, again.Output()) || slices.Max(got) == slices.Min(got) {
			t.Errorf("%s: %v, then %v", one.Name, got, again.Output())
		}
	}
	if _, err := New(Task{Kind: "nap"}, a); err == nil {
		t.Error("a task of no kind is done")
	}
	if _, err := Decode(content, map[string]Part{"x": {len(content) / 4, 1}}); err == nil {
		t.Error("an array beyond the end is decoded")
	}
}

// With every coalition, the textbook's regression has the Shapley values for
// its solution, and so has Kernel, whose tests compare it with exact
// enumeration. With a sample the two are within a few standard errors.
func TestRegression(t *testing.T) {
	for _, c := range []struct {
		Task
		tolerance float64
	}{{shapTask(10, 4), 1e-7}, {shapTask(30, 2), 5e-3}} {
		a := generate(t, []Task{c.Task})
		want, err := Reference(c.Task, a, nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := New(c.Task, a)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Run(); err != nil {
			t.Fatal(err)
		}
		for i, got := range w.Output() {
			if math.Abs(got-want[i]) > c.tolerance {
				t.Errorf("%s, feature %d: %g, regression %g", c.Name, i, got, want[i])
			}
		}
	}
}

func TestPairs(t *testing.T) {
	for _, d := range []int{10, 30, 60} {
		a := generate(t, []Task{shapTask(d, 1)})
		net := shapTask(d, 1).Net()
		masks, pairs := a[net+"/masks"], a[net+"/pairs"]
		if len(masks) != 2*d*len(pairs) {
			t.Fatalf("%d features: %d values for %d pairs", d, len(masks), len(pairs))
		}
		sum := 0.0
		for p, w := range pairs {
			sum += float64(w)
			for i := range d {
				if masks[2*p*d+i]+masks[(2*p+1)*d+i] != 1 {
					t.Fatalf("%d features: coalitions %d and %d are not complements", d, 2*p, 2*p+1)
				}
			}
		}
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("%d features: weights sum to %g", d, sum)
		}
	}
}
