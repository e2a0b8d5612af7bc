//go:build !js

package draw

import (
	"gonum.org/v1/plot/vg/draw"

	"github.com/whybox/whybox/internal/view"
)

// growth lays out a curve and its points for each name.
func (s *sheet) growth(v *view.Growth) {
	l := legend{width: s.width}
	for i, name := range v.Names {
		l.entries = append(l.entries, entry{lineSwatch(growthStyle(i)), name})
	}
	p := s.quantityPlot(v.X, v.Y, l.height()+2, 0.6)
	s.free(l)
	p.Add(grid{y: true})
	for i, points := range v.Curves {
		p.Add(curve{points, growthStyle(i)}, dots{points, classColour(i)})
	}
}

func growthStyle(i int) draw.LineStyle { return draw.LineStyle{Color: classColour(i), Width: 2} }
