package additive

import (
	"math/rand/v2"
	"slices"

	"github.com/whybox/whybox/internal/model/loss"
)

// bag is one of the models that are averaged, as far as it is trained.
type bag struct {
	learn, held []int32     // its training rows, and those that only tell when to stop
	value       [][]float64 // by term: cells×q
	margins     []float32   // n×k
	k           int

	bestLoss float64     // on the rows held out
	best     int         // the round that reached it
	kept     [][]float64 // value as it was then
	stopped  bool

	scores         []float32 // n×k, room
	target, weight []float64 // n×q, one output after another; room
	update         []float64 // cells×q, room
	sums, corner   room
}

func newBag(n, q int, start []float32) *bag {
	b := &bag{k: len(start), target: make([]float64, n*q), weight: make([]float64, n*q), scores: make([]float32, n*len(start))}
	for range n {
		b.margins = append(b.margins, start...)
	}
	for i := range n {
		b.learn = append(b.learn, int32(i))
	}
	return b
}

// hold sets some rows aside.
func (b *bag) hold(chance *rand.Rand, some int) {
	if some == 0 {
		return
	}
	chance.Shuffle(len(b.learn), func(i, j int) { b.learn[i], b.learn[j] = b.learn[j], b.learn[i] })
	b.held, b.learn = b.learn[:some], b.learn[some:]
	slices.Sort(b.learn)
}

// slopes computes the derivatives of the loss in every row.
func (b *bag) slopes(l loss.Loss) {
	copy(b.scores, b.margins)
	n := len(b.margins) / b.k
	l.Link(b.scores, n)
	for c := range l.Outputs() {
		l.Slope(b.target[c*n:(c+1)*n], b.weight[c*n:(c+1)*n], b.scores, c)
	}
}

// visit takes one step with one term.
func (b *bag) visit(t *trainer, at int) {
	cells, q := t.terms[at], t.loss.Outputs()
	b.slopes(t.loss)
	sums := cells.tally(&b.sums, b.learn, b.target, b.weight, q)
	b.update = slices.Grow(b.update[:0], cells.n*q)[:cells.n*q]
	clear(b.update)
	if len(cells.features) == 1 {
		segments(b.update, cells, sums, t.params.Leaves, t.params.MinLeaf)
	} else {
		quadrants(b.update, cells, sums, &b.corner, t.params.MinLeaf)
	}
	for i := range b.update {
		b.update[i] *= t.params.Rate
		b.value[at][i] += b.update[i]
	}
	for i := range len(b.margins) / b.k {
		b.add(b.margins[i*b.k:(i+1)*b.k], b.update[int(cells.at[i])*q:][:q])
	}
}

// watch remembers the best round and stops when it lies long enough ago.
func (b *bag) watch(l loss.Loss, round, patience int) {
	if patience == 0 {
		return
	}
	if now := b.heldOutLoss(l); now < b.bestLoss {
		b.best, b.bestLoss = round, now
		b.keep()
	}
	b.stopped = round-b.best >= patience
}

// keep copies the functions as they are.
func (b *bag) keep() {
	b.kept = b.kept[:0]
	for _, v := range b.value {
		b.kept = append(b.kept, slices.Clone(v))
	}
}

// restore goes back to the best round.
func (b *bag) restore(terms []*cells, start []float32) {
	for i, v := range b.kept {
		copy(b.value[i], v)
	}
	for i := range len(b.margins) / b.k {
		row := b.margins[i*b.k : (i+1)*b.k]
		copy(row, start)
		for t, c := range terms {
			q := len(b.value[t]) / c.n
			b.add(row, b.value[t][int(c.at[i])*q:][:q])
		}
	}
}

// add adds a step of q outputs to the k margins of a row.
func (b *bag) add(row []float32, step []float64) {
	for c, v := range step {
		row[b.k-len(step)+c] += float32(v)
	}
	if b.k > len(step) {
		row[0] = -row[1]
	}
}

// begin starts on new terms: the loss to beat is that of the model as it
// stands.
func (b *bag) begin(l loss.Loss) {
	b.best, b.stopped = 0, false
	b.bestLoss = b.heldOutLoss(l)
	b.keep()
}

// heldOutLoss returns the mean loss of the rows held out.
func (b *bag) heldOutLoss(l loss.Loss) float64 {
	sum := 0.0
	scores := make([]float32, b.k)
	for _, i := range b.held {
		copy(scores, b.margins[int(i)*b.k:])
		l.Link(scores, 1)
		sum += l.Row(int(i), scores)
	}
	return sum / float64(max(len(b.held), 1))
}

// finite reports whether every function is.
func (b *bag) finite() bool {
	for _, value := range b.value {
		for _, v := range value {
			if v-v != 0 {
				return false
			}
		}
	}
	return true
}
