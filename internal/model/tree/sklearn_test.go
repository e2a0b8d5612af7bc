package tree_test

import (
	_ "embed"
	"encoding/json"
	"math"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model/tree"
)

//go:embed testdata/sklearn_tree.json
var sklearnTree []byte

// oracle is a tree that scikit-learn grew.
type oracle struct {
	Rows  []int
	Proba [][]float64
	Nodes []struct {
		Feature     int
		Threshold   float32
		Left, Right int
		Value       []float64
	}
}

// scikit-learn looks at the features in random order and takes the first of
// equally good splits, so the trees may differ below a tie, and only there.
// Both are walked from the root: as long as the questions part the training
// rows in the same way (or the mirrored one) the walk goes on, and leaves must hold the same frequencies;
// where they differ, both must gain the same. Depth first or best first makes
// no difference to a tree that only its depth limits.
func TestAgainstScikitLearn(t *testing.T) {
	for _, c := range []struct {
		table *dataset.Table
		same  int // questions that agree; of 17 and 29
		rows  int // reference rows, of 20, whose leaves are compared
	}{
		{dataset.BreastCancer(), 15, 17},
		{dataset.Digits(), 29, 20}, // all of it
	} {
		t.Run(c.table.Name, func(t *testing.T) {
			var all map[string]json.RawMessage
			var o oracle
			if err := json.Unmarshal(sklearnTree, &all); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(all[c.table.Name], &o); err != nil {
				t.Fatal(err)
			}
			p := whole(c.table)
			m := grow(t, p, tree.TreeParams{Depth: 5, MinLeaf: 1}, math.MaxInt)
			nodes := m.Nodes()
			rows := rowsOf(nodes, p)
			same, ties := 0, 0
			compared := map[int]bool{}
			var walk func(ours, theirs int)
			walk = func(ours, theirs int) {
				a, b := nodes[ours], o.Nodes[theirs]
				if (a.Feature < 0) != (b.Value != nil) {
					t.Fatalf("node %d: a leaf in one tree only", ours)
				}
				if a.Feature < 0 {
					for k, want := range b.Value {
						if math.Abs(float64(a.Value[k])-want) > 1e-7 {
							t.Errorf("leaf %d: %v, want %v", ours, a.Value, b.Value)
						}
					}
					for _, i := range rows[ours] {
						compared[i] = true
					}
					return
				}
				apart := 0 // training rows that the two questions send different ways
				for _, i := range rows[ours] {
					if (p.TrainX[i*p.D+a.Feature] <= a.Threshold) != (p.TrainX[i*p.D+b.Feature] <= b.Threshold) {
						apart++
					}
				}
				if apart == 0 {
					// The export rounds the middle down to float32, we to nearest.
					if a.Feature == b.Feature && a.Threshold != b.Threshold && a.Threshold != math.Nextafter32(b.Threshold, math.MaxFloat32) {
						t.Errorf("node %d: threshold %v, want %v", ours, a.Threshold, b.Threshold)
					}
					same++
					walk(a.Left, b.Left)
					walk(a.Right, b.Right)
					return
				}
				if apart == len(rows[ours]) {
					same++
					walk(a.Left, b.Right)
					walk(a.Right, b.Left)
					return
				}
				mine, _ := gain(p, rows[ours], a.Feature, a.Threshold, 1)
				yours, _ := gain(p, rows[ours], b.Feature, b.Threshold, 1)
				if math.Abs(mine-yours) > 1e-9 {
					t.Errorf("node %d: gain %v with feature %d at %v, %v with feature %d at %v", ours, mine, a.Feature, a.Threshold, yours, b.Feature, b.Threshold)
				}
				ties++
			}
			walk(0, 0)
			n := 0
			for i, row := range o.Rows {
				if !compared[row] {
					continue
				}
				n++
				for k, v := range predict(m, c.table.Row(row)) {
					if math.Abs(float64(v)-o.Proba[i][k]) > 1e-7 {
						t.Errorf("row %d: %v, want %v", row, v, o.Proba[i][k])
					}
				}
			}
			t.Logf("%d questions agree, %d ties, %d of %d rows compared", same, ties, n, len(o.Rows))
			if same < c.same || n < c.rows {
				t.Errorf("compared only %d questions and %d rows, want %d and %d", same, n, c.same, c.rows)
			}
		})
	}
}
