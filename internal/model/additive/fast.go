package additive

import (
	"cmp"
	"slices"
)

// strongest returns the pairs of features that could lower the loss most, the
// strongest first (FAST): for each pair, the best model of four values, one for
// each quadrant that one cut on each feature makes, is fitted to what the
// functions of single features leave, for all training rows. Sums of slopes
// over whole blocks of cells come from one table of running sums a pair, so a
// pair costs n + bins² whatever the cut.
//
// Paper: Lou, Caruana, Gehrke, Hooker. Accurate intelligible models with
// pairwise interactions. KDD 2013, section 4.2; residuals and counts are first
// and second derivatives here, so that it works for every loss.
func (t *trainer) strongest(most int) [][2]int {
	n, q := len(t.p.TrainY), t.loss.Outputs()
	all := newBag(n, q, t.loss.Start())
	t.model.margins(all.margins, t.p.TrainX, n)
	all.slopes(t.loss)
	type scored struct {
		pair [2]int
		gain float64
	}
	var pairs []scored
	for j := range t.p.D {
		for l := j + 1; l < t.p.D; l++ {
			c := newPair(t.coarse, j, l)
			_, gain := bestQuadrants(c, c.tally(&all.sums, all.learn, all.target, all.weight, q), &all.corner, t.params.MinLeaf)
			pairs = append(pairs, scored{[2]int{j, l}, gain})
		}
	}
	slices.SortStableFunc(pairs, func(a, b scored) int { return cmp.Compare(b.gain, a.gain) })
	var out [][2]int
	for _, p := range pairs[:min(most, len(pairs))] {
		out = append(out, p.pair)
	}
	return out
}

// quadrants writes to update (cells×q) the Newton steps of the four blocks that
// gain most.
func quadrants(update []float64, c *cells, bins []sums, corner *room, minLeaf int) {
	q := len(update) / c.n
	best, gain := bestQuadrants(c, bins, corner, minLeaf)
	if gain <= 0 {
		return
	}
	columns := c.bins[1].Bins()
	for at := range c.n {
		block := 0
		if at/columns >= best.row {
			block += 2
		}
		if at%columns >= best.column {
			block++
		}
		best.block[block].step(update[at*q : (at+1)*q])
	}
}

// cross is a cut on each of two features.
type cross struct {
	row, column int    // the first bins beyond the cuts
	block       []sums // low-low, low-high, high-low, high-high
}

// signs say how each block is made of the running sums up to the cross, up to
// the row's end, up to the column's end, and of everything.
var signs = [4][4]int{{1, 0, 0, 0}, {-1, 1, 0, 0}, {-1, 0, 1, 0}, {1, -1, -1, 1}}

// bestQuadrants returns the cuts that gain most, and the gain; 0 where none is
// allowed. Missing values lie below all others. A block has no rows, or as many
// as the smallest leaf.
func bestQuadrants(c *cells, bins []sums, in *room, minLeaf int) (best cross, gain float64) {
	rows, columns := c.bins[0].Bins(), c.bins[1].Bins()
	corner := runningSums(in, bins, rows, columns)
	whole := corner[len(corner)-1]
	q := len(whole.y)
	base := whole.worth()
	block := manySums(4, q)
	for r := 1; r < rows; r++ {
		for k := 1; k < columns; k++ {
			parts := [4]sums{corner[(r-1)*columns+k-1], corner[r*columns-1], corner[(rows-1)*columns+k-1], whole}
			worth, fits := 0.0, true
			for i := range block {
				b := &block[i]
				b.clear()
				for s, part := range parts {
					if signs[i][s] != 0 {
						b.add(part, signs[i][s])
					}
				}
				worth += b.worth()
				fits = fits && (b.rows == 0 || b.rows >= minLeaf)
			}
			if fits && worth-base > gain+float64(1e-12*base) {
				gain = worth - base
				best.row, best.column = r, k
				best.block = manySums(4, q)
				for i := range block {
					best.block[i].add(block[i], 1)
				}
			}
		}
	}
	return best, gain
}

// runningSums returns for each cell the sums over all cells that lie neither
// beyond its row nor its column.
func runningSums(in *room, bins []sums, rows, columns int) []sums {
	q := len(bins[0].y)
	out := in.of(len(bins), q)
	for r := range rows {
		line := newSums(q)
		for k := range columns {
			at := r*columns + k
			line.add(bins[at], 1)
			out[at].add(line, 1)
			if r > 0 {
				out[at].add(out[at-columns], 1)
			}
		}
	}
	return out
}
