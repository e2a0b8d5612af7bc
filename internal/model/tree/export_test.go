package tree

import "github.com/whybox/whybox/internal/model"

// StartAt makes a boosting trainer that has done no step begin at these margins
// (k), as a peer did.
func StartAt(t model.Trainer, base []float32) {
	b := t.(*booster)
	b.ensemble.margins.base = base
	b.predict()
}
