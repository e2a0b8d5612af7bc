package counterfactual

import "math"

// outcome is what one part of a search came to. It travels as plain numbers,
// since a part may be searched elsewhere.
type outcome struct {
	found     []candidate
	tried     int     // rows put to the model
	nearest   float64 // as in search
	nearestTo []float32
}

// alone runs f as a part of the search: what it tries and finds is put aside
// and returned, and not yet added to the search.
func (s *search) alone(f func() ([]candidate, error)) ([]float64, error) {
	tried, nearest, nearestTo := s.tried, s.nearest, s.nearestTo
	s.tried, s.nearest, s.nearestTo = 0, math.Inf(-1), nil
	found, err := f()
	o := outcome{found, s.tried, s.nearest, s.nearestTo}
	s.tried, s.nearest, s.nearestTo = tried, nearest, nearestTo
	if err != nil {
		return nil, err
	}
	return o.encode(), nil
}

// join adds the outcome of a part to the search and returns its candidates.
func (s *search) join(numbers []float64) []candidate {
	o := s.decode(numbers)
	s.tried += o.tried
	if o.nearestTo != nil {
		s.note(o.nearestTo, o.nearest)
	}
	return o.found
}

// encode writes tried, nearest, the length of nearestTo and its values, and
// then for each candidate the lengths of its row and path and their values.
func (o outcome) encode() []float64 {
	out := []float64{float64(o.tried), o.nearest, float64(len(o.nearestTo))}
	out = appendAll(out, o.nearestTo)
	for _, c := range o.found {
		out = append(out, float64(len(c.row)), float64(len(c.path)))
		out = appendAll(appendAll(out, c.row), c.path)
	}
	return out
}

func (s *search) decode(in []float64) outcome {
	take := func(n float64) []float32 {
		if n == 0 {
			return nil
		}
		out := make([]float32, int(n))
		for i := range out {
			out[i] = float32(in[i])
		}
		in = in[len(out):]
		return out
	}
	o := outcome{tried: int(in[0]), nearest: in[1]}
	n := in[2]
	in = in[3:]
	o.nearestTo = take(n)
	for len(in) > 0 {
		row, path := in[0], in[1]
		in = in[2:]
		c := candidate{row: take(row), path: take(path)}
		c.cost = s.cost(c.row)
		o.found = append(o.found, c)
	}
	return o
}

func appendAll(to []float64, values []float32) []float64 {
	for _, v := range values {
		to = append(to, float64(v))
	}
	return to
}
