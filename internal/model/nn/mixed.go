package nn

import (
	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
)

// mixer scores rows that are mixed from a row and a background without building
// them, where the first layer is dense: see kernel.Mixture.
type mixer struct {
	layer   *autodiff.Node // the first layer's result; nil where it is not dense
	act     kernel.Activation
	mixture *kernel.Mixture
	x, rest []float32 // d, standardised: the row, and the present row of the background
}

func newMixer(layer *autodiff.Node, act kernel.Activation, d int) mixer {
	mix := mixer{layer: layer, act: act, x: make([]float32, d), rest: make([]float32, d)}
	if layer != nil {
		mix.mixture = kernel.NewMixture(d, layer.Shape()[0])
	}
	return mix
}

// predictMixed writes the values of node for the n·s mixed rows to dst
// (n×s×k).
func (m *network) predictMixed(node *autodiff.Node, dst, x, background []float32, take []int32, n, s int) {
	if len(dst) < n*s*m.k || len(x) < m.d || len(background) < n*m.d || len(take) < s*m.d {
		panic("nn: slice shorter than its sizes")
	}
	mix := &m.mixer
	kernel.Standardize(mix.x, x, m.in.mean, m.in.scale, 1, m.d)
	if mix.layer != nil {
		mix.mixture.Choose(take, s)
	}
	for b := range n {
		kernel.Standardize(mix.rest, background[b*m.d:(b+1)*m.d], m.in.mean, m.in.scale, 1, m.d)
		if mix.layer != nil {
			mix.mixture.Between(mix.x, mix.rest, m.weights.w[0].Data)
		}
		for first := 0; first < s; first += m.chunk {
			rows := min(m.chunk, s-first)
			m.graph.SetRows(rows)
			m.mix(take, first, rows)
			m.graph.ForwardFrom(mix.layer, node)
			copy(dst[(b*s+first)*m.k:], node.Value())
		}
	}
}

// mix brings choices first..first+rows-1 into the graph: as sums of the first
// layer, or as rows.
func (m *network) mix(take []int32, first, rows int) {
	mix := &m.mixer
	if mix.layer != nil {
		mix.mixture.Rows(mix.layer.Value(), m.weights.b[0].Data, first, rows, mix.act)
		return
	}
	to := m.x.Value()
	for i := range rows {
		kernel.Mix(to[i*m.d:(i+1)*m.d], mix.x, mix.rest, take[(first+i)*m.d:(first+i+1)*m.d], 1, m.d)
	}
}

// PredictMixed writes the class probabilities of n·s rows to dst (n×s×k): row
// (b, i) takes feature j from x (d values, data units) where take[i·d+j] is -1,
// and from row b of background (n×d, data units) where it is 0; take has no
// other numbers. It is what Predict gives for these rows, up to rounding: a
// dense first layer adds its products in another order.
func (m Classifier) PredictMixed(dst, x, background []float32, take []int32, n, s int) {
	m.predictMixed(m.prob, dst, x, background, take, n, s)
}

// PredictMixed is that of Classifier for logits.
func (m Margin) PredictMixed(dst, x, background []float32, take []int32, n, s int) {
	m.predictMixed(m.output, dst, x, background, take, n, s)
}

// PredictMixed is that of Classifier for the target in its own units (dst n×s).
func (m Regressor) PredictMixed(dst, x, background []float32, take []int32, n, s int) {
	m.predictMixed(m.output, dst, x, background, take, n, s)
	m.unscale(dst[:n*s])
}
