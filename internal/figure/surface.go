package figure

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

const (
	gridCells  = 72  // a side of the surface's grid
	mostPoints = 600 // drawn on a surface
)

// surface shows the model over two features, the others held at the present
// row.
func (f *Figure) surface() (*view.Surface, error) {
	jx, jy := f.plane()
	cx, cy := &f.table.Columns[jx], &f.table.Columns[jy]
	v := &view.Surface{X: axisOf(cx), Y: axisOf(cy), Classes: f.table.Classes(), Score: labelOf(&f.table.Target),
		Cols: gridCells, Rows: gridCells,
		Present: [2]float64{float64(f.x[jx]), float64(f.x[jy])}, PresentClass: model.Best(f.scores)}
	v.X.Min, v.X.Max = f.extent(jx)
	v.Y.Min, v.Y.Max = f.extent(jy)
	grid, err := f.grid(v, jx, jy)
	if err != nil {
		return nil, err
	}
	v.Grid = grid
	v.Lo, v.Hi = rangeOf(grid)
	predicted, err := f.predictions()
	if err != nil {
		return nil, err
	}
	v.Points, _ = remember(f.b, keyOf("points", f.weightsKey(), jx, jy), func() ([]view.SurfacePoint, error) { return f.points(jx, jy, predicted), nil })
	found, err := f.counterfactuals()
	if err != nil {
		found = nil // the flips view says why
	}
	for _, c := range found {
		v.Paths = append(v.Paths, f.project(c, jx, jy))
	}
	v.Head = f.surfaceHead(jx, jy, predicted)
	return v, nil
}

// extent is the range of a column that the rows fill, with a margin, and wide
// enough for the present row. It stays the same while the row moves inside it.
func (f *Figure) extent(j int) (lo, hi float64) {
	filled, _ := remember(f.b, keyOf("extent", f.b.dataKey, j), func() ([2]float64, error) {
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range f.table.Rows() {
			lo, hi = stretch(lo, hi, float64(f.table.Row(i)[j]))
		}
		return [2]float64{lo, hi}, nil
	})
	lo, hi = filled[0], filled[1]
	c := &f.table.Columns[j]
	if lo > hi { // nothing but missing values
		lo, hi = c.Min, c.Max
	}
	margin := 0.08 * (hi - lo)
	lo, hi = max(c.Min, lo-margin), min(c.Max, hi+margin)
	return stretch(lo, hi, float64(f.x[j]))
}

// stretch widens a range to take in v, if it is not missing. It compares, since
// min and max are calls in WebAssembly.
func stretch(lo, hi, v float64) (float64, float64) {
	if v < lo {
		lo = v
	}
	if v > hi {
		hi = v
	}
	return lo, hi
}

// plane returns the columns on the axes: the spec's, else the table's first
// choice.
func (f *Figure) plane() (jx, jy int) {
	jx, jy = f.table.Plane[0], f.table.Plane[1]
	if j := f.table.Column(f.s.View.X); j >= 0 {
		jx = j
	}
	if j := f.table.Column(f.s.View.Y); j >= 0 {
		jy = j
	}
	if jx == jy {
		jy = (jx + 1) % len(f.table.Columns)
	}
	return jx, jy
}

// grid scores the plane, top row first. It depends on the other features
// only, so dragging the point over the plane costs nothing.
func (f *Figure) grid(v *view.Surface, jx, jy int) ([]float32, error) {
	still := append([]float32(nil), f.x...)
	still[jx], still[jy] = 0, 0
	key := keyOf("grid", f.weightsKey(), bitsOf(still), jx, jy, v.X, v.Y)
	return remember(f.b, key, func() ([]float32, error) {
		d, k := f.problem.D, f.problem.K
		out := make([]float32, v.Rows*v.Cols*k)
		line := make([]float32, v.Cols*d)
		m := f.model
		for r := range v.Rows {
			y := v.Y.Max - (float64(r)+0.5)/float64(v.Rows)*(v.Y.Max-v.Y.Min)
			for c := range v.Cols {
				row := line[c*d : (c+1)*d]
				copy(row, f.x)
				row[jx] = float32(v.X.Min + (float64(c)+0.5)/float64(v.Cols)*(v.X.Max-v.X.Min))
				row[jy] = float32(y)
			}
			m.Predict(out[r*v.Cols*k:(r+1)*v.Cols*k], line, v.Cols)
			if err := f.pace("drawing", r, v.Rows); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

func rangeOf(values []float32) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		lo, hi = stretch(lo, hi, float64(v))
	}
	if lo == hi {
		hi = lo + 1
	}
	return lo, hi
}

// right is the share of all rows whose class is predicted.
func (f *Figure) right(predicted []float32) float64 {
	k, hits := f.problem.K, 0
	for i, y := range f.table.Y {
		if model.Best(predicted[i*k:(i+1)*k]) == int(y) {
			hits++
		}
	}
	return float64(hits) / float64(len(f.table.Y))
}

// points lists the data rows, evenly thinned where there are too many.
func (f *Figure) points(jx, jy int, predicted []float32) []view.SurfacePoint {
	n := f.table.Rows()
	held := make(map[int]bool, len(f.split.test))
	for _, i := range f.split.test {
		held[i] = true
	}
	step := (n + mostPoints - 1) / mostPoints
	var out []view.SurfacePoint
	for i := 0; i < n; i += step {
		x := f.table.Row(i)
		p := view.SurfacePoint{X: float64(x[jx]), Y: float64(x[jy]), Row: i, Test: held[i], Value: float64(f.table.Y[i])}
		if !f.table.Regression() {
			p.Class = int(f.table.Y[i])
			p.Wrong = !f.table.Unlabelled && model.Best(predicted[i*f.problem.K:(i+1)*f.problem.K]) != p.Class
		}
		out = append(out, p)
	}
	return out
}

// predictions scores every row of the table with the model as it stands.
func (f *Figure) predictions() ([]float32, error) {
	return remember(f.b, keyOf("predictions", f.weightsKey()), func() ([]float32, error) {
		n := f.table.Rows()
		return model.PredictAll(f.model, f.table.X, n, func() error { return f.pace("drawing", 0, n) })
	})
}

// project lays a counterfactual's path on the plane.
func (f *Figure) project(c explain.Counterfactual, jx, jy int) [][2]float64 {
	d := f.problem.D
	path := [][2]float64{{float64(f.x[jx]), float64(f.x[jy])}}
	for i := 0; i+d <= len(c.Path); i += d {
		path = append(path, [2]float64{float64(c.Path[i+jx]), float64(c.Path[i+jy])})
	}
	return append(path, [2]float64{float64(c.X[jx]), float64(c.X[jy])})
}

func (f *Figure) surfaceHead(jx, jy int, predicted []float32) view.Head {
	h := view.Head{Name: "surface", Title: fmt.Sprintf("What the model decides over %s and %s", f.table.Columns[jx].Name, f.table.Columns[jy].Name)}
	h.Summary = fmt.Sprintf("At the ringed point the model says %s.", f.outcome(f.scores))
	switch {
	case f.table.Unlabelled:
	case f.s.Model.Name == spec.Own && !f.table.Regression():
		h.Summary += fmt.Sprintf(" It gets %s of the rows right.", percent(f.right(predicted)))
	case !f.table.Regression():
		h.Summary += fmt.Sprintf(" It gets %s of the %s it has not seen right.", percent(f.quality().TestFit), plural(len(f.split.test), "row"))
	case f.s.Model.Name != spec.Own:
		h.Summary += fmt.Sprintf(" On rows it has not seen it explains %s of the spread.", percent(max(0, f.quality().TestFit)))
	}
	if len(f.table.Columns) > 2 {
		h.Note = fmt.Sprintf("A slice: the other %s stay as in this %s.", plural(len(f.table.Columns)-2, "feature"), f.table.Unit)
	}
	h.Table, _ = remember(f.b, keyOf("surface table", f.weightsKey(), jx, jy), func() (view.Table, error) { return f.surfaceTable(jx, jy, predicted), nil })
	return h
}

func (f *Figure) surfaceTable(jx, jy int, predicted []float32) view.Table {
	cx, cy := &f.table.Columns[jx], &f.table.Columns[jy]
	t := view.Table{Caption: "The first rows and the model's answer", Columns: []string{"row", cx.Name, cy.Name, "true", "predicted"}}
	k := f.problem.K
	for i := 0; i < min(30, f.table.Rows()); i++ {
		x := f.table.Row(i)
		t.Rows = append(t.Rows, []string{fmt.Sprint(i), valueText(cx, float64(x[jx])), valueText(cy, float64(x[jy])),
			valueText(&f.table.Target, float64(f.table.Y[i])), f.outcome(predicted[i*k : (i+1)*k])})
	}
	return t
}

// last is the newest point of the loss curve.
func (f *Figure) last() model.Point { return f.b.history[len(f.b.history)-1] }
