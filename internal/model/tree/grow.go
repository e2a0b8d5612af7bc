package tree

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/whybox/whybox/internal/model"
)

// TreeParams are the settings of NewTree.
type TreeParams struct {
	Depth    int // questions in a row at the most, ≥ 1
	MinLeaf  int // no leaf gets fewer training rows, ≥ 1
	MinSplit int // a node with fewer rows is not split; 0 means 2
}

// NewTree returns a trainer that grows a decision tree by exact search. One
// step splits one leaf: the one, and at the threshold halfway between two
// neighbouring values, where the impurity, summed over training rows, falls
// most:
//
//	classification  Gini: Σᵢ (1 - Σ_c p_c²) over the rows of a leaf
//	regression      Σᵢ (yᵢ - mean)²
//
// So the most telling questions come first and a stopped tree is the best of
// its size that this greedy way finds. Of equal splits the lowest feature
// wins, then the lowest threshold; of equal leaves the older. A leaf with
// unequal targets is split even where no split lowers the impurity (an exact
// chessboard needs that). The error says what is wrong with the rows or the
// settings.
//
// Paper: L. Breiman, J. Friedman, R. Olshen, C. Stone. Classification and
// Regression Trees. 1984. Best-first growth: H. Shi. Best-first decision tree
// learning. University of Waikato 2007.
func NewTree(p model.Problem, params TreeParams) (model.Trainer, error) {
	n := len(p.TrainY)
	if p.D < 1 || p.K < 1 || len(p.TrainX) != n*p.D {
		panic("tree: rows of another shape than the problem says")
	}
	if params.MinSplit == 0 {
		params.MinSplit = 2
	}
	switch {
	case n < 1:
		return nil, errors.New("a tree needs rows to learn from")
	case params.Depth < 1:
		return nil, errors.New("the depth must be at least 1")
	case params.MinLeaf < 1:
		return nil, errors.New("the smallest leaf must have at least 1 row")
	case params.MinSplit < 2:
		return nil, errors.New("the smallest group to split must have at least 2 rows")
	}
	for _, s := range [2][]float32{p.TrainX, p.TrainY} {
		for _, v := range s {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return nil, errors.New("the rows hold a value that is not a finite number")
			}
		}
	}
	g := &grower{p: p, params: params, n: n, tree: Tree{d: p.D, k: p.K}}
	g.sort()
	if p.Regression {
		for _, y := range p.TrainY {
			g.centre += float64(y) / float64(n)
		}
	}
	g.plant(0, n, 0)
	return g, nil
}

// grower trains a Tree.
type grower struct {
	p      model.Problem
	params TreeParams
	n      int
	tree   Tree
	centre float64   // regression: the mean target, subtracted so that sums of squares keep their digits
	column []float32 // d×n, the features column by column
	order  []int32   // d×n, the training rows by ascending value of each feature; the rows of one node lie together
	leaves []leaf    // that can be split, oldest first
	done   int
}

// leaf is a node that can be split, with its best split.
type leaf struct {
	node     int
	from, to int // its rows are order[j*n+from : j*n+to] for each feature j
	best     split
}

func (g *grower) Model() model.Model { return &g.tree }

func (g *grower) Done() bool { return len(g.leaves) == 0 }

func (g *grower) Progress() (done, total, perPoint int) {
	if g.Done() {
		return g.done, g.done, 1
	}
	total = g.n - 1
	if g.params.Depth < 31 {
		total = min(total, 1<<g.params.Depth-1)
	}
	return g.done, total, 1
}

// Step splits the leaf that gains most. It never fails.
func (g *grower) Step() error {
	if g.Done() {
		panic("tree: a step after the last")
	}
	at := 0
	for i, l := range g.leaves {
		if l.best.gain > g.leaves[at].best.gain*(1+1e-12) {
			at = i
		}
	}
	l := g.leaves[at]
	g.leaves = slices.Delete(g.leaves, at, at+1)
	middle := g.part(l)
	node := &g.tree.nodes[l.node]
	node.Feature, node.Threshold = l.best.feature, l.best.threshold
	node.Left, node.Right = len(g.tree.nodes), len(g.tree.nodes)+1
	depth := node.Depth + 1
	g.plant(l.from, middle, depth)
	g.plant(middle, l.to, depth)
	g.done++
	return nil
}

// plant adds a node for the rows from..to, and puts it among the leaves if it
// can be split.
func (g *grower) plant(from, to, depth int) {
	rows := g.order[from:to]
	node := Node{Feature: -1, Cover: len(rows), Depth: depth, Value: make([]float32, g.p.K)}
	if g.p.Regression {
		sum := 0.0
		for _, i := range rows {
			sum += float64(g.p.TrainY[i]) - g.centre
		}
		node.Value[0] = float32(g.centre + sum/float64(len(rows)))
	} else {
		for _, i := range rows {
			node.Value[int(g.p.TrainY[i])]++
		}
		for c := range node.Value {
			node.Value[c] /= float32(len(rows))
		}
	}
	g.tree.nodes = append(g.tree.nodes, node)
	first := g.p.TrainY[rows[0]]
	alike := !slices.ContainsFunc(rows, func(i int32) bool { return g.p.TrainY[i] != first })
	if alike || depth >= g.params.Depth || len(rows) < g.params.MinSplit {
		return
	}
	if best := g.search(from, to); best.feature >= 0 {
		g.leaves = append(g.leaves, leaf{len(g.tree.nodes) - 1, from, to, best})
	}
}

// sort fills column and order.
func (g *grower) sort() {
	n, d := g.n, g.p.D
	g.column, g.order = make([]float32, n*d), make([]int32, n*d)
	for j := range d {
		column, order := g.column[j*n:(j+1)*n], g.order[j*n:(j+1)*n]
		for i := range n {
			column[i], order[i] = g.p.TrainX[i*d+j], int32(i)
		}
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(column[a], column[b]), cmp.Compare(a, b))
		})
	}
}

// part reorders the rows of l so that those that go left come first, in the
// order of every feature as before, and returns where the right ones begin.
func (g *grower) part(l leaf) (middle int) {
	decides := g.column[l.best.feature*g.n : (l.best.feature+1)*g.n]
	right := make([]int32, 0, l.to-l.from)
	for j := range g.p.D {
		rows := g.order[j*g.n+l.from : j*g.n+l.to]
		right = right[:0]
		left := 0
		for _, i := range rows {
			if decides[i] <= l.best.threshold {
				rows[left] = i
				left++
			} else {
				right = append(right, i)
			}
		}
		copy(rows[left:], right)
		middle = l.from + left
	}
	return middle
}
