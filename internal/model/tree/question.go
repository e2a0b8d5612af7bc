package tree

import (
	"math"

	"github.com/whybox/whybox/internal/kernel"
)

// Question is what a split of an ensemble asks of one feature. The answer yes
// leads to the left child.
type Question struct {
	Feature     int
	Categorical bool    // asks whether ⌊x⌋ is among Codes, else whether x is below Threshold
	Threshold   float32 // data units, as the trees were given; may be infinite
	Closed      bool    // x = Threshold is a yes: the question is x ≤ Threshold
	Codes       []int32 // ascending; may be empty. They belong to the ensemble
	MissingLeft bool    // a missing value (NaN) is a yes
}

// Question tells what node i of tree t asks. A leaf asks about feature -1.
func (m *Margins) Question(t, i int) Question {
	at := m.from[t] + int32(i)
	n := m.nodes[at]
	if n.What&kernel.BranchLeaf != 0 {
		return Question{Feature: -1}
	}
	q := Question{Feature: int(n.What & column), MissingLeft: n.What&kernel.BranchMissingLeft != 0}
	if n.What&categorical != 0 {
		q.Categorical, q.Codes = true, m.codes[m.sets[at].from:m.sets[at].to]
		return q
	}
	if q.Threshold, q.Closed = n.Split, m.closed; q.Closed {
		q.Threshold = math.Nextafter32(n.Split, float32(math.Inf(-1))) // takes back what the packer did
	}
	return q
}
