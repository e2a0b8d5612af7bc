package kernel

// mixBlock is how many features share a table of partial sums: their 2⁵ choices
// for the usual layer of 64 units make 8 kB, so that the tables of some dozens of
// features stay in a core's nearest caches.
const mixBlock = 5

// Mixture computes a dense layer for many rows that each take every feature
// from one of two rows. Features are cut into blocks of five; the partial sums
// of a block's 32 choices are computed once for two rows, and each mixed row
// then adds one of them a block instead of five products.
//
// An element is bias, plus the partial sum of block 0, 1, 2 ...; a partial sum
// is float32(v[j]·w[j]) of the block's first feature, plus that of the second,
// and so on, where v[j] is what the mixed row takes.
type Mixture struct {
	d, n   int       // features, units
	s      int       // choices
	at     []int32   // s×blocks: where in table the partial sums of a choice begin
	table  []float32 // blocks×32×stride; those for features beyond d are never used
	stride int       // units, up to a multiple of four
}

// NewMixture returns a mixture for a layer of d features, ≥ 1, and n units, ≥ 1.
func NewMixture(d, n int) *Mixture {
	if d < 1 || n < 1 {
		panic("kernel: a mixture needs a feature and a unit")
	}
	m := &Mixture{d: d, n: n, stride: (n + 3) &^ 3}
	m.table = make([]float32, m.blocks()<<mixBlock*m.stride)
	return m
}

func (m *Mixture) blocks() int { return (m.d + mixBlock - 1) / mixBlock }

// Choose takes the s choices that follow: feature j of choice i comes from the
// first row where take[i·d+j] is -1, from the second where it is 0.
func (m *Mixture) Choose(take []int32, s int) {
	if len(take) < s*m.d {
		panic("kernel: slice shorter than its sizes")
	}
	m.s = s
	if n := s * m.blocks(); cap(m.at) < n {
		m.at = make([]int32, n)
	} else {
		m.at = m.at[:n]
	}
	mixChoices(m.at, take, s, m.d, m.stride)
}

// Between computes the partial sums for the first row x and the second row
// rest (d values each) with the weights w (d×n).
func (m *Mixture) Between(x, rest, w []float32) {
	need(x, m.d)
	need(rest, m.d)
	need(w, m.d*m.n)
	mixTable(m.table, x, rest, w, m.d, m.n, m.stride)
}

// Rows writes act of the sums of choices first..first+rows-1 to dst (rows×n),
// each starting at bias (n values).
func (m *Mixture) Rows(dst, bias []float32, first, rows int, act Activation) {
	if first < 0 || rows < 0 || first+rows > m.s {
		panic("kernel: rows beyond the choices")
	}
	need(dst, rows*m.n)
	need(bias, m.n)
	b := m.blocks()
	mixSums(dst, m.table, bias, m.at[first*b:(first+rows)*b], rows, b, m.n, act)
}

// mixChoices writes to at where each of the s choices of take (s×d) has the
// partial sums of each block.
func mixChoices(at, take []int32, s, d, stride int) {
	if simdMixChoices(at, take, s, d, stride) {
		return
	}
	to := 0
	for i := range s {
		row := take[i*d : (i+1)*d]
		for first := 0; first < d; first += mixBlock {
			choice := int32(0)
			for bit, t := range row[first:min(first+mixBlock, d)] {
				choice |= t & (1 << bit)
			}
			at[to] = (int32(first/mixBlock)<<mixBlock + choice) * int32(stride)
			to++
		}
	}
}

// mixTable fills the tables of all blocks. Units beyond n up to stride count as
// weights of 0.
func mixTable(table, x, rest, w []float32, d, n, stride int) {
	if simdMixTable(table, x, rest, w, d, n) {
		return
	}
	for j := range d {
		bit := j % mixBlock
		block := table[j/mixBlock<<mixBlock*stride:]
		for u := range stride {
			weight := float32(0)
			if u < n {
				weight = w[j*n+u]
			}
			in, out := float32(x[j]*weight), float32(rest[j]*weight)
			if bit == 0 {
				block[u], block[stride+u] = out, in
				continue
			}
			for choice := range 1 << bit {
				sum := block[choice*stride+u]
				block[choice*stride+u] = sum + out
				block[(choice+1<<bit)*stride+u] = sum + in
			}
		}
	}
}

// mixSums writes act(bias + the partial sums that `at` names) to dst (rows×n).
func mixSums(dst, table, bias []float32, at []int32, rows, blocks, n int, act Activation) {
	if simdMixSums(dst, table, bias, at, rows, blocks, n, act) {
		return
	}
	for i := range rows {
		row := dst[i*n : (i+1)*n]
		copy(row, bias)
		for _, from := range at[i*blocks : (i+1)*blocks] {
			for u, v := range table[from : int(from)+n] {
				row[u] += v
			}
		}
	}
	if act != ActNone {
		Activate(dst[:rows*n], dst[:rows*n], act)
	}
}
