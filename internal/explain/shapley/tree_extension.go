package shapley

import (
	"sync"
)

// extension is a tree as the walks of its multilinear extension read it: what
// does not depend on a row. Places are its splits in preorder, then its leaves.
type extension struct {
	splits []split
	value  []float64 // of the leaves
	groups int       // how many groups of three points are needed
	// By split, for each group: 1/(t + z·(1-t)) of the feature asked about just
	// above, with its share z in the path.
	inverse [][]triple
	mean    float64 // where nothing is known: every leaf by its cover
}

// split is a question of an extension.
type split struct {
	node    int32      // in the model's tree
	feature int32      //
	from    int32      // the split above
	again   int32      // the place that the last question about the feature led to on the way here; 0 where there was none
	next    [2]int32   // places, left and right
	share   [2]float64 // z of the feature on either side: the product of the shares of all questions about it on the path
	right   float64    // the part of the cover that goes right
}

// extend prepares tree t; the error is ErrNeedsCover.
func extend(trees Trees, t int) (*extension, error) {
	feature, right, value, cover := trees.Nodes(t)
	if cover == nil {
		return nil, ErrNeedsCover
	}
	splits := 0
	for _, j := range feature {
		if j >= 0 {
			splits++
		}
	}
	e := &extension{splits: make([]split, 0, splits), value: make([]float64, 0, len(feature)-splits)}
	place := make([]int32, len(feature)) // by node
	for i, j := range feature {
		if j >= 0 {
			place[i] = int32(len(e.splits))
			e.splits = append(e.splits, split{node: int32(i), feature: j})
		} else {
			place[i] = int32(splits + len(e.value))
			e.value = append(e.value, float64(value[i]))
		}
	}
	for i := range e.splits {
		s := &e.splits[i]
		left, right := s.node+1, right[s.node]
		s.next, s.right = [2]int32{place[left], place[right]}, 0.5
		// Taken from the children alone, so that two parts sum to 1 even where the
		// hessians of a file were rounded; children that nobody reached share alike.
		if all := float64(cover[left]) + float64(cover[right]); all > 0 {
			s.right = float64(cover[right]) / all
		}
	}
	e.connect()
	e.average()
	return e, nil
}

// connect finds for every split how it is reached, and how many points are
// needed: where a path asks about D features, a polynomial of degree D-1 is to
// be integrated.
func (e *extension) connect() {
	features := make([]int, len(e.splits)) // on the way to each split
	most := 1
	for i := range e.splits {
		s := &e.splits[i]
		s.again = int32(i)
		for s.again > 0 && e.splits[e.splits[s.again].from].feature != s.feature {
			s.again = e.splits[s.again].from
		}
		z, count := e.shareOf(s.again), features[i]
		if s.again == 0 {
			count++
		}
		s.share = [2]float64{z * (1 - s.right), z * s.right}
		most = max(most, count)
		for _, next := range s.next {
			if int(next) < len(e.splits) {
				e.splits[next].from, features[next] = int32(i), count
			}
		}
	}
	e.groups = (most + 2*width - 1) / (2 * width)
}

// shareOf returns the share, so far, of the feature asked about just above a
// split.
func (e *extension) shareOf(i int32) float64 {
	if i == 0 {
		return 1
	}
	above := &e.splits[e.splits[i].from]
	if above.next[0] == i {
		return above.share[0]
	}
	return above.share[1]
}

// average sets mean.
func (e *extension) average() {
	mean := append(make([]float64, len(e.splits), len(e.splits)+len(e.value)), e.value...)
	for i := len(e.splits) - 1; i >= 0; i-- {
		s := &e.splits[i]
		mean[i] = float64((1-s.right)*mean[s.next[0]]) + float64(s.right*mean[s.next[1]])
	}
	e.mean = mean[0]
}

// invert sets inverse, for the points of a rule.
func (e *extension) invert(r rule) {
	e.inverse = make([][]triple, e.groups)
	for g := range e.inverse {
		e.inverse[g] = make([]triple, len(e.splits))
		for i := range e.inverse[g] {
			z, t, rest := e.shareOf(int32(i)), r[g].t, r[g].rest
			e.inverse[g][i] = triple{1 / (t.a + float64(z*rest.a)), 1 / (t.b + float64(z*rest.b)), 1 / (t.c + float64(z*rest.c))}
		}
	}
}

// prepared is what is kept of a model made of trees. It is safe for concurrent
// use.
type prepared struct {
	lock  sync.Mutex
	trees []*extension // by tree; nil before its class was asked about
	rules []rule       // by groups, less 1
	last  *background  // nil before one was asked about; never changed
}

// extensions returns the trees of the asked class, the others perhaps nil, and
// the rules that they need. The error is ErrNeedsCover.
func (p *prepared) extensions(f *forest) ([]*extension, []rule, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.trees == nil {
		p.trees = make([]*extension, f.Trees.Trees())
	}
	for t := range p.trees {
		if class, _ := f.Adds(t); class != f.Class || p.trees[t] != nil {
			continue
		}
		e, err := extend(f.Trees, t)
		if err != nil {
			return nil, nil, err
		}
		for len(p.rules) < e.groups {
			p.rules = append(p.rules, newRule(len(p.rules)+1))
		}
		e.invert(p.rules[e.groups-1])
		p.trees[t] = e
	}
	return p.trees, p.rules, nil
}
