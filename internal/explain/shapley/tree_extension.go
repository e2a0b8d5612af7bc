package shapley

import "sync"

// extension is a tree as the walks of its multilinear extension read it: what
// does not depend on a row. Places are its splits in preorder, then its leaves.
type extension struct {
	splits []split
	value  []float64 // of the leaves
	mean   float64   // where nothing is known: every leaf by its cover

	points, rests, weights []float64 // of the quadrature that it needs
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
	splits := len(feature) / 2
	e := &extension{splits: make([]split, splits), value: make([]float64, splits+1)}
	place, mean := make([]int32, len(feature)), make([]float64, len(feature)) // by node
	for i, leaf := len(feature)-1, splits; i >= 0; i-- {
		if feature[i] < 0 {
			place[i], mean[i], e.value[leaf] = int32(splits+leaf), float64(value[i]), float64(value[i])
			leaf--
			continue
		}
		left, right, at := i+1, right[i], i-leaf-1
		s := &e.splits[at]
		s.node, s.feature, s.next, s.right, place[i] = int32(i), feature[i], [2]int32{place[left], place[right]}, 0.5, int32(at)
		// Taken from the children alone, so that two parts sum to 1 even where the
		// hessians of a file were rounded; children that nobody reached share alike.
		if all := float64(cover[left]) + float64(cover[right]); all > 0 {
			s.right = float64(cover[right]) / all
		}
		mean[i] = float64((1-s.right)*mean[left]) + float64(s.right*mean[right])
	}
	e.mean = mean[0]
	e.connect()
	return e, nil
}

// connect finds for every split how it is reached, and the quadrature: where a
// path asks about D features, a polynomial of degree D-1 is to be integrated.
func (e *extension) connect() {
	features := make([]int, len(e.splits)+len(e.value)) // on the way to each place
	most := 1
	for i := range e.splits {
		s, z, count := &e.splits[i], 1.0, features[i]
		for s.again = int32(i); s.again > 0; {
			above := &e.splits[e.splits[s.again].from]
			if above.feature == s.feature {
				z = above.share[0]
				if above.next[1] == s.again {
					z = above.share[1]
				}
				break
			}
			s.again = e.splits[s.again].from
		}
		if s.again == 0 {
			count++
		}
		most = max(most, count)
		s.share = [2]float64{z * (1 - s.right), z * s.right}
		for _, next := range s.next {
			features[next] = count
			if int(next) < len(e.splits) {
				e.splits[next].from = int32(i)
			}
		}
	}
	e.points, e.rests, e.weights = legendre((most + 2*width - 1) / (2 * width) * width)
}

// prepared is what is kept of a model made of trees. It is safe for concurrent
// use.
type prepared struct {
	lock  sync.Mutex
	trees []*extension // by tree; nil before it was asked for
	last  *background  // nil before one was asked about
}

// extension returns tree t; the error is ErrNeedsCover.
func (p *prepared) extension(trees Trees, t int) (e *extension, err error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.trees == nil {
		p.trees = make([]*extension, trees.Trees())
	}
	if p.trees[t] == nil {
		p.trees[t], err = extend(trees, t)
	}
	return p.trees[t], err
}
