package nn

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/tensor"
)

// initStream and shuffleStream keep the chances of the two uses of one seed
// apart.
const (
	initStream    = 0x6e6e0001
	shuffleStream = 0x6e6e0002
)

// layer says which weights one layer has and how they start.
type layer struct {
	shape []int // of the weights; the last side is the number of outputs
	relu  bool  // a ReLU follows
}

// weights holds all parameters of a network in one slice, weights of every
// layer first, then biases, so that an optimiser takes one pass and the L2
// penalty a prefix.
type weights struct {
	flat      []float32
	grad      []float32 // as flat
	penalised int       // how many of flat are weights
	w, b      []tensor.Tensor
	dw, db    [][]float32
}

// newWeights draws the weights of the layers uniformly in ±limit; biases are 0.
// Before a ReLU the limit is √(6/in), so that the variance is kept (He, Zhang,
// Ren, Sun. Delving deep into rectifiers. ICCV 2015, arXiv:1502.01852, equation
// 10); elsewhere √(6/(in+out)) (Glorot, Bengio. Understanding the difficulty of
// training deep feedforward neural networks. AISTATS 2010, equation 16).
func newWeights(layers []layer, seed uint64) *weights {
	r := rand.New(rand.NewPCG(seed, initStream))
	w := &weights{}
	total := 0
	for _, l := range layers {
		w.penalised += tensor.Size(l.shape...)
		total += l.shape[len(l.shape)-1]
	}
	total += w.penalised
	w.flat, w.grad = make([]float32, total), make([]float32, total)
	at, bias := 0, w.penalised
	for _, l := range layers {
		size, out := tensor.Size(l.shape...), l.shape[len(l.shape)-1]
		values := w.flat[at : at+size]
		limit := l.limit()
		for i := range values {
			u := float64(r.Float64()) // the conversion keeps its product from being fused
			values[i] = float32((u - 0.5) * (2 * limit))
		}
		w.w = append(w.w, tensor.Of(values, l.shape...))
		w.dw = append(w.dw, w.grad[at:at+size])
		w.b = append(w.b, tensor.Of(w.flat[bias:bias+out], out))
		w.db = append(w.db, w.grad[bias:bias+out])
		at += size
		bias += out
	}
	return w
}

// limit returns the largest absolute value a weight starts with. A filter's
// inputs and outputs both count its taps.
func (l layer) limit() float64 {
	out := l.shape[len(l.shape)-1]
	in := tensor.Size(l.shape...) / out
	if l.relu {
		return math.Sqrt(6 / float64(in))
	}
	return math.Sqrt(6 / float64(in+out))
}
