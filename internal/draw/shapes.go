package draw

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// corners holds the outline of each class's shape around the origin, of about
// equal area; the circle has none. Class k uses shape k mod 8, so that colour
// is never the only cue.
var corners = [8][]vg.Point{
	nil,                                // circle
	polygon(3, math.Pi/2, 1.45),        // triangle
	polygon(4, math.Pi/4, 1.25),        // square
	polygon(4, 0, 1.3),                 // diamond
	polygon(3, -math.Pi/2, 1.45),       // triangle, down
	starlike(4, math.Pi/4, 1.35, 0.52), // four-pointed star, slanted: a cross
	polygon(6, 0, 1.12),                // hexagon
	starlike(5, math.Pi/2, 1.5, 0.65),  // star
}

func polygon(n int, start, radius float64) []vg.Point {
	out := make([]vg.Point, n)
	for i := range out {
		sin, cos := math.Sincos(start + 2*math.Pi*float64(i)/float64(n))
		out[i] = vg.Point{X: vg.Length(radius * cos), Y: vg.Length(radius * sin)}
	}
	return out
}

func starlike(n int, start, outer, inner float64) []vg.Point {
	tips := polygon(n, start, outer)
	dents := polygon(n, start+math.Pi/float64(n), inner)
	out := make([]vg.Point, 0, 2*n)
	for i := range tips {
		out = append(out, tips[i], dents[i])
	}
	return out
}

// appendShape adds the shape of a class around pt to the path.
func appendShape(path vg.Path, class int, pt vg.Point, radius vg.Length) vg.Path {
	outline := corners[class%len(corners)]
	if outline == nil {
		return appendCircle(path, pt, radius)
	}
	for i, p := range outline {
		at := pt.Add(p.Scale(radius))
		if i == 0 {
			path.Move(at)
		} else {
			path.Line(at)
		}
	}
	path.Close()
	return path
}

func appendCircle(path vg.Path, pt vg.Point, radius vg.Length) vg.Path {
	path.Arc(pt, radius, 0, 2*math.Pi)
	path.Close()
	return path
}

func appendRectangle(path vg.Path, left, bottom, right, top vg.Length) vg.Path {
	path.Move(vg.Point{X: left, Y: bottom})
	path.Line(vg.Point{X: right, Y: bottom})
	path.Line(vg.Point{X: right, Y: top})
	path.Line(vg.Point{X: left, Y: top})
	path.Close()
	return path
}

// polyline returns an open path through the points.
func polyline(points ...vg.Point) vg.Path {
	path := make(vg.Path, 0, len(points))
	for i, p := range points {
		if i == 0 {
			path.Move(p)
		} else {
			path.Line(p)
		}
	}
	return path
}
