package model

import (
	"cmp"
	"slices"
)

// AUC is the area under the ROC curve: the chance that a row of the class gets a
// higher score than a row of another, a tie counting half. scores and y have n
// values, y class indices. It is NaN where either kind of row is missing.
//
// Source: J. A. Hanley, B. J. McNeil. The meaning and use of the area under a
// receiver operating characteristic (ROC) curve. Radiology 1982.
func AUC(scores, y []float32, class int) float64 {
	order := make([]int, len(y))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	won, below, inside := 0.0, 0, 0 // pairs won, rows of other classes with a lower score, rows of the class
	for from := 0; from < len(order); {
		to, tied, own := from, 0, 0
		for ; to < len(order) && scores[order[to]] == scores[order[from]]; to++ {
			if int(y[order[to]]) == class {
				own++
			} else {
				tied++
			}
		}
		if to == from { // not a number
			to++
		}
		won += float64(own * (2*below + tied))
		below, inside, from = below+tied, inside+own, to
	}
	return won / 2 / float64(inside*below)
}
