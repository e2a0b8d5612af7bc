package additive

// isotonic makes values the non-decreasing ones that are nearest in the
// weighted sum of squares: neighbours in the wrong order are pooled into their
// weighted mean until none are left (PAVA, one pass). Values in order already
// stay bit for bit. Where no weight tells, a pool takes its last value.
//
// Paper: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid, E. Silverman. An
// empirical distribution function for sampling with incomplete information.
// Annals of Mathematical Statistics 1955.
func isotonic(values, weights []float64) {
	var pools []pool
	for i, v := range values {
		p := pool{v, weights[i], 1}
		for len(pools) > 0 && pools[len(pools)-1].value > p.value {
			p = p.join(pools[len(pools)-1])
			pools = pools[:len(pools)-1]
		}
		pools = append(pools, p)
	}
	values = values[:0]
	for _, p := range pools {
		for range p.n {
			values = append(values, p.value)
		}
	}
}

// pool is neighbours that share a value.
type pool struct {
	value, weight float64
	n             int
}

func (p pool) join(before pool) pool {
	all := p.weight + before.weight
	if all > 0 {
		p.value = (float64(p.value*p.weight) + float64(before.value*before.weight)) / all
	}
	return pool{p.value, all, p.n + before.n}
}
