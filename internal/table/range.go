package table

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/dataset"
)

// describe says what the page and its sliders need to know of a column.
func (b *builder) describe(j int, values strided) dataset.Column {
	from := b.Columns[j]
	c := dataset.Column{
		Name: from.Name, Kind: from.Kind,
		Help:       fmt.Sprintf("column %d of the file", j+1),
		Actionable: j != b.Target,
	}
	if c.Kind == dataset.Category {
		c.Categories, c.Step, c.Max = b.names[j], 1, float64(len(b.names[j])-1)
		return c
	}
	c.Unit = from.Unit
	low, high := math.Inf(1), math.Inf(-1)
	values.each(func(v *float32) {
		if *v == *v {
			low, high = min(low, float64(*v)), max(high, float64(*v))
		}
	})
	if low > high { // nothing but missing cells
		low, high = 0, 1
	}
	c.Step = step(low, high, c.Kind == dataset.Integer)
	c.Min, c.Max = outward(low, high, c.Step)
	return c
}

// step returns 1, 2 or 5 times a power of ten, about a hundredth of the range;
// at least 1 for whole numbers.
func step(low, high float64, whole bool) float64 {
	aim := (high - low) / 100
	if aim == 0 {
		aim = max(math.Abs(low)/100, 0.01)
	}
	power := 0
	for math.Pow10(power+1) <= aim {
		power++
	}
	for math.Pow10(power) > aim {
		power--
	}
	size := math.Pow10(power)
	for _, times := range []float64{2, 5} {
		if next := times * math.Pow10(power); next <= aim {
			size = next
		}
	}
	if whole {
		size = max(1, size)
	}
	return size
}

// outward widens a range to whole steps. Far from zero a step may be less than
// the numbers tell apart; there the range stays.
func outward(low, high, step float64) (float64, float64) {
	from, to := float64(math.Floor(low/step)*step), float64(math.Ceil(high/step)*step)
	if !(from <= low) || from < -math.MaxFloat32 {
		from = low
	}
	if !(to >= high) || to > math.MaxFloat32 {
		to = high
	}
	if to-from < step {
		to = from + step
	}
	if to == from {
		to = math.Nextafter(from, math.Inf(1))
	}
	return from, to
}

// plane chooses the first two quantities, or the first two columns.
func plane(columns []dataset.Column) [2]int {
	var chosen []int
	for _, wanted := range []bool{true, false} {
		for j, c := range columns {
			if (c.Kind != dataset.Category) == wanted && len(chosen) < 2 {
				chosen = append(chosen, j)
			}
		}
	}
	if len(chosen) == 1 {
		return [2]int{chosen[0], chosen[0]}
	}
	return [2]int{chosen[0], chosen[1]}
}
