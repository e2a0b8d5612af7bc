package task

import (
	"math/rand/v2"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
)

// recorder is a model that writes down which features each row it is asked for
// has from x.
type recorder struct {
	x     []float32
	masks []float32
}

func (r *recorder) Dims() (d, k int) { return len(r.x), 1 }

func (r *recorder) Predict(dst, x []float32, n int) {
	clear(dst[:n])
	d := len(r.x)
	for i, v := range x[:n*d] {
		mask := float32(0)
		if v == r.x[i%d] {
			mask = 1
		}
		r.masks = append(r.masks, mask)
	}
}

// coalitions finds out which coalitions KernelSHAP values, by asking it about a
// row of ones before a background of zeros, and weighs them for those who solve
// for themselves: a pair by Shapley's kernel where every pair of its size is
// there, the others alike with what is left.
func (a Arrays) coalitions(t Task) error {
	name := t.Net() + "/masks"
	if a[name] != nil {
		return nil
	}
	r := &recorder{x: ones(t.D)}
	q := explain.Query{Model: r, X: r.x, Background: make([]float32, t.D), Rand: source()}
	if _, err := shapley.Kernel(q, shapley.KernelParams{Samples: Coalitions}); err != nil {
		return err
	}
	a[name] = r.masks
	a[t.Net()+"/pairs"] = pairWeights(r.masks, t.D)
	return nil
}

func ones(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// source is where explainers take their chances from.
func source() *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// pairWeights returns a weight for each two of the masks, in all 1, the first
// pair aside.
func pairWeights(masks []float32, d int) []float32 {
	n := len(masks) / (2 * d)
	size, count := make([]int, n), make([]float64, d/2+1)
	for p := 1; p < n; p++ {
		members := 0
		for _, m := range masks[2*p*d : (2*p+1)*d] {
			members += int(m)
		}
		size[p] = min(members, d-members)
		count[size[p]]++
	}
	mass, all := make([]float64, d/2+1), 0.0
	for s := 1; s <= d/2; s++ {
		mass[s] = 2 / float64(s*(d-s))
		if 2*s == d {
			mass[s] /= 2
		}
		all += mass[s]
	}
	drawn, rest := 0.0, 1.0
	whole := make([]bool, d/2+1)
	for s := 1; s <= d/2; s++ {
		if whole[s] = count[s] == pairsOf(d, s); whole[s] {
			rest -= mass[s] / all
		} else {
			drawn += count[s]
		}
	}
	out := make([]float32, n)
	for p := 1; p < n; p++ {
		if s := size[p]; whole[s] {
			out[p] = float32(mass[s] / all / count[s])
		} else {
			out[p] = float32(rest / drawn)
		}
	}
	return out
}

// pairsOf returns how many pairs there are whose smaller coalition has s of d
// features.
func pairsOf(d, s int) float64 {
	n := 1.0
	for i := 1; i <= s; i++ {
		n = n * float64(d-s+i) / float64(i)
	}
	if 2*s == d {
		n /= 2
	}
	return n
}
