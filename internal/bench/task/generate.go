package task

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain/saliency"
)

// noisy finds out which noisy images SmoothGrad takes, for those who are to be
// compared with it.
func (a Arrays) noisy(t Task) error {
	r := &gradientRecorder{d: t.D}
	q := t.query(a)
	q.Model, q.Class = r, 0
	if _, err := saliency.SmoothGrad(q, smoothGrad); err != nil {
		return err
	}
	a[t.Net()+"/copies"] = r.rows
	return nil
}

// gradientRecorder is a model that keeps the rows whose gradient it is asked.
type gradientRecorder struct {
	d    int
	rows []float32
}

func (r *gradientRecorder) Dims() (d, k int)                { return r.d, 1 }
func (r *gradientRecorder) Predict(dst, _ []float32, n int) { clear(dst[:n]) }
func (r *gradientRecorder) Gradient(dst, x []float32, n, _ int) {
	clear(dst[:n*r.d])
	r.rows = append(r.rows, x[:n*r.d]...)
}

// shuffleStream is the one that nn draws the order of an epoch from.
const shuffleStream = 0x6e6e0002

// lesson makes rows to learn, whose class is a curved function of three
// features, and the same standardised and in the order that nn takes them,
// for those who learn as nn does.
func (a Arrays) lesson(t Task) {
	n, d := t.Rows, t.D
	a.random("train/raw", n*d, -1, 1)
	raw := a["train/raw"]
	classes := make([]float32, n)
	for i := range classes {
		if x := raw[i*d:]; float32(x[0]*x[1])+float32(0.5*x[2]) > 0 {
			classes[i] = 1
		}
	}
	a["train/classes"] = classes
	a["train/weights"] = newNetwork(t, nil).State()
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(seed, shuffleStream))
	r.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	judged := make([]float32, 0, learnt*d)
	for _, row := range order[:learnt] {
		judged = append(judged, raw[row*d:(row+1)*d]...)
	}
	a["train/judged"] = judged
	x, y := make([]float32, n*d), make([]float32, n)
	for j := range d {
		mean, scale := moments(raw, n, d, j)
		for i, row := range order {
			x[i*d+j] = float32((float64(raw[row*d+j]) - mean) * scale)
			y[i] = classes[row]
		}
	}
	a["train/x"], a["train/y"] = x, y
}

// moments returns the mean of a column and one over its standard deviation.
func moments(x []float32, n, d, j int) (mean, scale float64) {
	for i := range n {
		mean += float64(x[i*d+j]) / float64(n)
	}
	squares := 0.0
	for i := range n {
		off := float64(x[i*d+j]) - mean
		squares += float64(off * off)
	}
	return mean, 1 / math.Sqrt(squares/float64(n))
}
