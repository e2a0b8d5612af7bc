package dataset

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Causes is the causal model behind the columns of a table.
type Causes struct {
	model causalModel
	place []int // of each column in the model
}

// newCauses panics where a column is no variable of the model.
func newCauses(m causalModel, columns []Column) *Causes {
	c := &Causes{model: m, place: make([]int, len(columns))}
	for j, column := range columns {
		c.place[j] = slices.IndexFunc(m, func(v variable) bool { return v.name == column.Name })
		if c.place[j] < 0 {
			panic("dataset: a column that the causal model does not have")
		}
	}
	return c
}

// Parents returns for each column those that cause it directly.
func (c *Causes) Parents() [][]int {
	out := make([][]int, len(c.place))
	for j, at := range c.place {
		for _, cause := range c.model[at].causes {
			out[j] = append(out[j], slices.Index(c.place, cause.of))
		}
	}
	return out
}

// Intervene writes a row as it comes about in one world to dst: the columns that
// are known are set to their value in x, the others follow from their causes and
// from the chances of that world, which are the same whatever is set. All have
// one value a column.
func (c *Causes) Intervene(dst, x []float32, known []bool, world uint64) {
	fixed := make([]float64, len(c.model))
	for i := range fixed {
		fixed[i] = math.NaN()
	}
	for j, at := range c.place {
		if known[j] {
			fixed[at] = float64(x[j])
		}
	}
	row := c.model.draw(rand.New(rand.NewPCG(world, 8)), fixed)
	for j, at := range c.place {
		dst[j] = float32(row[at])
	}
}
