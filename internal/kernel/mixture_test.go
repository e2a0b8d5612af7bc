package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// choices returns n numbers that are -1 or 0.
func choices(r *rand.Rand, n int) []int32 {
	take := classes(r, n, 2)
	for i := range take {
		take[i] = -take[i]
	}
	return take
}

func mixChoicesTrial(r *rand.Rand) trial {
	s, d, stride := size(r, 20), 1+size(r, 40), 4*(1+r.IntN(5))
	blocks := (d + mixBlock - 1) / mixBlock
	return trial{ints: [][]int32{make([]int32, s*blocks), choices(r, s*d)},
		args: []any{whole(0), whole(1), s, d, stride},
		api:  func(_ [][]float32, i [][]int32) any { mixChoices(i[0], i[1], s, d, stride); return nil }}
}

func mixTableTrial(r *rand.Rand) trial {
	d, n := 1+size(r, 12), 1+size(r, 24)
	m := NewMixture(d, n)
	return trial{data: data(m.table, wild(r, d), wild(r, d), wild(r, d*n)), args: []any{ref(0), ref(1), ref(2), ref(3), d, n},
		api: func(x [][]float32, _ [][]int32) any {
			mixTable(x[0], x[1], x[2], x[3], d, n, m.stride)
			return nil
		}}
}

func mixSumsTrial(r *rand.Rand) trial {
	d, n, rows, act := 1+size(r, 18), 1+size(r, 70), size(r, 12), Activation(r.IntN(2))
	m := NewMixture(d, n)
	m.Choose(choices(r, rows*d), rows)
	return trial{data: data(wild(r, rows*n), wild(r, len(m.table)), wild(r, n)), ints: [][]int32{m.at},
		args: []any{ref(0), ref(1), ref(2), whole(0), rows, m.blocks(), n, int(act)},
		api: func(x [][]float32, i [][]int32) any {
			mixSums(x[0], x[1], x[2], i[0], rows, m.blocks(), n, act)
			return nil
		}}
}

// TestMixture compares mixed rows with the documented sum bit for bit, and with
// float64 within the rounding of the products and sums.
func TestMixture(t *testing.T) {
	r := rand.New(rand.NewPCG(30, 1))
	for range 200 {
		d, n, s := 1+r.IntN(17), 1+r.IntN(20), 1+r.IntN(30)
		x, rest, w, bias := uniform(r, d), uniform(r, d), uniform(r, d*n), uniform(r, n)
		take := choices(r, s*d)
		m := NewMixture(d, n)
		m.Choose(take, s)
		m.Between(x, rest, w)
		first := r.IntN(s)
		rows := 1 + r.IntN(s-first)
		got := make([]float32, rows*n)
		m.Rows(got, bias, first, rows, ActNone)
		for i := range rows {
			for u := range n {
				sum, exact, size := bias[u], float64(bias[u]), math.Abs(float64(bias[u]))
				for from := 0; from < d; from += mixBlock {
					var part float32
					for j := from; j < min(from+mixBlock, d); j++ {
						v := rest[j]
						if take[(first+i)*d+j] != 0 {
							v = x[j]
						}
						product := float32(v * w[j*n+u])
						if j == from {
							part = product
						} else {
							part += product
						}
						exact += float64(v) * float64(w[j*n+u])
						size += math.Abs(float64(v) * float64(w[j*n+u]))
					}
					sum += part
				}
				if g := got[i*n+u]; math.Float32bits(g) != math.Float32bits(sum) || math.Abs(float64(g)-exact) > gamma(d+2)*size {
					t.Fatalf("d %d n %d choice %d unit %d: %g, documented sum %g, exact %g", d, n, first+i, u, g, sum, exact)
				}
			}
		}
	}
}

func TestMixturePanics(t *testing.T) {
	m := NewMixture(3, 2)
	m.Choose(make([]int32, 6), 2)
	for name, f := range map[string]func(){
		"no features":             func() { NewMixture(0, 2) },
		"too few choices":         func() { m.Choose(make([]int32, 5), 2) },
		"short weights":           func() { m.Between(make([]float32, 3), make([]float32, 3), make([]float32, 5)) },
		"a row beyond the last":   func() { m.Rows(make([]float32, 4), make([]float32, 2), 1, 2, ActNone) },
		"a row before the first":  func() { m.Rows(make([]float32, 4), make([]float32, 2), -1, 2, ActNone) },
		"a short slice of output": func() { m.Rows(make([]float32, 3), make([]float32, 2), 0, 2, ActNone) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("took %s", name)
				}
			}()
			f()
		}()
	}
}
