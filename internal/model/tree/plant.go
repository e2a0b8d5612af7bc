package tree

import (
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/model/binned"
)

// limits say how far a tree of an ensemble grows, and how it looks for splits.
type limits struct {
	depth     int     // questions in a row at the most
	leaves    int     // at the most; 0 means any number
	minLeaf   int     // no side of a split gets fewer rows
	minWeight float64 // nor less weight
	l2        float64 // λ in the values of leaves
	minGain   float64 // a split must gain more
	features  int     // looked at in a node, drawn anew for each; 0 means all
	random    bool    // thresholds are drawn, not searched
}

// planter grows the trees of ensembles. Every row i has q targets y and a
// weight h; a leaf with the sums Y and H over its rows gives the values
// Y/(H+λ), and a split gains
//
//	Σ over targets of Y²/(H+λ) on the left + the same on the right - the same of both
//
// With residuals and second derivatives this is the gain of a Newton step,
// twice; with h = 1 and λ = 0 it is the fall of the squared error; with
// classes as q targets of 0 and 1 that of the summed Gini impurity.
type planter struct {
	limits
	bins   *binned.Table
	q      int
	target []float64 // n×q
	weight []float64 // n, > 0
	chance *rand.Rand

	tally   tally
	columns []int32   // features the tree may ask about
	y, h    []float64 // rows×q and rows: targets and weights of the node that is searched, in the order of its rows
	right   []int32   // room for part
	sum     []float64 // q, of the node that is searched
	left    []float64 // q, of one side of it
	total   float64   // weight of that node
}

func newPlanter(bins *binned.Table, q int, l limits, chance *rand.Rand) *planter {
	p := &planter{limits: l, bins: bins, q: q, weight: make([]float64, bins.N), target: make([]float64, bins.N*q), chance: chance,
		sum: make([]float64, q), left: make([]float64, q)}
	for j := range bins.D {
		p.columns = append(p.columns, int32(j))
	}
	p.tally.resize(bins, q)
	return p
}

// plant is a tree while it grows.
type plant struct {
	Branches
	value []float64 // nodes×q
}

// bud is a leaf that can be split, with the best split that was found.
type bud struct {
	node  int
	rows  []int32
	depth int
	best  cut
}

// grow grows a tree on the given rows, each as often as it is listed, and
// reorders them. Where the number of leaves is limited, the leaf that gains
// most is split first, the older one of equals.
func (p *planter) grow(rows []int32) *plant {
	t := &plant{}
	var buds []bud
	sprout := func(rows []int32, depth int) {
		if b, ok := p.leaf(t, rows, depth); ok {
			buds = append(buds, b)
		}
	}
	sprout(rows, 0)
	for leaves := 1; len(buds) > 0 && (p.leaves == 0 || leaves < p.leaves); leaves++ {
		at := len(buds) - 1
		if p.leaves > 0 {
			at = 0
			for i, b := range buds {
				if b.best.gain > buds[at].best.gain {
					at = i
				}
			}
		}
		b := buds[at]
		buds = slices.Delete(buds, at, at+1)
		middle := p.part(b.rows, &b.best)
		t.split(b.node, &b.best)
		t.Left[b.node] = int32(len(t.Feature))
		sprout(b.rows[:middle], b.depth+1)
		t.Right[b.node] = int32(len(t.Feature))
		sprout(b.rows[middle:], b.depth+1)
	}
	return t
}

// leaf appends a leaf for the rows, and returns its best split if there is one.
func (p *planter) leaf(t *plant, rows []int32, depth int) (bud, bool) {
	node := len(t.Feature)
	t.Feature, t.Threshold, t.MissingLeft = append(t.Feature, -1), append(t.Threshold, 0), append(t.MissingLeft, false)
	t.Left, t.Right, t.Cover = append(t.Left, 0), append(t.Right, 0), append(t.Cover, float32(len(rows)))
	alike := p.weigh(rows)
	for _, s := range p.sum {
		t.value = append(t.value, s/(p.total+p.l2))
	}
	if alike || depth >= p.depth || len(rows) < 2*p.minLeaf {
		return bud{}, false
	}
	best := p.search(rows)
	return bud{node, rows, depth, best}, best.feature >= 0
}

// weigh gathers and sums the rows and reports whether all have the same targets.
func (p *planter) weigh(rows []int32) (alike bool) {
	clear(p.sum)
	p.y, p.h = p.y[:0], p.h[:0]
	p.total, alike = 0, true
	first := p.target[int(rows[0])*p.q:][:p.q]
	for _, i := range rows {
		y := p.target[int(i)*p.q:][:p.q]
		for c, v := range y {
			p.sum[c] += v
			alike = alike && v == first[c]
		}
		p.total += p.weight[i]
		p.y, p.h = append(p.y, y...), append(p.h, p.weight[i])
	}
	return alike
}

// split makes a leaf a question.
func (t *plant) split(node int, c *cut) {
	t.Feature[node], t.Threshold[node], t.MissingLeft[node] = int32(c.feature), c.threshold, c.missingLeft
	if c.codes != nil {
		if t.Codes == nil {
			t.Codes = map[int32][]int{}
		}
		t.Codes[int32(node)] = c.codes
	}
}

// part puts the rows that go left first, both sides in their old order, and
// returns where the right ones begin.
func (p *planter) part(rows []int32, c *cut) int {
	column := p.bins.Column[c.feature*p.bins.N:]
	p.right = p.right[:0]
	left := 0
	for _, i := range rows {
		if c.left(column[i]) {
			rows[left] = i
			left++
		} else {
			p.right = append(p.right, i)
		}
	}
	copy(rows[left:], p.right)
	return left
}

// branches returns the tree with one of its targets as the values, each
// multiplied with rate.
func (t *plant) branches(class, target int, rate float64) Branches {
	b := t.Branches
	b.Class, b.Weight, b.Value = class, 1, make([]float32, len(b.Feature))
	q := len(t.value) / len(b.Feature)
	for i, f := range b.Feature {
		if f < 0 {
			b.Value[i] = float32(rate * t.value[i*q+target])
		}
	}
	return b
}
