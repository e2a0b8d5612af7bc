package tree_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/tree"
)

func whole(t *dataset.Table) model.Problem {
	return model.Problem{
		TrainX: t.X, TrainY: t.Y, D: len(t.Columns), K: max(1, len(t.Classes())), Regression: t.Regression(),
	}
}

// grow runs a trainer to its end, or for so many steps.
func grow(t testing.TB, p model.Problem, params tree.TreeParams, steps int) *tree.Tree {
	t.Helper()
	trainer, err := tree.NewTree(p, params)
	if err != nil {
		t.Fatal(err)
	}
	for done := 0; !trainer.Done() && done < steps; done++ {
		before, total, perPoint := trainer.Progress()
		if before != done || total <= done || perPoint != 1 {
			t.Fatalf("progress %d of %d, per point %d, after %d steps", before, total, perPoint, done)
		}
		if err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return trainer.Model().(*tree.Tree)
}

func predict(m model.Model, x []float32) []float32 {
	d, k := m.Dims()
	dst := make([]float32, len(x)/d*k)
	m.Predict(dst, x, len(x)/d)
	return dst
}

// rowsOf returns for each node the training rows that come to it.
func rowsOf(nodes []tree.Node, p model.Problem) [][]int {
	out := make([][]int, len(nodes))
	for i := range p.TrainY {
		at := 0
		for {
			out[at] = append(out[at], i)
			n := nodes[at]
			if n.Feature < 0 {
				break
			}
			at = n.Right
			if p.TrainX[i*p.D+n.Feature] <= n.Threshold {
				at = n.Left
			}
		}
	}
	return out
}

// impurity is the documented one, written from its definition.
func impurity(p model.Problem, rows []int) float64 {
	n := float64(len(rows))
	if p.Regression {
		mean, sum := 0.0, 0.0
		for _, i := range rows {
			mean += float64(p.TrainY[i]) / n
		}
		for _, i := range rows {
			sum += (float64(p.TrainY[i]) - mean) * (float64(p.TrainY[i]) - mean)
		}
		return sum
	}
	gini := 1.0
	for c := range p.K {
		share := 0.0
		for _, i := range rows {
			if int(p.TrainY[i]) == c {
				share += 1 / n
			}
		}
		gini -= share * share
	}
	return n * gini
}

// gain is how far the question lowers the impurity, or false where it leaves
// too small a side.
func gain(p model.Problem, rows []int, feature int, threshold float32, minLeaf int) (float64, bool) {
	var left, right []int
	for _, i := range rows {
		if p.TrainX[i*p.D+feature] <= threshold {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	if len(left) < minLeaf || len(right) < minLeaf {
		return 0, false
	}
	return impurity(p, rows) - impurity(p, left) - impurity(p, right), true
}

// exhaustive tries every feature and every value as threshold and returns the
// best gain with the first feature and value that reach it.
func exhaustive(p model.Problem, rows []int, minLeaf int) (best float64, feature int, low float32, ok bool) {
	best = math.Inf(-1)
	for j := range p.D {
		var values []float32
		for _, i := range rows {
			values = append(values, p.TrainX[i*p.D+j])
		}
		slices.Sort(values)
		for _, v := range slices.Compact(values) {
			if g, allowed := gain(p, rows, j, v, minLeaf); allowed && g > best+1e-9 {
				best, feature, low, ok = g, j, v, true
			}
		}
	}
	return best, feature, low, ok
}

// randomProblem has few distinct values, so that ties abound.
func randomProblem(rng *rand.Rand) model.Problem {
	p := model.Problem{D: 1 + rng.IntN(4), K: 2 + rng.IntN(3)}
	p.Regression = rng.IntN(2) == 0
	if p.Regression {
		p.K = 1
	}
	for range 2 + rng.IntN(30) {
		for range p.D {
			p.TrainX = append(p.TrainX, float32(rng.IntN(8))/3)
		}
		y := float32(rng.IntN(max(p.K, 2)))
		if p.Regression {
			y = float32(rng.IntN(100)) / 8
		}
		p.TrainY = append(p.TrainY, y)
	}
	return p
}

// On small random problems every question is the best there is, ties go to the
// lowest feature and threshold, nothing that could be split is left, and a
// node never gained more than the ones split before it could have.
func TestSplitsAgainstExhaustiveSearch(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for trial := range 400 {
		p := randomProblem(rng)
		params := tree.TreeParams{Depth: 1 + rng.IntN(5), MinLeaf: 1 + rng.IntN(3), MinSplit: 2 + rng.IntN(4)}
		nodes := grow(t, p, params, math.MaxInt).Nodes()
		rows := rowsOf(nodes, p)
		for at, n := range nodes {
			if n.Cover != len(rows[at]) || (at > 0 && n.Cover < params.MinLeaf) {
				t.Fatalf("trial %d node %d: cover %d, %d rows come, at least %d wanted", trial, at, n.Cover, len(rows[at]), params.MinLeaf)
			}
			best, feature, low, ok := exhaustive(p, rows[at], params.MinLeaf)
			may := ok && impurity(p, rows[at]) > 1e-9 && n.Depth < params.Depth && n.Cover >= params.MinSplit
			if may != (n.Feature >= 0) {
				t.Fatalf("trial %d node %d %+v: may be split %v", trial, at, n, may)
			}
			if !may {
				continue
			}
			got, _ := gain(p, rows[at], n.Feature, n.Threshold, params.MinLeaf)
			if math.Abs(got-best) > 1e-9 {
				t.Fatalf("trial %d node %d: gain %v, best %v", trial, at, got, best)
			}
			if n.Feature != feature || n.Threshold < low {
				t.Fatalf("trial %d node %d: feature %d at %v, first of equals is %d above %v", trial, at, n.Feature, n.Threshold, feature, low)
			}
			for _, i := range rows[at] {
				if v := p.TrainX[i*p.D+feature]; v > low && v <= n.Threshold {
					t.Fatalf("trial %d node %d: %v lies between %v and the threshold %v", trial, at, v, low, n.Threshold)
				}
			}
		}
		checkOrder(t, p, params, nodes, rows)
	}
}

// checkOrder replays the growth: each split was the one that gained most among
// the leaves of its time, the oldest of equals.
func checkOrder(t *testing.T, p model.Problem, params tree.TreeParams, nodes []tree.Node, rows [][]int) {
	t.Helper()
	parents := make([]int, 0, len(nodes))
	for at, n := range nodes {
		if n.Feature >= 0 {
			parents = append(parents, at)
		}
	}
	slices.SortFunc(parents, func(a, b int) int { return nodes[a].Left - nodes[b].Left })
	open := []int{0}
	for step, at := range parents {
		if n := nodes[at]; n.Left != 2*step+1 || n.Right != 2*step+2 {
			t.Fatalf("step %d made the nodes %d and %d", step, n.Left, n.Right)
		}
		mine, _ := gain(p, rows[at], nodes[at].Feature, nodes[at].Threshold, params.MinLeaf)
		for _, other := range open {
			if nodes[other].Feature < 0 {
				continue
			}
			theirs, _ := gain(p, rows[other], nodes[other].Feature, nodes[other].Threshold, params.MinLeaf)
			if theirs > mine+1e-9 {
				t.Fatalf("step %d split node %d for %v, node %d would have gained %v", step, at, mine, other, theirs)
			}
		}
		open = append(slices.DeleteFunc(open, func(i int) bool { return i == at }), nodes[at].Left, nodes[at].Right)
	}
}

func hash(v []float32) uint64 {
	h := fnv.New64a()
	for _, f := range v {
		binary.Write(h, binary.LittleEndian, math.Float32bits(f))
	}
	return h.Sum64()
}

// The same tree on every machine, after any number of steps.
func TestSameBitsEverywhere(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *dataset.Table
		steps int
		want  uint64
	}{
		{"breast_cancer after 3 splits", dataset.BreastCancer(), 3, 0x2efc1ba151038b9a},
		{"digits", dataset.Digits(), 1000, 0x6d5c5e9351ce9977},
		{"loans", dataset.Loans(500, 1), 1000, 0xaea5b36bc5d0f595},
		{"diabetes", dataset.Diabetes(), 1000, 0x72f625e02329dbb5},
	} {
		m := grow(t, whole(c.table), tree.TreeParams{Depth: 6, MinLeaf: 3}, c.steps)
		bits := predict(m, c.table.X)
		for _, n := range m.Nodes() {
			bits = append(bits, float32(n.Feature), n.Threshold, float32(n.Left))
		}
		if got := hash(bits); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.name, got, c.want)
		}
	}
}

// Without limits a tree learns every row whose features are unique, also where
// the first question gains nothing (the exact chessboard) and where values are
// neighbouring float32s.
func TestLearnsByHeart(t *testing.T) {
	next := math.Nextafter32(1, 2)
	for name, p := range map[string]model.Problem{
		"chessboard":    {TrainX: []float32{0, 0, 0, 1, 1, 0, 1, 1}, TrainY: []float32{0, 1, 1, 0}, D: 2, K: 2},
		"neighbours":    {TrainX: []float32{1, next, math.Nextafter32(next, 2)}, TrainY: []float32{0, 1, 0}, D: 1, K: 2},
		"far ends":      {TrainX: []float32{-math.MaxFloat32, math.MaxFloat32}, TrainY: []float32{-1, 5}, D: 1, K: 1, Regression: true},
		"iris":          whole(dataset.Iris()),
		"diabetes":      whole(dataset.Diabetes()),
		"large targets": {TrainX: []float32{1, 2, 3}, TrainY: []float32{1e6, 1e6 + 1, 1e6 + 2}, D: 1, K: 1, Regression: true},
	} {
		m := grow(t, p, tree.TreeParams{Depth: 100, MinLeaf: 1}, math.MaxInt)
		for i, v := range predict(m, p.TrainX) {
			want := p.TrainY[i/p.K]
			if !p.Regression {
				if want = 0; int(p.TrainY[i/p.K]) == i%p.K {
					want = 1
				}
			}
			if v != want {
				t.Errorf("%s: score %d is %v, want %v", name, i, v, want)
			}
		}
	}
}

func TestUntrainedTreeIsOneLeaf(t *testing.T) {
	m := grow(t, whole(dataset.Iris()), tree.TreeParams{Depth: 3, MinLeaf: 1}, 0)
	if n := m.Nodes(); len(n) != 1 || n[0].Feature != -1 || n[0].Cover != 150 {
		t.Errorf("%+v", n)
	}
	if got := predict(m, []float32{1, 2, 3, 4}); !slices.Equal(got, []float32{1. / 3, 1. / 3, 1. / 3}) {
		t.Errorf("scores %v", got)
	}
}

func TestRefuses(t *testing.T) {
	good := model.Problem{TrainX: []float32{1, 2, 3}, TrainY: []float32{0, 1, 1}, D: 1, K: 2}
	nan := model.Problem{TrainX: []float32{1, float32(math.NaN())}, TrainY: []float32{0, 1}, D: 1, K: 2}
	for name, c := range map[string]struct {
		p      model.Problem
		params tree.TreeParams
	}{
		"no rows":      {model.Problem{D: 1, K: 2}, tree.TreeParams{Depth: 1, MinLeaf: 1}},
		"NaN":          {nan, tree.TreeParams{Depth: 1, MinLeaf: 1}},
		"depth 0":      {good, tree.TreeParams{MinLeaf: 1}},
		"empty leaves": {good, tree.TreeParams{Depth: 1}},
		"lone split":   {good, tree.TreeParams{Depth: 1, MinLeaf: 1, MinSplit: 1}},
	} {
		if _, err := tree.NewTree(c.p, c.params); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkGrow(b *testing.B) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Digits()} {
		b.Run(table.Name, func(b *testing.B) {
			for b.Loop() {
				grow(b, whole(table), tree.TreeParams{Depth: 5, MinLeaf: 1}, math.MaxInt)
			}
		})
	}
}
