package kernel

import (
	"math"
	"testing"
)

// A question is answered by the definition, for every pair of strange numbers,
// one row alone and several side by side.
func TestDescendAnswers(t *testing.T) {
	leaf := Branch{Split: float32(math.NaN()), What: BranchLeaf}
	for _, split := range rare {
		if split != split {
			continue
		}
		for _, missing := range []uint32{0, BranchMissingLeft} {
			left, right := leaf, leaf
			left.Value, right.Value = 1, 2
			nodes := []Branch{{Split: split, What: missing, Right: 2}, left, right}
			for n := 1; n <= 9; n += 8 {
				for _, v := range rare {
					dst, x := make([]float32, n), make([]float32, n)
					Fill(x, v)
					Descend(dst, 1, 1, len(nodes), nodes, x, n, 1, true)
					want := float32(2)
					if v < split || v != v && missing != 0 {
						want = 1
					}
					for i, got := range dst {
						if got != want {
							t.Fatalf("row %d of %d: %v below %v, missing left %v: leaf %v, want %v", i, n, v, split, missing != 0, got, want)
						}
					}
				}
			}
		}
	}
}
