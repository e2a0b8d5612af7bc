package nn

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// plan is the architecture of a network: its layers with weights, and how they
// are put together.
type plan struct {
	layers []layer
	sizes  []int // values a row in each layer, input first
	shape  []int // of one input row
	chunk  int   // rows that Predict and Gradient put through at once
	act    kernel.Activation
	// build returns the output; the first layer where that is dense; and what is
	// left of an image after the convolutions, where it begins with such.
	build func(g *autodiff.Graph, x *autodiff.Node, w, b []*autodiff.Node) (output, first, seen *autodiff.Node)
}

// trainer learns by minibatches. The rows are shuffled anew for every epoch;
// the last batch of an epoch holds what is left.
type trainer struct {
	net       model.Model
	weights   *weights
	optimiser *optimiser
	l2        float32

	x      []float32 // n×d, standardised
	labels []int32   // n, classification
	target []float32 // n, standardised, regression

	order           []int
	shuffle         *rand.Rand
	shuffled        int // epochs that order has been drawn for
	batch, perEpoch int
	done, total     int

	graph   *autodiff.Graph
	input   *autodiff.Node
	wanted  *autodiff.Node // regression: the target of the batch
	classes []int32        // classification: the labels of the batch
	loss    *autodiff.Node
	params  []*autodiff.Node
}

func newTrainer(p model.Problem, arch plan, s schedule) (*trainer, error) {
	if err := checkProblem(p); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	n := len(p.TrainY)
	w := newWeights(arch.layers, p.Seed)
	net := &network{d: p.D, k: p.K, layers: arch.sizes, weights: w, in: inputScale(p)}
	t := &trainer{
		weights:   w,
		optimiser: newOptimiser(s, w.flat),
		l2:        float32(s.l2),
		x:         make([]float32, n*p.D),
		order:     make([]int, n),
		shuffle:   rand.New(rand.NewPCG(p.Seed, shuffleStream)),
		batch:     min(s.batch, n),
	}
	for i := range t.order {
		t.order[i] = i
	}
	t.perEpoch = (n + t.batch - 1) / t.batch
	t.total = t.perEpoch * s.epochs
	kernel.Standardize(t.x, p.TrainX, net.in.mean, net.in.scale, n, p.D)
	if p.Regression {
		net.out = columnScale(p.TrainY, n, 1)
		t.target = make([]float32, n)
		kernel.Standardize(t.target, p.TrainY, net.out.mean, net.out.scale, n, 1)
		t.net = Regressor{net}
	} else {
		t.labels = make([]int32, n)
		for i, y := range p.TrainY {
			t.labels[i] = int32(y)
		}
		t.net = Classifier{net}
	}
	net.prepare(arch, !p.Regression)
	t.prepare(arch)
	return t, nil
}

// nodes adds the parameters to a graph: weights and biases by layer.
func (w *weights) nodes(g *autodiff.Graph, dw, db [][]float32) (ws, bs []*autodiff.Node) {
	for i := range w.w {
		ws = append(ws, g.Parameter(w.w[i], dw[i]))
		bs = append(bs, g.Parameter(w.b[i], db[i]))
	}
	return ws, bs
}

// prepare builds the graph of Predict and Gradient.
func (m *network) prepare(arch plan, softmax bool) {
	m.chunk = arch.chunk
	m.graph = autodiff.New(m.chunk)
	m.x = m.graph.Input(arch.shape...)
	none := make([][]float32, len(arch.layers))
	ws, bs := m.weights.nodes(m.graph, none, none)
	output, first, seen := arch.build(m.graph, m.x, ws, bs)
	m.output, m.mixer = output, newMixer(first, arch.act, m.d)
	if seen != nil {
		m.patcher = newPatcher(seen, arch)
	}
	if softmax {
		m.prob = m.graph.Softmax(m.output)
	}
	m.seed = make([]float32, m.chunk*m.k)
}

// prepare builds the graph of Step.
func (t *trainer) prepare(arch plan) {
	g := autodiff.New(t.batch)
	t.graph = g
	t.input = g.Input(arch.shape...)
	ws, bs := t.weights.nodes(g, t.weights.dw, t.weights.db)
	output, _, _ := arch.build(g, t.input, ws, bs)
	t.params = append(ws, bs...)
	if t.target != nil {
		t.wanted = g.Input(1)
		t.loss = g.MeanSquaredError(output, t.wanted)
	} else {
		t.classes = make([]int32, t.batch)
		t.loss = g.CrossEntropy(output, t.classes)
	}
}

// Step learns from one minibatch. It returns *model.DivergedError, and leaves
// everything as it was, where the loss, a gradient or a new weight is not
// finite.
func (t *trainer) Step() error {
	if t.Done() {
		panic("nn: step after the last")
	}
	t.load()
	t.graph.Forward(t.loss)
	loss := t.loss.Value()[0]
	if loss-loss != 0 {
		return &model.DivergedError{Step: t.done + 1, Loss: loss}
	}
	t.graph.Backward(t.loss, nil, t.params...)
	w := t.weights
	if t.l2 != 0 {
		kernel.Axpy(w.grad[:w.penalised], t.l2, w.flat[:w.penalised])
	}
	if !t.optimiser.step(w.flat, w.grad) {
		return &model.DivergedError{Step: t.done + 1, Loss: float32(math.Inf(1))}
	}
	t.done++
	return nil
}

// load brings the next batch into the graph, after a shuffle where it is the
// first of its epoch.
func (t *trainer) load() {
	epoch, at := t.done/t.perEpoch, t.done%t.perEpoch*t.batch
	if t.shuffled == epoch {
		t.shuffle.Shuffle(len(t.order), func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
		t.shuffled++
	}
	rows := t.order[at:min(at+t.batch, len(t.order))]
	t.graph.SetRows(len(rows))
	d := len(t.x) / len(t.order)
	x := t.input.Value()
	for i, row := range rows {
		copy(x[i*d:(i+1)*d], t.x[row*d:(row+1)*d])
		if t.target != nil {
			t.wanted.Value()[i] = t.target[row]
		} else {
			t.classes[i] = t.labels[row]
		}
	}
}

// Done reports whether every epoch has been gone through.
func (t *trainer) Done() bool { return t.done == t.total }

// Progress returns the steps done, the steps there are, and the steps of an
// epoch.
func (t *trainer) Progress() (done, total, perPoint int) { return t.done, t.total, t.perEpoch }

// Model returns a Classifier or a Regressor.
func (t *trainer) Model() model.Model { return t.net }
