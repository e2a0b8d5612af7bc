package dataset

import (
	"math/rand/v2"
	"slices"
)

// Split deals the rows into a training and a test part and returns their
// indices, ascending. For classification each class gives the same share,
// rounded to whole rows, so that a rare class is in both parts. test is the
// share held out, 0 < test < 1; the same seed gives the same split.
func (t *Table) Split(test float64, seed uint64) (trainRows, testRows []int) {
	if !(test > 0 && test < 1) {
		panic("dataset: the test share must lie between 0 and 1")
	}
	rng := rand.New(rand.NewPCG(seed, 0x5911))
	groups := make([][]int, max(1, len(t.Classes())))
	for i, y := range t.Y {
		group := 0
		if !t.Regression() {
			group = int(y)
		}
		groups[group] = append(groups[group], i)
	}
	for _, rows := range groups {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		held := int(float64(test*float64(len(rows))) + 0.5)
		if len(rows) > 1 {
			held = min(max(held, 1), len(rows)-1)
		}
		testRows = append(testRows, rows[:held]...)
		trainRows = append(trainRows, rows[held:]...)
	}
	slices.Sort(trainRows)
	slices.Sort(testRows)
	return trainRows, testRows
}
