package figure

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/view"
)

// saliency lays the attribution of the present image over it.
func (f *Figure) saliency(second bool) (*view.Saliency, error) {
	t := f.table
	v := &view.Saliency{Height: t.Height, Width: t.Width, Pixels: f.x, PixelMin: float32(t.Columns[0].Min), PixelMax: float32(t.Columns[0].Max), Limit: 1}
	e, a, err := f.chosen(second)
	if err != nil {
		return nil, err
	}
	v.Values = a.Values
	if limit := math.Abs(a.Values[byMagnitude(a.Values)[0]]); limit > 0 {
		v.Limit = limit
	}
	if found, err := f.counterfactuals(); err == nil && len(found) > 0 && !second {
		v.Flip, v.FlipLabel = found[0].X, f.outcome(found[0].Scores)
	}
	v.Head = view.Head{Name: "saliency", Title: f.whyTitle(e), Note: f.note(e, a, 0), Table: f.attributionTable(e, a, f.bars(a))}
	v.Summary = f.saliencySummary(a.Values)
	return v, nil
}

func (f *Figure) saliencySummary(values []float64) string {
	var up, down float64
	for _, v := range values {
		if v > 0 {
			up += v
		} else {
			down -= v
		}
	}
	text := fmt.Sprintf("The model sees a %s. ", f.outcome(f.scores))
	if up+down == 0 {
		return text + "No pixel moves the score."
	}
	return text + fmt.Sprintf("Orange pixels speak for %s, blue ones against it: %s of the pull is for it.", f.className(), percent(up/(up+down)))
}
