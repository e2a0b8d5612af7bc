package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"unsafe"
)

// randomTree returns the nodes of a tree of at most so many questions in a row
// about d columns.
func randomTree(r *rand.Rand, depth, d int) []Branch {
	if depth == 0 || r.IntN(4) == 0 {
		return []Branch{{Split: float32(math.NaN()), What: BranchLeaf, Value: wild(r, 1)[0]}}
	}
	b := Branch{Split: wild(r, 1)[0], What: uint32(r.IntN(d)) | uint32(r.IntN(2))*BranchMissingLeft}
	if b.Split != b.Split {
		b.Split = 0
	}
	left, right := randomTree(r, depth-1, d), randomTree(r, depth-1, d)
	b.Right = int32(1 + len(left))
	return slices.Concat([]Branch{b}, left, right)
}

func descendTrial(r *rand.Rand) trial {
	n, d, copies := size(r, 40), 1+size(r, 20), 1+r.IntN(3)
	stride := copies + r.IntN(3)
	one := randomTree(r, r.IntN(9), d)
	var nodes []Branch
	for range copies {
		for i := range one {
			one[i].Value = wild(r, 1)[0]
		}
		nodes = append(nodes, one...)
	}
	x := wild(r, n*d)
	missing := r.IntN(2) == 0 || slices.ContainsFunc(x, func(v float32) bool { return v != v })
	words := slices.Clone(unsafe.Slice((*int32)(unsafe.Pointer(&nodes[0])), 4*len(nodes)))
	return trial{data: data(wild(r, n*stride), x), ints: [][]int32{words},
		args: []any{ref(0), 4 * stride, copies, 16 * len(one), whole(0), ref(1), n, 4 * d, int(flag(missing))},
		api: func(x [][]float32, i [][]int32) any {
			Descend(x[0], stride, copies, len(one), unsafe.Slice((*Branch)(unsafe.Pointer(&i[0][0])), len(nodes)), x[1], n, d, missing)
			return nil
		}}
}
