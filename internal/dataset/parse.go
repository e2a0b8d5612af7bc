package dataset

import "strings"

// values is the numeric content of an embedded table.
type values struct {
	x []float32 // n×d, row major
	y []float32 // n
	d int
}

// parse reads the layout that data/README.md describes. The embedded files are
// part of the program, so a malformed one panics.
//
// It is hand-written because strconv and encoding/csv take several times as
// long in WebAssembly, where the reader waits for it.
func parse(csv string) values {
	head, body, ok := strings.Cut(csv, "\n")
	if !ok {
		panic("dataset: embedded table has no first line")
	}
	n, rest := number(head, 0)
	d, _ := number(head, rest)
	v := values{
		x: make([]float32, 0, int(n)*int(d)),
		y: make([]float32, 0, int(n)),
		d: int(d),
	}
	for at := 0; at < len(body); {
		for range v.d {
			var f float64
			f, at = number(body, at)
			v.x = append(v.x, float32(f))
		}
		var f float64
		f, at = number(body, at)
		v.y = append(v.y, float32(f))
	}
	if len(v.y) != int(n) || len(v.x) != len(v.y)*v.d {
		panic("dataset: embedded table has another shape than its first line says")
	}
	return v
}

// number reads the unsigned decimal that starts at s[at] and returns it with
// the place after its separator. At most 15 digits: then the digits and the
// power of ten are both exact in float64, and one division rounds correctly.
func number(s string, at int) (value float64, next int) {
	var digits, scale uint64 = 0, 1
	start, point := at, false
	for ; at < len(s) && s[at] != ',' && s[at] != '\n'; at++ {
		c := s[at]
		switch {
		case c == '.' && !point:
			point = true
		case c >= '0' && c <= '9':
			digits = digits*10 + uint64(c-'0')
			if point {
				scale *= 10
			}
		default:
			panic("dataset: embedded table holds something that is not a number")
		}
	}
	if at == start || at-start > 16 {
		panic("dataset: embedded table holds an empty or too long number")
	}
	return float64(digits) / float64(scale), at + 1
}
