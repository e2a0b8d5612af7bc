package binned

// Coarser returns the same rows in larger bins: neighbouring bins of a number
// are joined until it has at most so many, of about equally many rows. Every bin
// of t lies within one of them. Categories, and bin 0, stay as they are. most is
// at least 2.
func (t *Table) Coarser(most int) *Table {
	out := &Table{N: t.N, D: t.D, Column: t.Column, Code: make([]uint16, len(t.Code)), Features: make([]Feature, t.D)}
	for j := range t.Features {
		f, code := &t.Features[j], t.Code[j*t.N:(j+1)*t.N]
		rows := make([]int, f.Bins())
		for _, bin := range code {
			rows[bin]++
		}
		joined, to := f.join(rows, most)
		out.Features[j] = joined
		for i, bin := range code {
			out.Code[j*t.N+i] = to[bin]
		}
	}
	return out
}

// join returns the feature in larger bins, and for each bin the one it is in. A
// bin is full as soon as it has its share of the rows not yet in a bin.
func (f *Feature) join(rows []int, most int) (Feature, []uint16) {
	to := make([]uint16, f.Bins())
	for bin := range to {
		to[bin] = uint16(bin)
	}
	if f.Categories > 0 || len(f.Low)-1 <= most {
		return *f, to
	}
	out := Feature{Missing: f.Missing, Low: []float32{0}, High: []float32{0}}
	left := 0
	for _, n := range rows[1:] {
		left += n
	}
	for from := 1; from < len(f.Low); {
		groups := most - (len(out.Low) - 1)
		share, held, end := (left+groups-1)/groups, 0, from
		for ; end < len(f.Low) && held < share; end++ {
			held += rows[end]
			to[end] = uint16(len(out.Low))
		}
		if from > 1 {
			out.Cuts = append(out.Cuts, f.Cuts[from-2])
		}
		out.Low, out.High = append(out.Low, f.Low[from]), append(out.High, f.High[end-1])
		left -= held
		from = end
	}
	return out, to
}
