package tree_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model/tree"
)

// scattered returns a random tree whose nodes lie in random order, the root
// first, with three unused ones among them.
func scattered(r *rand.Rand, d int) tree.Branches {
	const room = 64
	b := tree.Branches{Weight: float32(r.IntN(8)+1) / 4, Codes: map[int32][]int{}, Deleted: 3}
	places := r.Perm(room - 1)
	n := room
	b.Feature, b.Left, b.Right = make([]int32, n), make([]int32, n), make([]int32, n)
	b.Threshold, b.Value, b.MissingLeft = make([]float32, n), make([]float32, n), make([]bool, n)
	used := []int32{0}
	next := func() int32 {
		p := int32(places[0] + 1)
		places = places[1:]
		used = append(used, p)
		return p
	}
	var grow func(at int32, depth int)
	grow = func(at int32, depth int) {
		b.MissingLeft[at] = r.IntN(2) == 0
		b.Value[at] = float32(r.NormFloat64())
		if depth == 0 || len(places) < 8 || r.IntN(5) == 0 {
			b.Feature[at] = -1
			return
		}
		b.Feature[at], b.Threshold[at] = int32(r.IntN(d)), float32(r.IntN(9))/2
		if r.IntN(4) == 0 {
			b.Codes[at] = r.Perm(6)[:r.IntN(4)]
		}
		b.Left[at], b.Right[at] = next(), next()
		grow(b.Left[at], depth-1)
		grow(b.Right[at], depth-1)
	}
	grow(0, 5)
	// Close the gaps, but for three.
	slices.Sort(used)
	keep := slices.Clone(used)
	for i := int32(1); len(keep) < len(used)+3; i++ {
		if !slices.Contains(used, i) {
			keep = append(keep, i)
		}
	}
	slices.Sort(keep)
	to := map[int32]int32{}
	for i, k := range keep {
		to[k] = int32(i)
	}
	c := tree.Branches{Weight: b.Weight, Codes: map[int32][]int{}, Deleted: b.Deleted}
	for _, k := range keep {
		c.Feature, c.Threshold, c.Value = append(c.Feature, b.Feature[k]), append(c.Threshold, b.Threshold[k]), append(c.Value, b.Value[k])
		c.Left, c.Right = append(c.Left, to[b.Left[k]]), append(c.Right, to[b.Right[k]])
		c.MissingLeft = append(c.MissingLeft, b.MissingLeft[k])
		if codes, ok := b.Codes[k]; ok {
			c.Codes[to[k]] = codes
		}
	}
	return c
}

// read walks a tree as its comment says.
func read(b tree.Branches, closed bool, x []float32) float32 {
	at := int32(0)
	for b.Feature[at] >= 0 {
		v := float64(x[b.Feature[at]])
		codes, isSet := b.Codes[at]
		var left bool
		switch {
		case math.IsNaN(v):
			left = b.MissingLeft[at]
		case isSet:
			left = v >= 0 && slices.Contains(codes, int(math.Floor(v)))
		case closed:
			left = v <= float64(b.Threshold[at])
		default:
			left = v < float64(b.Threshold[at])
		}
		if left {
			at = b.Left[at]
		} else {
			at = b.Right[at]
		}
	}
	return b.Value[at]
}

func TestEnsembleAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 300 {
		d, k := r.IntN(5)+1, r.IntN(3)+1
		p := tree.EnsembleParams{D: d, K: k, Closed: r.IntN(2) == 0, Average: r.IntN(2) == 0, Link: tree.Link(r.IntN(5))}
		for range k {
			p.Base = append(p.Base, float32(r.IntN(5))/4)
		}
		for range r.IntN(6) {
			b := scattered(r, d)
			b.Class = r.IntN(k)
			p.Trees = append(p.Trees, b)
		}
		e, err := tree.NewEnsemble(p)
		if err != nil {
			t.Fatal(err)
		}
		n := 150
		x := make([]float32, n*d)
		for i := range x {
			x[i] = float32(r.IntN(12)-1) / 2
			if r.IntN(5) == 0 {
				x[i] = float32(math.NaN())
			}
		}
		margins, scores := predict(e.Margin(), x), predict(e, x)
		for i := range n {
			sum, count := make([]float64, k), make([]float64, k)
			for _, b := range p.Trees {
				sum[b.Class] += float64(b.Weight) * float64(read(b, p.Closed, x[i*d:(i+1)*d]))
				count[b.Class]++
			}
			total := 0.0
			for c := range k {
				if p.Average && count[c] > 0 {
					sum[c] /= count[c]
				}
				sum[c] += float64(p.Base[c])
				total += math.Exp(sum[c])
				if got := float64(margins[i*k+c]); math.Abs(got-sum[c]) > 2e-6 {
					t.Fatalf("margin %v, want %v", got, sum[c])
				}
			}
			for c, z := range sum {
				want := [...]float64{z, 1 / (1 + math.Exp(-z)), math.Exp(z) / total, math.Exp(z), 0}[p.Link]
				if p.Link == tree.Step && z > 0 {
					want = 1
				}
				if got := float64(scores[i*k+c]); math.Abs(got-want) > 2e-6*max(1, want) && math.Abs(z) > 1e-6 {
					t.Fatalf("link %d: score %v of margin %v, want %v", p.Link, got, z, want)
				}
			}
		}
	}
}

func TestTreeAsEnsemble(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Diabetes(), dataset.Digits()} {
		p := whole(table)
		m := grow(t, p, tree.TreeParams{Depth: 6, MinLeaf: 2}, math.MaxInt)
		if !slices.Equal(predict(m, p.TrainX), predict(m.Ensemble(), p.TrainX)) {
			t.Errorf("%s: other scores", table.Name)
		}
	}
}

func TestEnsembleRefuses(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		name  string
		spoil func(p *tree.EnsembleParams, b *tree.Branches)
		want  string
	}{
		{"no features", func(p *tree.EnsembleParams, b *tree.Branches) { p.D = 0 }, "0 features"},
		{"no scores", func(p *tree.EnsembleParams, b *tree.Branches) { p.K, p.Base = 0, nil }, "0 scores"},
		{"too many scores", func(p *tree.EnsembleParams, b *tree.Branches) { p.K = 5000 }, "5000 scores"},
		{"base scores", func(p *tree.EnsembleParams, b *tree.Branches) { p.Base = nil }, "0 base scores for 1"},
		{"base score", func(p *tree.EnsembleParams, b *tree.Branches) { p.Base = []float32{nan} }, "base score 0 is NaN"},
		{"no nodes", func(p *tree.EnsembleParams, b *tree.Branches) { *b = tree.Branches{} }, "no nodes"},
		{"short", func(p *tree.EnsembleParams, b *tree.Branches) { b.Value = b.Value[:2] }, "2 values for 3 nodes"},
		{"short missing", func(p *tree.EnsembleParams, b *tree.Branches) { b.MissingLeft = make([]bool, 1) }, "1 directions"},
		{"class", func(p *tree.EnsembleParams, b *tree.Branches) { b.Class = 1 }, "score 1 of 1"},
		{"weight", func(p *tree.EnsembleParams, b *tree.Branches) { b.Weight = inf }, "weight is +Inf"},
		{"child", func(p *tree.EnsembleParams, b *tree.Branches) { b.Left[0] = 3 }, "child 3"},
		{"negative child", func(p *tree.EnsembleParams, b *tree.Branches) { b.Right[0] = -1 }, "child -1"},
		{"cycle", func(p *tree.EnsembleParams, b *tree.Branches) { b.Left[0] = 0 }, "node 0 can be reached in two ways"},
		{"two parents", func(p *tree.EnsembleParams, b *tree.Branches) { b.Left[0] = 2 }, "node 2 can be reached in two ways"},
		{"unreached", func(p *tree.EnsembleParams, b *tree.Branches) { b.Feature[0] = -1 }, "2 of its 3 nodes cannot be reached"},
		{"feature", func(p *tree.EnsembleParams, b *tree.Branches) { b.Feature[0] = 2 }, "node 0: it asks about feature 2"},
		{"threshold", func(p *tree.EnsembleParams, b *tree.Branches) { b.Threshold[0] = nan }, "threshold is not a number"},
		{"closed threshold", func(p *tree.EnsembleParams, b *tree.Branches) { p.Closed, b.Threshold[0] = true, inf }, "+Inf"},
		{"value", func(p *tree.EnsembleParams, b *tree.Branches) { b.Value[1] = nan }, "node 1: the leaf's value is NaN"},
		{"cover", func(p *tree.EnsembleParams, b *tree.Branches) { b.Cover[2] = -1 }, "node 2: its cover is -1"},
		{"category", func(p *tree.EnsembleParams, b *tree.Branches) { b.Codes = map[int32][]int{0: {1 << 24}} }, "category 16777216"},
		{"deep", func(p *tree.EnsembleParams, b *tree.Branches) { *b = chain(tree.MaxDepth + 1) }, "deeper than 512"},
	} {
		b := tree.Branches{
			Weight: 1, Feature: []int32{1, -1, -1}, Left: []int32{1, 0, 0}, Right: []int32{2, 0, 0},
			Threshold: make([]float32, 3), Value: make([]float32, 3), Cover: make([]float32, 3),
		}
		p := tree.EnsembleParams{D: 2, K: 1, Base: []float32{0}}
		c.spoil(&p, &b)
		p.Trees = []tree.Branches{b}
		if _, err := tree.NewEnsemble(p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	b := chain(tree.MaxDepth)
	if _, err := tree.NewEnsemble(tree.EnsembleParams{D: 2, K: 1, Base: []float32{0}, Trees: []tree.Branches{b}}); err != nil {
		t.Error(err)
	}
}

// chain is a tree of so many questions in a row.
func chain(depth int) tree.Branches {
	b := tree.Branches{Weight: 1}
	for i := range int32(depth) {
		b.Feature = append(b.Feature, 0, -1)
		b.Left, b.Right = append(b.Left, 2*i+1, 0), append(b.Right, 2*i+2, 0)
	}
	b.Feature, b.Left, b.Right = append(b.Feature, -1), append(b.Left, 0), append(b.Right, 0)
	b.Threshold, b.Value = make([]float32, len(b.Feature)), make([]float32, len(b.Feature))
	return b
}

// BenchmarkEnsemble scores 10,000 rows of 30 features with 200 full trees of
// depth 6.
func BenchmarkEnsemble(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	const n, d, depth = 10000, 30, 6
	p := tree.EnsembleParams{D: d, K: 1, Base: []float32{0}}
	for range 200 {
		t := tree.Branches{Weight: 1}
		for i := range int32(2<<depth - 1) {
			feature := int32(r.IntN(d))
			if i >= 1<<depth-1 {
				feature = -1
			}
			t.Feature, t.Left, t.Right = append(t.Feature, feature), append(t.Left, 2*i+1), append(t.Right, 2*i+2)
			t.Threshold, t.Value = append(t.Threshold, r.Float32()), append(t.Value, r.Float32())
			t.MissingLeft = append(t.MissingLeft, r.IntN(2) == 0)
		}
		p.Trees = append(p.Trees, t)
	}
	e, err := tree.NewEnsemble(p)
	if err != nil {
		b.Fatal(err)
	}
	x, dst := make([]float32, n*d), make([]float32, n)
	for i := range x {
		x[i] = r.Float32()
	}
	for b.Loop() {
		e.Predict(dst, x, n)
	}
}
