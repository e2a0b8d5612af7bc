package importer

import (
	"maps"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/model/tree"
)

// maxOnnxTreeNodes is how many nodes all trees of an ensemble may have; a tree
// counts once for each score that its leaves add to.
const maxOnnxTreeNodes = 1 << 22

// onnxTrees is what a tree ensemble says.
type onnxTrees struct {
	*onnxNode
	trees  []tree.Branches
	places map[[2]int64]onnxPlace // of a node, by its tree's and its own number
	adds   []map[int]onnxLeaves   // by tree and score
}

// onnxLeaves is what leaves add to a score, by their place in the tree.
type onnxLeaves map[int32]float32

// onnxPlace is where a node lies.
type onnxPlace struct{ tree, node int32 }

// up returns the smallest float32 that is at least v.
func up(v float64) float32 { return -down(-v) }

// lists reads whole numbers of the nodes, each list as long as the first.
func (n *onnxNode) lists(names ...string) ([][]int64, error) {
	out := make([][]int64, len(names))
	for i, name := range names {
		var err error
		if out[i], err = n.ints(name); err != nil {
			return nil, err
		}
		if len(out[i]) != len(out[0]) {
			return nil, n.misfit("it has %d %s and %d %s", len(out[0]), names[0], len(out[i]), name)
		}
	}
	return out, nil
}

// numbersWide returns a list that is an attribute of floats, or a tensor.
func (n *onnxNode) numbersWide(name string, round func(float64) float32) ([]float32, error) {
	list, err := n.floats(name)
	if err != nil || list != nil {
		return list, err
	}
	t, found, err := n.tensor(name + "_as_tensor")
	if err != nil || !found {
		return nil, err
	}
	return t.rounded(round)
}

func rounded(v float64) float32 { return float32(v) }

// readTrees reads the structure of the trees. Thresholds may be doubles: x ≤ t
// means x ≤ down(t) and x < t means x < up(t) for every float32 x.
func (n *onnxNode) readTrees() (*onnxTrees, error) {
	lists, err := n.lists("nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_truenodeids", "nodes_falsenodeids")
	if err != nil {
		return nil, err
	}
	ids, nodes, features := lists[0], lists[1], lists[2]
	thresholds, err := n.numbersWide("nodes_values", down)
	if err != nil {
		return nil, err
	}
	above, err := n.numbersWide("nodes_values", up)
	if err != nil {
		return nil, err
	}
	missing, err := n.ints("nodes_missing_value_tracks_true")
	if err != nil {
		return nil, err
	}
	switch {
	case len(ids) == 0:
		return nil, n.misfit("it has no nodes")
	case len(ids) > maxOnnxTreeNodes:
		return nil, onnxTooLarge(n.String(), "%d nodes of trees", maxOnnxTreeNodes)
	case len(thresholds) != len(ids) || missing != nil && len(missing) != len(ids):
		return nil, n.misfit("it has %d nodes, %d nodes_values and %d nodes_missing_value_tracks_true", len(ids), len(thresholds), len(missing))
	}
	t := &onnxTrees{onnxNode: n, places: make(map[[2]int64]onnxPlace, len(ids))}
	numbers := map[int64]int32{}
	for i, id := range ids {
		at, ok := numbers[id]
		if !ok {
			at = int32(len(t.trees))
			numbers[id] = at
			if t.trees = append(t.trees, tree.Branches{Weight: 1}); len(t.trees) > maxTrees {
				return nil, tooMany(n.String(), len(t.trees), 0)
			}
		}
		b := &t.trees[at]
		key := [2]int64{id, nodes[i]}
		if _, twice := t.places[key]; twice {
			return nil, n.misfit("tree %d has two nodes %d", id, nodes[i])
		}
		t.places[key] = onnxPlace{at, int32(len(b.Feature))}
		feature := int32(max(-1, min(features[i], tree.MaxFeatures))) // of a leaf it may be anything
		b.Feature, b.Threshold = append(b.Feature, feature), append(b.Threshold, thresholds[i])
		b.Left, b.Right = append(b.Left, 0), append(b.Right, 0)
		b.MissingLeft = append(b.MissingLeft, missing != nil && missing[i] != 0)
	}
	if err := t.connect(ids, nodes, lists[3], lists[4], above); err != nil {
		return nil, err
	}
	return t, t.rootsFirst()
}

// connect reads what each node asks, and finds its children.
func (t *onnxTrees) connect(ids, nodes, ifTrue, ifFalse []int64, above []float32) error {
	i := 0
	_, err := t.each("nodes_modes", attributeStrings, func(f protoField) error {
		if i == len(ids) {
			return t.misfit("it has more nodes_modes than nodes")
		}
		at := t.places[[2]int64{ids[i], nodes[i]}]
		yes, a := t.places[[2]int64{ids[i], ifTrue[i]}]
		no, c := t.places[[2]int64{ids[i], ifFalse[i]}]
		mode := string(f.b)
		if mode != "LEAF" && !(a && c) {
			return t.misfit("node %d of tree %d has the children %d and %d, which are not both there", nodes[i], ids[i], ifTrue[i], ifFalse[i])
		}
		b := &t.trees[at.tree]
		if mode != "LEAF" && b.Feature[at.node] < 0 {
			return t.misfit("node %d of tree %d asks about no feature", nodes[i], ids[i])
		}
		if mode == "BRANCH_LT" || mode == "BRANCH_GTE" {
			b.Threshold[at.node] = above[i]
		}
		i++
		return t.ask(b, at.node, mode, yes.node, no.node)
	})
	if err == nil && i != len(ids) {
		err = t.misfit("it has %d nodes_modes for %d nodes", i, len(ids))
	}
	return err
}

// ask writes one node. A split of package tree sends x left where x is below
// its threshold.
func (t *onnxTrees) ask(b *tree.Branches, at int32, mode string, yes, no int32) error {
	above := func(v float32) float32 { return math.Nextafter32(v, float32(math.Inf(1))) }
	switch mode {
	case "LEAF":
		b.Feature[at] = -1
		return nil
	case "BRANCH_LEQ":
		b.Threshold[at] = above(b.Threshold[at])
	case "BRANCH_LT":
	case "BRANCH_GT":
		b.Threshold[at] = above(b.Threshold[at])
		yes, no, b.MissingLeft[at] = no, yes, !b.MissingLeft[at]
	case "BRANCH_GTE":
		yes, no, b.MissingLeft[at] = no, yes, !b.MissingLeft[at]
	default:
		return t.cannot("train a model whose splits compare with ≤, <, ≥ or >", "a node asks %q, which is not read", short(mode))
	}
	b.Left[at], b.Right[at] = yes, no
	return nil
}

// rootsFirst moves the root of every tree, which is nobody's child, to place 0.
func (t *onnxTrees) rootsFirst() error {
	moved := make([]int32, len(t.trees))
	for i := range t.trees {
		b := &t.trees[i]
		child := make([]bool, len(b.Feature))
		for j, f := range b.Feature {
			if f >= 0 {
				child[b.Left[j]], child[b.Right[j]] = true, true
			}
		}
		root := 0
		for root < len(child) && child[root] {
			root++
		}
		if root == len(child) {
			return t.misfit("tree %d has no root", i)
		}
		moved[i] = int32(root)
		swapNodes(b, int32(root))
	}
	for key, p := range t.places {
		switch p.node {
		case 0:
			p.node = moved[p.tree]
		case moved[p.tree]:
			p.node = 0
		}
		t.places[key] = p
	}
	return nil
}

// swapNodes changes the places of node 0 and another.
func swapNodes(b *tree.Branches, other int32) {
	b.Feature[0], b.Feature[other] = b.Feature[other], b.Feature[0]
	b.Threshold[0], b.Threshold[other] = b.Threshold[other], b.Threshold[0]
	b.MissingLeft[0], b.MissingLeft[other] = b.MissingLeft[other], b.MissingLeft[0]
	for _, side := range [][]int32{b.Left, b.Right} {
		side[0], side[other] = side[other], side[0]
		for i, child := range side {
			switch {
			case b.Feature[i] < 0:
			case child == 0:
				side[i] = other
			case child == other:
				side[i] = 0
			}
		}
	}
}

// leaves reads what the leaves add to which score.
func (t *onnxTrees) leaves(prefix string, scores int) error {
	lists, err := t.lists(prefix+"_treeids", prefix+"_nodeids", prefix+"_ids")
	if err != nil {
		return err
	}
	weights, err := t.numbersWide(prefix+"_weights", rounded)
	if err != nil {
		return err
	}
	if len(weights) != len(lists[0]) {
		return t.misfit("it has %d %s_weights for %d %s_treeids", len(weights), prefix, len(lists[0]), prefix)
	}
	t.adds = make([]map[int]onnxLeaves, len(t.trees))
	for i, w := range weights {
		place, ok := t.places[[2]int64{lists[0][i], lists[1][i]}]
		score := int(max(-1, min(lists[2][i], maxOnnxNumbers)))
		if !ok || t.trees[place.tree].Feature[place.node] >= 0 {
			return t.misfit("node %d of tree %d adds to a score, and is no leaf", lists[1][i], lists[0][i])
		}
		if score < 0 || score >= scores {
			return t.misfit("node %d of tree %d adds to score %d of %d", lists[1][i], lists[0][i], score, scores)
		}
		by := t.adds[place.tree]
		if by == nil {
			by = map[int]onnxLeaves{}
			t.adds[place.tree] = by
		}
		if by[score] == nil {
			by[score] = onnxLeaves{}
		}
		by[score][place.node] += w
	}
	return nil
}

// onnxSum is how trees of an ensemble add up.
type onnxSum struct {
	base    []float32
	link    tree.Link
	average bool
	mirror  bool // the score of class 1, negative, is that of class 0
}

// ensemble joins the trees: one for each score that a tree adds to.
func (t *onnxTrees) ensemble(d int, sum onnxSum) (*tree.Ensemble, error) {
	p := tree.EnsembleParams{D: d, K: len(sum.base), Base: sum.base, Link: sum.link, Average: sum.average}
	total := 0
	add := func(b tree.Branches, class int, leaves onnxLeaves, sign float32) error {
		if total += len(b.Feature); total > maxOnnxTreeNodes || len(p.Trees) >= maxTrees {
			return onnxTooLarge(t.String(), "%d nodes in %d trees, one for each score", maxOnnxTreeNodes, maxTrees)
		}
		b.Class, b.Value = class, make([]float32, len(b.Feature))
		for at, v := range leaves {
			b.Value[at] = sign * v
		}
		p.Trees = append(p.Trees, b)
		return nil
	}
	for i, b := range t.trees {
		classes := slices.Sorted(maps.Keys(t.adds[i]))
		if sum.average { // which counts trees that add nothing, too
			classes = classes[:0]
			for class := range p.K {
				classes = append(classes, class)
			}
		}
		for _, class := range classes {
			leaves := t.adds[i][class]
			if sum.mirror {
				if err := add(b, 0, leaves, -1); err != nil {
					return nil, err
				}
			}
			if err := add(b, class, leaves, 1); err != nil {
				return nil, err
			}
		}
	}
	e, err := tree.NewEnsemble(p)
	if err != nil {
		return nil, misfit(t.String(), "%v, where trees count from 0, one for each score", err)
	}
	return e, nil
}
