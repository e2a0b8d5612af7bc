package tree

import (
	"fmt"

	"github.com/whybox/whybox/internal/model"
)

// Limits of an ensemble. They keep walks shallow enough for a browser's stack
// and every index within 32 bits.
const (
	MaxDepth    = 512     // questions in a row
	MaxFeatures = 1 << 20 //
	MaxClasses  = 1 << 12 //
	MaxCode     = 1 << 24 // codes of categories are below: float32 holds them exactly
)

// Branches is one tree of an ensemble as arrays over its nodes; node 0 is the
// root. A numeric split sends x left where x < Threshold (x ≤ Threshold where
// the ensemble is Closed), a categorical one where ⌊x⌋ is among its Codes.
type Branches struct {
	Class       int             // the score it adds to
	Weight      float32         // how much its leaves count; 1 unless trees were dropped or averaged
	Feature     []int32         // asked about; negative in a leaf
	Left, Right []int32         // children; not read in a leaf
	Threshold   []float32       // of numeric splits, data units
	Value       []float32       // of leaves, margin units
	MissingLeft []bool          // whether NaN goes left; nil means nowhere
	Codes       map[int32][]int // the categorical splits: codes that go left; every other code, known or not, goes right
	Cover       []float32       // training rows, or their hessians, that came to each node, ≥ 0; nil where nobody counted
	Deleted     int             // how many nodes are unused: pruned, and no longer anyone's child
}

// EnsembleParams is what an ensemble is made of. Nothing of it is kept but Base.
type EnsembleParams struct {
	D, K    int
	Trees   []Branches
	Base    []float32 // k margins before the first tree
	Link    Link
	Closed  bool // x = Threshold goes left
	Average bool // trees of a class are averaged, not summed
}

// Ensemble is a sum (or mean) of trees a class, read through a link: a boosted
// model, a random forest. Features may be missing (NaN).
type Ensemble struct {
	margins Margins
	link    Link
}

// NewEnsemble checks the structure of every tree and packs them. The error
// says which tree and node is wrong, and why.
func NewEnsemble(p EnsembleParams) (*Ensemble, error) {
	switch {
	case p.D < 1 || p.D > MaxFeatures:
		return nil, fmt.Errorf("%d features, where 1 to %d are possible", p.D, MaxFeatures)
	case p.K < 1 || p.K > MaxClasses:
		return nil, fmt.Errorf("%d scores, where 1 to %d are possible", p.K, MaxClasses)
	case len(p.Base) != p.K:
		return nil, fmt.Errorf("%d base scores for %d scores", len(p.Base), p.K)
	}
	for c, b := range p.Base {
		if b-b != 0 {
			return nil, fmt.Errorf("the base score %d is %v", c, b)
		}
	}
	e := &Ensemble{link: p.Link, margins: Margins{d: p.D, k: p.K, base: p.Base, weight: make([]float64, p.K), closed: p.Closed}}
	pack := packer{m: &e.margins, closed: p.Closed}
	pack.reserve(p.Trees)
	counted := len(p.Trees) > 0
	for t, b := range p.Trees {
		if err := pack.tree(b); err != nil {
			return nil, fmt.Errorf("tree %d: %w", t, err)
		}
		counted = counted && b.Cover != nil
	}
	if !counted {
		e.margins.cover = nil
	}
	e.margins.average(p.Average)
	return e, nil
}

// Dims returns d and k.
func (e *Ensemble) Dims() (d, k int) { return e.margins.Dims() }

// Predict writes the scores of the n rows of x (n×d) to dst (n×k).
func (e *Ensemble) Predict(dst, x []float32, n int) {
	e.margins.Predict(dst, x, n)
	e.link.Apply(dst[:n*e.margins.k], n, e.margins.k)
}

// Link returns what turns margins into scores.
func (e *Ensemble) Link() Link { return e.link }

// Margin returns the ensemble before its link, as a *Margins.
func (e *Ensemble) Margin() model.Model { return &e.margins }

// emptyEnsemble has no trees yet.
func emptyEnsemble(d, k int, base []float32, link Link, average bool) *Ensemble {
	e := &Ensemble{link: link, margins: Margins{d: d, k: k, base: base, weight: make([]float64, k)}}
	e.margins.average(average)
	return e
}

// add appends a tree that was grown here, with covers.
func (e *Ensemble) add(b Branches) {
	pack := packer{m: &e.margins, first: e.margins.lead()}
	if err := pack.tree(b); err != nil {
		panic("tree: a grown tree is no tree: " + err.Error())
	}
	e.margins.kept = nil
}

// cut takes away all but the first so many trees; copies stay together.
func (e *Ensemble) cut(trees int) {
	m := &e.margins
	m.kept = nil
	n := int32(0)
	if trees > 0 {
		n = m.from[trees]
		m.from = m.from[:trees+1]
	} else {
		m.from = nil
	}
	m.class, m.copies, m.nodes = m.class[:trees], m.copies[:trees], m.nodes[:n]
	m.feature, m.right, m.value, m.cover = m.feature[:n], m.right[:n], m.value[:n], m.cover[:n]
	if m.sets != nil {
		m.sets, m.asks = m.sets[:n], m.asks[:trees]
	}
}

// Ensemble returns the tree as it stands, as an ensemble of one tree a class
// that gives the same scores.
func (t *Tree) Ensemble() *Ensemble {
	n := len(t.nodes)
	b := Branches{Weight: 1, Feature: make([]int32, n), Left: make([]int32, n), Right: make([]int32, n), Threshold: make([]float32, n), Cover: make([]float32, n)}
	for i, node := range t.nodes {
		b.Feature[i], b.Threshold[i], b.Cover[i] = int32(node.Feature), node.Threshold, float32(node.Cover)
		b.Left[i], b.Right[i] = int32(node.Left), int32(node.Right)
	}
	p := EnsembleParams{D: t.d, K: t.k, Base: make([]float32, t.k), Closed: true}
	for c := range t.k {
		b.Class, b.Value = c, make([]float32, n)
		for i, node := range t.nodes {
			b.Value[i] = node.Value[c]
		}
		p.Trees = append(p.Trees, b)
	}
	e, err := NewEnsemble(p)
	if err != nil {
		panic("tree: a grown tree is no ensemble: " + err.Error())
	}
	return e
}
