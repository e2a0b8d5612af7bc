package task

import (
	"math"
	"testing"
)

// The values of every row sum to what its score is above the mean of the leaves
// by cover, and the first row's are those that it gets alone.
func TestTreeShap(t *testing.T) {
	one := Task{Name: "tree-shap-rows", Kind: TreeShapRows, D: mlp, Rows: 2*portion + 1}
	a := generate(t, []Task{one})
	outputs := map[string][]float64{}
	for _, kind := range []string{Trees, TreeShap, TreeShapRows} {
		one.Kind = kind
		w, err := New(one, a)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Run(); err != nil {
			t.Fatal(err)
		}
		outputs[kind] = w.Output()
	}
	base := 0.0
	for i := range TreeCount {
		sum, all := 0.0, 0.0
		for at := i * Leaves; at < (i+1)*Leaves; at++ {
			c := float64(a["trees/cover"][at])
			sum += float64(c * float64(a["trees/leaf"][at]))
			all += c
		}
		base += sum / all
	}
	values := outputs[TreeShapRows]
	if len(values) != one.Rows*one.D {
		t.Fatalf("%d values for %d rows", len(values), one.Rows)
	}
	for row, score := range outputs[Trees] {
		sum := base
		for _, v := range values[row*one.D : (row+1)*one.D] {
			sum += v
		}
		if math.Abs(sum-score) > 2e-6 { // scores are float32
			t.Errorf("row %d: base and values sum to %g, the score is %g", row, sum, score)
		}
	}
	for i, v := range outputs[TreeShap] {
		if v != values[i] {
			t.Errorf("feature %d: %g alone, %g among rows", i, v, values[i])
		}
	}
}
