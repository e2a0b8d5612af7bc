package nn

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/explain"
)

// mixing is what explain wants of a model that mixes rows itself.
type mixing interface {
	explain.Model
	PredictMixed(dst, x, background []float32, take []int32, m, s int)
}

var (
	_ mixing = Classifier{}
	_ mixing = Margin{}
	_ mixing = Regressor{}
)

// mixedRows builds the rows of PredictMixed.
func mixedRows(x, background []float32, take []int32, n, s, d int) []float32 {
	rows := make([]float32, 0, n*s*d)
	for b := range n {
		for i := range s {
			for j := range d {
				if take[i*d+j] != 0 {
					rows = append(rows, x[j])
				} else {
					rows = append(rows, background[b*d+j])
				}
			}
		}
	}
	return rows
}

// TestPredictMixed compares with Predict on the rows as they are, for every
// kind of network, with choices by the chunk and not.
func TestPredictMixed(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	for name, m := range trained(t) {
		d, k := m.Dims()
		for _, s := range []int{0, 1, 7, mlpChunk + 6} {
			const n = 3
			at := r.IntN(100)
			x, background := m.p.TrainX[at*d:(at+1)*d], m.p.TrainX[20*d:(20+n)*d]
			take := make([]int32, s*d)
			for i := range take {
				take[i] = -int32(r.IntN(2))
			}
			got, want := make([]float32, n*s*k), make([]float32, n*s*k)
			m.Differentiable.(mixing).PredictMixed(got, x, background, take, n, s)
			m.Predict(want, mixedRows(x, background, take, n, s, d), n*s)
			size := 1.0
			for _, v := range want {
				size = max(size, math.Abs(float64(v)))
			}
			for i, v := range got {
				if e := math.Abs(float64(v) - float64(want[i])); !(e <= 1e-5*size) {
					t.Fatalf("%s, %d choices: score %d is %g, built rows give %g", name, s, i, v, want[i])
				}
			}
		}
	}
}

// TestPredictMixedAlone checks that a row that takes everything does not depend on
// the background, and that a row has the same scores in any company.
func TestPredictMixedAlone(t *testing.T) {
	for name, m := range trained(t) {
		d, k := m.Dims()
		const n = 2
		x, background := m.p.TrainX[:d], m.p.TrainX[d:(1+n)*d]
		take := make([]int32, 2*d)
		for j := range d {
			take[d+j] = -1
		}
		both := make([]float32, n*2*k)
		m.Differentiable.(mixing).PredictMixed(both, x, background, take, n, 2)
		all := make([]float32, k)
		m.Differentiable.(mixing).PredictMixed(all, x, background[d:], take[d:], 1, 1)
		for b := range n {
			for j, v := range both[(2*b+1)*k : (2*b+2)*k] {
				if v != all[j] {
					t.Errorf("%s: background row %d, all taken: score %d is %g, alone %g", name, b, j, v, all[j])
				}
			}
		}
	}
}
