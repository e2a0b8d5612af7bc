package tree

import (
	"math"
	"testing"
)

// TestMirrored: the second class scores as the one score did, bit for bit, and
// the first with the margin negated; missing and categorical splits included.
func TestMirrored(t *testing.T) {
	e, err := NewEnsemble(EnsembleParams{D: 2, K: 1, Base: []float32{0.25}, Link: Logistic, Trees: []Branches{
		{Weight: 1, Feature: []int32{0, -1, 1, -1, -1}, Left: []int32{1, 0, 3, 0, 0}, Right: []int32{2, 0, 4, 0, 0}, Threshold: []float32{0.5, 0, 0, 0, 0},
			Value: []float32{0, 1.5, 0, -2, 0.75}, MissingLeft: []bool{true, false, false, false, false}, Codes: map[int32][]int{2: {1, 3}}, Cover: []float32{9, 4, 5, 2, 3}},
		{Weight: 0.5, Feature: []int32{-1}, Left: []int32{0}, Right: []int32{0}, Threshold: []float32{0}, Value: []float32{0.3}, Cover: []float32{9}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	m := e.Mirrored()
	if d, k := m.Dims(); d != 2 || k != 2 {
		t.Fatalf("%d features, %d scores", d, k)
	}
	nan := float32(math.NaN())
	x := []float32{0, 1, 1, 1, 1, 2, nan, 3, 0.5, nan}
	one, two := make([]float32, 5), make([]float32, 10)
	e.Margin().Predict(one, x, 5)
	m.Margin().Predict(two, x, 5)
	for i, z := range one {
		if two[2*i] != -z || two[2*i+1] != z {
			t.Errorf("row %d: margins %v, want %v and %v", i, two[2*i:2*i+2], -z, z)
		}
	}
	e.Predict(one, x, 5)
	m.Predict(two, x, 5)
	for i, p := range one {
		if two[2*i+1] != p || math.Abs(float64(two[2*i]+p-1)) > 1e-6 {
			t.Errorf("row %d: scores %v, want 1 - %v and it", i, two[2*i:2*i+2], p)
		}
	}
	for tr := range 4 {
		if class, _ := m.margins.Adds(tr); class != tr%2 {
			t.Errorf("tree %d adds to class %d", tr, class)
		}
		_, _, _, cover := m.margins.Nodes(tr)
		if cover[0] != 9 {
			t.Errorf("tree %d: cover %v", tr, cover)
		}
	}
	if m.Mirrored() != nil {
		t.Error("an ensemble of two scores was mirrored")
	}
}
