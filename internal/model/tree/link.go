package tree

import "github.com/whybox/whybox/internal/kernel"

// Link turns margins into scores.
type Link int

// The links. Their inverses turn the base score of a file into a margin.
const (
	Identity Link = iota // the margin itself
	Logistic             // 1/(1+e^-z), each score for itself
	Softmax              // e^z/Σe^z over the scores of a row
	Exp                  // e^z: counts, amounts, rates
	Step                 // 1 where z > 0, else 0
)

// Apply replaces the margins of n rows (n×k) by scores.
func (l Link) Apply(dst []float32, n, k int) {
	switch l {
	case Logistic:
		for i, z := range dst {
			dst[i] = kernel.Sigmoid(z)
		}
	case Softmax:
		kernel.Softmax(dst, dst, n, k)
	case Exp:
		kernel.Exps(dst, dst)
	case Step:
		for i, z := range dst {
			dst[i] = 0
			if z > 0 {
				dst[i] = 1
			}
		}
	}
}
