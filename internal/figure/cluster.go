package figure

import "math"

// clusterMost is how many rows are clustered at the most: time and memory grow
// as the square.
const clusterMost = 1000

// clustered orders rows so that like ones stand together: the leaves of an
// average linkage tree over the Euclidean distances of their values, at each
// join the side with the lower mean of key first.
//
// The tree is found along chains of nearest neighbours, which end in pairs that
// average linkage joins sooner or later in any case.
//
// Paper: Murtagh. A survey of recent advances in hierarchical clustering
// algorithms. The Computer Journal 26, 1983.
func clustered(values [][]float64, key []float64) []int {
	t := newLinkage(values, key)
	var chain []int
	for range len(values) - 1 {
		chain = t.follow(chain)
		a, b := chain[len(chain)-2], chain[len(chain)-1]
		chain = chain[:len(chain)-2]
		t.join(min(a, b), max(a, b))
	}
	for i, leaves := range t.leaves {
		if t.alive[i] {
			return leaves
		}
	}
	return nil
}

// linkage is a tree as far as it is built. A cluster has the number of one of
// its rows.
type linkage struct {
	distance [][]float64 // n×n between clusters
	leaves   [][]int     // rows of each cluster, in order
	mean     []float64   // of key
	alive    []bool
}

func newLinkage(values [][]float64, key []float64) *linkage {
	n := len(values)
	t := &linkage{distance: make([][]float64, n), leaves: make([][]int, n), mean: append([]float64(nil), key...), alive: make([]bool, n)}
	for i := range n {
		t.distance[i] = make([]float64, n)
		t.leaves[i], t.alive[i] = []int{i}, true
		for j := range i {
			sum := 0.0
			for k, v := range values[i] {
				off := v - values[j][k]
				sum += float64(off * off)
			}
			t.distance[i][j] = math.Sqrt(sum)
			t.distance[j][i] = t.distance[i][j]
		}
	}
	return t
}

// follow lengthens a chain until its last two are each other's nearest.
func (t *linkage) follow(chain []int) []int {
	if len(chain) == 0 {
		for i, ok := range t.alive {
			if ok {
				chain = append(chain, i)
				break
			}
		}
	}
	for {
		at := chain[len(chain)-1]
		next, before := -1, -1
		if len(chain) > 1 {
			before = chain[len(chain)-2]
			next = before // wins a tie, so that the chain ends
		}
		for j, ok := range t.alive {
			if ok && j != at && (next < 0 || t.distance[at][j] < t.distance[at][next]) {
				next = j
			}
		}
		if next == before {
			return chain
		}
		chain = append(chain, next)
	}
}

// join makes one cluster of a and b, which keeps the number a.
func (t *linkage) join(a, b int) {
	na, nb := float64(len(t.leaves[a])), float64(len(t.leaves[b]))
	for j, ok := range t.alive {
		if ok && j != a && j != b {
			d := (float64(na*t.distance[a][j]) + float64(nb*t.distance[b][j])) / (na + nb)
			t.distance[a][j], t.distance[j][a] = d, d
		}
	}
	first, second := t.leaves[a], t.leaves[b]
	if t.mean[b] < t.mean[a] {
		first, second = second, first
	}
	t.leaves[a] = append(append(make([]int, 0, len(first)+len(second)), first...), second...)
	t.mean[a] = (float64(na*t.mean[a]) + float64(nb*t.mean[b])) / (na + nb)
	t.alive[b], t.leaves[b] = false, nil
}
