package importer

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/whybox/whybox/internal/model/tree"
)

// Bits of a decision_type.
const (
	lightCategorical = 1
	lightDefaultLeft = 2
	lightMissing     = 2 // shift; below it 2 bits: one of these
	missingNone      = 0 // NaN counts as 0
	missingZero      = 1 // 0 and NaN are missing
	missingNaN       = 2
)

// branches turns one tree into the words of package tree: its s splits come
// first, its s+1 leaves behind them. Where a child is negative it is a leaf, -1
// the first one.
func (b *lightBlock) branches() (tree.Branches, error) {
	var out tree.Branches
	if _, ok := b.fields["Tree"]; !ok {
		return out, b.wrong("", `it does not begin with "Tree="`)
	}
	if v := string(b.fields["is_linear"]); v != "" && v != "0" {
		return out, &Error{CodeKind, b.at("is_linear"), "leaves that hold linear models are not read", "train with linear_tree=false"}
	}
	leaves, err := b.count("num_leaves")
	if err != nil {
		return out, err
	}
	if leaves < 1 || leaves > len(b.fields["leaf_value"]) { // each value takes a byte or more
		return out, b.wrong("num_leaves", "%d leaves, and %d bytes of their values", leaves, len(b.fields["leaf_value"]))
	}
	value, err := b.floats("leaf_value", leaves)
	if err != nil {
		return out, err
	}
	splits := leaves - 1
	n := splits + leaves
	out = tree.Branches{
		Feature: make([]int32, n), Left: make([]int32, n), Right: make([]int32, n),
		Threshold: make([]float32, n), Value: make([]float32, n), MissingLeft: make([]bool, n),
	}
	for i, v := range value {
		out.Feature[splits+i], out.Value[splits+i] = -1, float32(v)
	}
	if err := b.splits(&out, splits); err != nil {
		return out, err
	}
	return out, b.covers(&out, splits, leaves)
}

// splits reads the questions.
func (b *lightBlock) splits(out *tree.Branches, n int) error {
	var of [4][]int64
	for i, key := range []string{"split_feature", "decision_type", "left_child", "right_child"} {
		var err error
		if of[i], err = b.ints(key, n); err != nil {
			return err
		}
	}
	threshold, err := b.floats("threshold", n)
	if err != nil {
		return err
	}
	for i := range n {
		feature, kind := of[0][i], of[1][i]
		if feature < 0 || feature > math.MaxInt32 {
			return b.wrong("split_feature", "split %d asks about feature %d", i, feature)
		}
		out.Feature[i] = int32(feature)
		for side, to := range [][]int32{out.Left, out.Right} {
			child := of[2+side][i]
			if child < 0 {
				child = int64(n) - child - 1
			}
			if child < 1 || child > int64(2*n) {
				return b.wrong("left_child and right_child", "split %d has child %d, where there are %d splits and %d leaves", i, of[2+side][i], n, n+1)
			}
			to[i] = int32(child)
		}
		if kind&lightCategorical != 0 {
			err = b.set(out, i, threshold[i])
		} else {
			err = b.numeric(out, i, threshold[i], kind)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// numeric sets a threshold: x ≤ t goes left. Where only NaN is missing, it has a
// direction of its own; else it goes with 0. Zeros that are missing can be told
// only where they go the way their value would take them.
func (b *lightBlock) numeric(out *tree.Branches, i int, t float64, kind int64) error {
	if t != t {
		return b.wrong("threshold", "split %d has the threshold %v", i, t)
	}
	out.Threshold[i] = down(t)
	left, natural := kind&lightDefaultLeft != 0, 0 <= t
	switch kind >> lightMissing & 3 {
	case missingNaN:
		out.MissingLeft[i] = left
	case missingNone:
		out.MissingLeft[i] = natural
	case missingZero:
		if left != natural {
			return &Error{CodeKind, b.at("decision_type"), "zeros that count as missing are not read", "train with zero_as_missing=false"}
		}
		out.MissingLeft[i] = natural
	default:
		return b.wrong("decision_type", "split %d has type %d", i, kind)
	}
	return nil
}

// down returns the largest finite float32 that is at most t, or the smallest of
// all.
func down(t float64) float32 {
	t = min(max(t, -math.MaxFloat32), math.MaxFloat32)
	f := float32(t)
	if float64(f) > t {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

// set reads the codes of a categorical split: its threshold is the number of a
// piece of cat_threshold, whose bits are the codes that go left. Whatever else
// comes goes right.
func (b *lightBlock) set(out *tree.Branches, i int, t float64) error {
	bounds, err := b.boundaries()
	if err != nil {
		return err
	}
	if !(t >= 0 && t < float64(len(bounds)-1)) || t != math.Trunc(t) {
		return b.wrong("threshold", "split %d takes set %v, where there are %d", i, t, max(0, len(bounds)-1))
	}
	words := b.words[bounds[int(t)]:bounds[int(t)+1]]
	codes := []int{}
	for w, word := range words {
		for set := uint32(word); set != 0; set &= set - 1 {
			codes = append(codes, 32*w+bits.TrailingZeros32(set))
		}
	}
	if out.Codes == nil {
		out.Codes = map[int32][]int{}
	}
	if b.taken[int(t)] {
		return b.wrong("threshold", "set %v belongs to two splits", t)
	}
	b.taken[int(t)] = true
	out.Codes[int32(i)] = codes
	return nil
}

// boundaries reads the sets of a tree once: set s is words[bounds[s]:bounds[s+1]].
func (b *lightBlock) boundaries() ([]int64, error) {
	if b.bounds != nil {
		return b.bounds, nil
	}
	bounds, err := b.ints("cat_boundaries", -1)
	if err != nil {
		return nil, err
	}
	if b.words, err = b.ints("cat_threshold", -1); err != nil {
		return nil, err
	}
	if len(b.words) > maxWords {
		return nil, &Error{CodeSize, b.at("cat_threshold"), fmt.Sprintf("the sets of one tree take %d words, more than %d", len(b.words), maxWords), "train with fewer categories"}
	}
	if len(bounds) == 0 || bounds[0] < 0 || bounds[len(bounds)-1] > int64(len(b.words)) || !slices.IsSorted(bounds) {
		return nil, b.wrong("cat_boundaries", "they do not part the %d words of cat_threshold", len(b.words))
	}
	b.bounds, b.taken = bounds, make([]bool, len(bounds)-1)
	return bounds, nil
}

// covers reads how many rows came to each node, where the file says.
func (b *lightBlock) covers(out *tree.Branches, splits, leaves int) error {
	switch {
	case splits == 0:
		out.Cover = []float32{1} // nothing to share
		return nil
	case len(b.fields["leaf_count"]) == 0:
		return nil
	}
	counts, err := b.ints("internal_count", splits)
	if err != nil {
		return err
	}
	of, err := b.ints("leaf_count", leaves)
	if err != nil {
		return err
	}
	out.Cover = make([]float32, 0, splits+leaves)
	for _, c := range append(counts, of...) {
		out.Cover = append(out.Cover, float32(c))
	}
	return nil
}
