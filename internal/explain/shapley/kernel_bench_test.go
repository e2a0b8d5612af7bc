package shapley

import (
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/nn"
)

// 2048 coalitions of 30 features over 50 background rows, of a network of
// 30-16-16-2.
func BenchmarkKernel(b *testing.B) {
	table := dataset.BreastCancer()
	p := model.Problem{TrainX: table.X, TrainY: table.Y, TestX: table.X, TestY: table.Y, D: 30, K: 2, Seed: 1}
	trainer, err := nn.NewMLP(p, nn.MLPParams{Hidden: []int{16, 16}, Activation: "relu", Optimizer: "adam", Rate: 0.01, Batch: 16, Epochs: 5})
	if err != nil {
		b.Fatal(err)
	}
	for !trainer.Done() {
		if err := trainer.Step(); err != nil {
			b.Fatal(err)
		}
	}
	q := explain.Query{Model: trainer.Model(), X: table.Row(0), Class: 1, Background: table.X[30 : 51*30]}
	for b.Loop() {
		q.Rand = rand.New(rand.NewPCG(1, 1))
		q.Pace = func(done, of int) error {
			b.ReportMetric(float64(of), "rows")
			return nil
		}
		if _, err := Kernel(q, KernelParams{Samples: 2048}); err != nil {
			b.Fatal(err)
		}
	}
}
