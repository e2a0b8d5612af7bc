package additive_test

import (
	"testing"

	"github.com/whybox/whybox/internal/dataset"
)

// BenchmarkEBM trains on breast_cancer for 50 rounds.
func BenchmarkEBM(b *testing.B) {
	p := halves(dataset.BreastCancer(), 1)
	params := usual()
	params.Rounds, params.Patience = 50, 0
	for b.Loop() {
		train(b, p, params)
	}
}
