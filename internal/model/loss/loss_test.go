package loss_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/loss"
)

// The slopes are the derivatives of the loss of a row by its margins, by
// central differences; for more than two classes the second is twice as large.
func TestSlopesAreDerivatives(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const h = 1. / 16
	for range 200 {
		p := model.Problem{D: 1, K: 1 + r.IntN(4), TrainX: []float32{0}}
		p.Regression = p.K == 1
		p.TrainY = []float32{float32(r.IntN(p.K))}
		l := loss.Of(p)
		margins := make([]float32, p.K)
		for c := range margins {
			margins[c] = float32(r.NormFloat64())
		}
		for c := range l.Outputs() {
			at := func(by float32) []float32 {
				z := append([]float32(nil), margins...)
				if p.K == 2 {
					z[0], z[1] = -(margins[1] + by), margins[1]+by
				} else {
					z[c] += by
				}
				l.Link(z, 1)
				return z
			}
			low, middle, high := l.Row(0, at(-h)), l.Row(0, at(0)), l.Row(0, at(h))
			first, second := (high-low)/(2*h), (high-2*middle+low)/(h*h)
			if p.K > 2 {
				second *= 2
			}
			var target, weight [1]float64
			l.Slope(target[:], weight[:], at(0), c)
			if math.Abs(target[0]+first) > 2e-3 || math.Abs(weight[0]-second) > 2e-3 {
				t.Fatalf("%d classes, output %d: slopes %v and %v, by differences %v and %v", p.K, c, target, weight, -first, second)
			}
		}
	}
}

// At the start no constant does better: the slopes sum to 0.
func TestStartIsBestConstant(t *testing.T) {
	for _, p := range []model.Problem{
		{D: 1, K: 1, Regression: true, TrainX: make([]float32, 4), TrainY: []float32{1, 2, 4, 9}},
		{D: 1, K: 2, TrainX: make([]float32, 5), TrainY: []float32{0, 1, 1, 1, 0}},
		{D: 1, K: 3, TrainX: make([]float32, 6), TrainY: []float32{0, 1, 2, 1, 2, 2}},
	} {
		l := loss.Of(p)
		n := len(p.TrainY)
		var scores []float32
		for range n {
			scores = append(scores, l.Start()...)
		}
		l.Link(scores, n)
		target, weight := make([]float64, n), make([]float64, n)
		for c := range l.Outputs() {
			l.Slope(target, weight, scores, c)
			sum := 0.0
			for _, v := range target {
				sum += v
			}
			if math.Abs(sum) > 1e-5 {
				t.Errorf("%d classes: the slopes of output %d sum to %v", p.K, c, sum)
			}
		}
	}
}
