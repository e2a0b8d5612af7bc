package tree

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQuestionsAreAsGiven packs trees with every kind of split, in any order of
// nodes, and finds each question as it was given, in the mirrored ensemble too.
func TestQuestionsAreAsGiven(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, closed := range []bool{false, true} {
		thresholds := []float32{0.1, -3.5, 0, 1e-45, math.MaxFloat32, -math.MaxFloat32}
		if !closed {
			thresholds = append(thresholds, inf, -inf)
		}
		for _, threshold := range thresholds {
			// The root's left child stands last among the nodes.
			b := Branches{Weight: 1, Feature: []int32{1, -1, 0, -1, -1}, Left: []int32{2, 0, 3, 0, 0}, Right: []int32{1, 0, 4, 0, 0},
				Threshold: []float32{threshold, 0, 0, 0, 0}, Value: []float32{0, 1, 0, 2, 3}, MissingLeft: []bool{true, false, false, false, false},
				Codes: map[int32][]int{2: {5, 0}}}
			e, err := NewEnsemble(EnsembleParams{D: 2, K: 1, Base: []float32{0}, Link: Logistic, Closed: closed, Trees: []Branches{{Weight: 1, Feature: []int32{-1}, Left: []int32{0}, Right: []int32{0}, Threshold: []float32{0}, Value: []float32{7}}, b}})
			if err != nil {
				t.Fatal(err)
			}
			for name, x := range map[string]struct {
				m    *Margins
				tree int
			}{"the ensemble": {&e.margins, 1}, "its mirror": {&e.Mirrored().margins, 3}} {
				q := x.m.Question(x.tree, 0)
				if q.Feature != 1 || q.Categorical || q.Threshold != threshold || q.Closed != closed || !q.MissingLeft {
					t.Errorf("%s asks %+v, not about %v (closed %v)", name, q, threshold, closed)
				}
				if q = x.m.Question(x.tree, 1); q.Feature != 0 || !q.Categorical || !slices.Equal(q.Codes, []int32{0, 5}) || q.MissingLeft {
					t.Errorf("%s asks %+v, not about the codes 0 and 5", name, q)
				}
				for _, leaf := range []int{2, 3, 4} {
					if q = x.m.Question(x.tree, leaf); q.Feature != -1 {
						t.Errorf("%s asks %+v in a leaf", name, q)
					}
				}
			}
		}
	}
}

// TestQuestionsSendRowsAsTurns answers the questions of random trees as their
// words say, with values on the thresholds and missing ones among them.
func TestQuestionsSendRowsAsTurns(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	split := 0
	for range 300 {
		closed := r.IntN(2) == 0
		b := Branches{Weight: 1, Codes: map[int32][]int{}}
		values := []float32{-1, 0, 0.5, 1, 2, 3, float32(math.NaN())}
		var grow func(depth int) int32
		grow = func(depth int) int32 {
			i := len(b.Feature)
			b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
			b.Threshold, b.Value, b.MissingLeft = append(b.Threshold, 0), append(b.Value, 1), append(b.MissingLeft, false)
			if depth < 5 && r.IntN(5) > 0 {
				b.Feature[i], b.Threshold[i], b.MissingLeft[i] = int32(r.IntN(3)), values[r.IntN(6)], r.IntN(2) == 0
				if b.Feature[i] == 2 {
					b.Codes[int32(i)] = []int{r.IntN(2), 2 + r.IntN(2)}[:r.IntN(3)]
				}
				left := grow(depth + 1)
				b.Left[i], b.Right[i] = left, grow(depth+1)
			}
			return int32(i)
		}
		grow(0)
		e, err := NewEnsemble(EnsembleParams{D: 3, K: 1, Base: []float32{0}, Closed: closed, Trees: []Branches{b}})
		if err != nil {
			t.Fatal(err)
		}
		turns := make([]bool, len(b.Feature))
		for range 20 {
			x := []float32{values[r.IntN(7)], values[r.IntN(7)], values[r.IntN(7)]}
			e.margins.Turns(turns, 0, x)
			for i, left := range turns {
				q := e.margins.Question(0, i)
				if q.Feature < 0 {
					continue
				}
				v := x[q.Feature]
				yes := v < q.Threshold || q.Closed && v == q.Threshold
				if v != v {
					yes = q.MissingLeft
				} else if q.Categorical {
					yes = slices.Contains(q.Codes, int32(math.Floor(float64(v))))
				}
				if split++; yes != left {
					t.Fatalf("x = %v is a %v to %+v, and goes left: %v", v, yes, q, left)
				}
			}
		}
	}
	if split < 10000 {
		t.Errorf("only %d questions were asked", split)
	}
}
