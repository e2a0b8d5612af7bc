package nn

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// noise has n rows of d random features and k classes.
func noise(n, d, k int) model.Problem {
	r := rand.New(rand.NewPCG(11, 1))
	p := model.Problem{D: d, K: k, Seed: 1}
	for i := range n * d {
		p.TrainX = append(p.TrainX, float32(r.IntN(17)))
		if i < n {
			p.TrainY = append(p.TrainY, float32(i%k))
		}
	}
	return p
}

// noisyImages is noise in squares of pixels.
func noisyImages(n, side int) model.Problem {
	p := noise(n, side*side, 10)
	p.Height, p.Width = side, side
	return p
}

// adam trains a multilayer perceptron for benchmarks.
func adam(batch int, hidden ...int) MLPParams {
	return MLPParams{Hidden: hidden, Activation: "relu", Optimizer: "adam", Rate: 0.001, Batch: batch, Epochs: 1}
}

// gemmRate measures what kernel.Gemm reaches on n×units times units×units, in
// FLOP a nanosecond.
func gemmRate(n, units int) float64 {
	a, w, dst := make([]float32, n*units), make([]float32, units*units), make([]float32, n*units)
	best := time.Hour
	for range 5 {
		start := time.Now()
		times := 0
		for time.Since(start) < 20*time.Millisecond {
			for range 10 {
				kernel.Gemm(dst, a, w, nil, n, units, units, kernel.ActNone)
			}
			times += 10
		}
		best = min(best, time.Since(start)/time.Duration(times))
	}
	return 2 * float64(n) * float64(units) * float64(units) / float64(best.Nanoseconds())
}

// reportRate reports the rate of flop floating-point operations an iteration,
// and its share of gemm.
func reportRate(b *testing.B, flop, gemm float64) {
	rate := flop * float64(b.N) / float64(b.Elapsed().Nanoseconds())
	b.ReportMetric(rate, "GFLOP/s")
	b.ReportMetric(rate/gemm, "of-gemm")
}

// forwardFlop returns the operations of one row forward through the layers.
func forwardFlop(sizes ...int) float64 {
	flop := 0
	for i, out := range sizes[1:] {
		flop += 2 * sizes[i] * out
	}
	return float64(flop)
}

// BenchmarkMLPEpoch trains 30-64-64-2 for one epoch of 10,000 rows.
func BenchmarkMLPEpoch(b *testing.B) {
	p := noise(10000, 30, 2)
	for range b.N {
		b.StopTimer()
		tr := newMLP(b, p, adam(32, 64, 64))
		b.StartTimer()
		train(b, tr, 0)
	}
}

// BenchmarkMLPStep is forward and backward of a large batch, and Adam.
func BenchmarkMLPStep(b *testing.B) {
	for _, units := range []int{64, 256} {
		b.Run(fmt.Sprint(units), func(b *testing.B) {
			const rows = 256
			rate := gemmRate(rows, units)
			params := adam(rows, units, units)
			params.Epochs = b.N
			tr := newMLP(b, noise(rows, 30, 2), params)
			// Backward has the gradients of weights and inputs, but those of the rows.
			flop := rows * (3*forwardFlop(30, units, units, 2) - forwardFlop(30, units))
			b.ResetTimer()
			train(b, tr, 0)
			reportRate(b, flop, rate)
		})
	}
}

// BenchmarkMLPPredict scores rows with 30-64-64-2.
func BenchmarkMLPPredict(b *testing.B) {
	p := noise(10000, 30, 2)
	m := newMLP(b, p, adam(32, 64, 64)).Model()
	for _, n := range []int{1, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rate := gemmRate(256, 64)
			dst := make([]float32, 2*n)
			b.ResetTimer()
			for range b.N {
				m.Predict(dst, p.TrainX, n)
			}
			reportRate(b, float64(n)*forwardFlop(30, 64, 64, 2), rate)
		})
	}
}

// BenchmarkMLPMixed scores 2,048 choices from a row and each of 100 others with
// 30-64-64-2: what Kernel SHAP asks for. The operations are those of built
// rows.
func BenchmarkMLPMixed(b *testing.B) {
	const n, s = 100, 2048
	p := noise(n+1, 30, 2)
	m := newMLP(b, p, adam(32, 64, 64)).Model().(Classifier)
	r := rand.New(rand.NewPCG(12, 1))
	take := make([]int32, s*30)
	for i := range take {
		take[i] = -int32(r.IntN(2))
	}
	rate := gemmRate(256, 64)
	dst := make([]float32, n*s*2)
	b.ResetTimer()
	for range b.N {
		m.PredictMixed(dst, p.TrainX[:30], p.TrainX[30:], take, n, s)
	}
	reportRate(b, n*s*forwardFlop(30, 64, 64, 2), rate)
}

// BenchmarkCNNEpoch trains 8 filters for one epoch of 1,350 images of 8×8
// pixels.
func BenchmarkCNNEpoch(b *testing.B) {
	p := noisyImages(1350, 8)
	params := CNNParams{Filters: 8, Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 1}
	for range b.N {
		train(b, newCNN(b, p, params), 0)
	}
}

// BenchmarkCNN scores and differentiates images of 28×28 pixels with 16
// filters.
func BenchmarkCNN(b *testing.B) {
	p := noisyImages(256, 28)
	m := newCNN(b, p, CNNParams{Filters: 16, Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 1}).Model().(Classifier)
	const flop = 2 * (28*28*9*16 + 14*14*9*16*32 + 7*7*32*10)
	for _, n := range []int{1, 256} {
		b.Run(fmt.Sprint("Predict", n), func(b *testing.B) {
			rate := gemmRate(256, 64)
			dst := make([]float32, 10*n)
			b.ResetTimer()
			for range b.N {
				m.Predict(dst, p.TrainX, n)
			}
			reportRate(b, flop*float64(n), rate)
		})
		b.Run(fmt.Sprint("Gradient", n), func(b *testing.B) {
			rate := gemmRate(256, 64)
			dst := make([]float32, n*28*28)
			b.ResetTimer()
			for range b.N {
				m.Gradient(dst, p.TrainX, n, 3)
			}
			reportRate(b, 2*flop*float64(n), rate)
		})
	}
}
