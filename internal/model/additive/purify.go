package additive

import "slices"

// purify returns functions (cells×q a term) with the same sum, in which no pair
// says what one of its features could say alone: over the training rows, the
// mean of a pair is 0 for every bin of either feature. What that takes from a
// pair,
//
//	f_jl(x_j, x_l) = pure(x_j, x_l) + a(x_j) + b(x_l)
//
// goes to the curves of the two features; a + b is the sum of two such curves
// that comes nearest to the pair in the mean square over the training rows, so
// pure is what is left when features have explained all that they can. Bins of
// features lie within those of pairs. A bin without training rows has no mean,
// and its a, or b, is 0.
//
// Paper: B. Lengerich, S. Tan, C.-H. Chang, G. Hooker, R. Caruana. Purifying
// interaction effects with the functional ANOVA. AISTATS 2020, arXiv:1911.04974,
// algorithm 1 with the empirical distribution. It moves the means of rows and
// columns in turn until none are left; we solve for where that ends, since
// features that are near copies of each other would take thousands of turns.
func purify(value [][]float64, terms []*cells, q int) [][]float64 {
	out := make([][]float64, len(value))
	for at := range value {
		out[at] = slices.Clone(value[at])
	}
	for at, c := range terms {
		if len(c.features) < 2 {
			continue
		}
		for k := range q {
			a, b := c.alone(out[at], k, q)
			for cell := range c.n {
				out[at][cell*q+k] -= a[cell/len(b)] + b[cell%len(b)]
			}
			for axis, moved := range [][]float64{a, b} {
				j := c.features[axis]
				for bin := range terms[j].n {
					out[j][bin*q+k] += moved[c.within(terms[j], axis, bin)]
				}
			}
		}
	}
	return out
}

// within returns the bin of a pair's feature that a bin of its curve lies in.
func (c *cells) within(alone *cells, axis, bin int) int {
	fine := alone.bins[0]
	if bin == 0 || fine.Categories > 0 || bin >= len(fine.Low) {
		return bin
	}
	return int(c.bins[axis].Bin(fine.Low[bin]))
}

// alone returns the a and b of output k: the solution of
//
//	Σ_l w_il (f_il - a_i - b_l) = 0 for every i,   Σ_i w_il (f_il - a_i - b_l) = 0 for every l
//
// with w the training rows. The first gives a from b; the second, for b alone,
// is solved by conjugate gradients in about as many steps as b is long.
func (c *cells) alone(value []float64, k, q int) (a, b []float64) {
	a, b = make([]float64, c.bins[0].Bins()), make([]float64, c.bins[1].Bins())
	rest := c.rest(value, k, q, a, b)
	way, nothing := slices.Clone(rest), make([]float64, c.n)
	size := dot(rest, rest)
	for end, turns := 1e-28*size, 4*len(b); size > end && turns > 0; turns-- {
		turn := c.rest(nothing, 0, 1, a, way)
		bend := -dot(way, turn)
		if bend <= 0 {
			break
		}
		step := size / bend
		for l := range b {
			b[l] += float64(step * way[l])
			rest[l] += float64(step * turn[l])
		}
		was := size
		size = dot(rest, rest)
		for l := range way {
			way[l] = rest[l] + float64(size/was*way[l])
		}
	}
	c.rest(value, k, q, a, b)
	return a, b
}

// rest sets a to what the first equation says for b, and returns the left side
// of the second, for each l.
func (c *cells) rest(value []float64, k, q int, a, b []float64) []float64 {
	out := make([]float64, len(b))
	for i := range a {
		line := c.rows[i*len(b) : (i+1)*len(b)]
		sum, all := 0.0, 0.0
		for l, rows := range line {
			sum += float64(float64(rows) * (value[(i*len(b)+l)*q+k] - b[l]))
			all += float64(rows)
		}
		a[i] = 0
		if all > 0 {
			a[i] = sum / all
		}
		for l, rows := range line {
			out[l] += float64(float64(rows) * (value[(i*len(b)+l)*q+k] - a[i] - b[l]))
		}
	}
	return out
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += float64(v * y[i])
	}
	return sum
}
