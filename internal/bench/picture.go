package bench

import (
	"fmt"
	"strings"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/view"
)

// Pictures returns the curves of growth as SVG files, by name.
func (r *Report) Pictures() (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, s := range r.Growth {
		v := r.curves(s)
		if len(v.Curves) == 0 {
			continue
		}
		picture, err := draw.Standalone(v, draw.Size{})
		if err != nil {
			return nil, fmt.Errorf("draw the growth over %s: %w", s.Over, err)
		}
		out["bench-"+strings.ReplaceAll(s.Over, " ", "-")+".svg"] = picture
	}
	return out, nil
}

// curves returns the picture of a series: a curve for each contender that has
// more than one point.
func (r *Report) curves(s Series) *view.Growth {
	v := &view.Growth{
		Head: view.Head{Name: "growth", Title: "KernelSHAP over more and more " + s.Over, Summary: "2,048 coalitions of one row of an MLP with two hidden layers of 64, in Chromium; the median of the repeats."},
		X:    view.Axis{Label: s.Over},
		Y:    view.Axis{Label: "time (ms)"},
	}
	for _, c := range r.Contenders {
		var points [][2]float64
		for _, x := range s.Points {
			if t := x.timing(c.Key); t != nil {
				points = append(points, [2]float64{s.size(x), t.Median})
				v.X.Max, v.Y.Max = max(v.X.Max, s.size(x)), max(v.Y.Max, t.Median)
			}
		}
		if len(points) > 1 {
			v.Names, v.Curves = append(v.Names, c.Name), append(v.Curves, points)
		}
	}
	return v
}

func (s Series) size(x Result) float64 {
	if s.Over == "features" {
		return float64(x.Task.D)
	}
	return float64(x.Task.Rows)
}
