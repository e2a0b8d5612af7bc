package nn

import (
	"math/rand/v2"
	"testing"

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

// BenchmarkMLP trains 30-16-16-2 for 1,300 steps of 32 rows.
func BenchmarkMLP(b *testing.B) {
	p := noise(416, 30, 2)
	params := MLPParams{Hidden: []int{16, 16}, Activation: "relu", Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 100}
	for range b.N {
		train(b, newMLP(b, p, params), 0)
	}
}

// BenchmarkCNN trains 8 filters for 8 epochs on 1,350 images of 8×8 pixels.
func BenchmarkCNN(b *testing.B) {
	p := noise(1350, 64, 10)
	p.Height, p.Width = 8, 8
	params := CNNParams{Filters: 8, Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 8}
	for range b.N {
		train(b, newCNN(b, p, params), 0)
	}
}

// BenchmarkPredict scores 10,000 rows with 30-64-64-2.
func BenchmarkPredict(b *testing.B) {
	p := noise(10000, 30, 2)
	m := newMLP(b, p, MLPParams{Hidden: []int{64, 64}, Activation: "relu", Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 1}).Model()
	dst := make([]float32, 20000)
	for range b.N {
		m.Predict(dst, p.TrainX, 10000)
	}
}

// BenchmarkGradientOne is the gradient of one image.
func BenchmarkGradientOne(b *testing.B) {
	p := noise(100, 64, 10)
	p.Height, p.Width = 8, 8
	m := newCNN(b, p, CNNParams{Filters: 8, Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 1}).Model().(Classifier)
	dst := make([]float32, 64)
	for range b.N {
		m.Gradient(dst, p.TrainX[:64], 1, 3)
	}
}
