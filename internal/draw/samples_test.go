package draw

import (
	"math"
	"math/rand/v2"

	"github.com/whybox/whybox/internal/view"
)

// sample is a view as the page would show it, with made-up but plausible
// numbers.
type sample struct {
	name string
	view view.View
}

func samples() []sample {
	return append([]sample{
		{"surface-moons", moons(40, 150)},
		{"surface-three", threeClasses()},
		{"surface-missing", gappySurface()},
		{"surface-regression", regressionSurface()},
		{"waterfall", tumour(true)},
		{"waterfall-partial", tumour(false)},
		{"waterfall-groups", inGroups()},
		{"importance", importance()},
		{"importance-parts", inParts()},
		{"saliency", digit(true)},
		{"saliency-image", digit(false)},
		{"flips", flips()},
		{"loss", training()},
		{"effect", effect()},
		{"effect-category", categories()},
		{"effect-missing", gappyEffect()},
		{"confusion", confusion()},
		{"fit", fitted()},
	}, append(append(append(cohortSamples(), treeSamples()...), paperSamples()...), shapeSamples()...)...)
}

func head(name, title, summary string) view.Head {
	return view.Head{Name: name, Title: title, Summary: summary}
}

// uniform returns a number in -1..1.
func uniform(r *rand.Rand) float64 { return 2*r.Float64() - 1 }

// moonScore is a smooth stand-in for a classifier of two moons.
func moonScore(x, y float64) float64 {
	m := 2.6*y - 1.2 - 1.6*math.Sin(2.2*x-1.2) + 0.3*x
	return 1 / (1 + math.Exp(-2.2*m))
}

func moons(grid, n int) *view.Surface {
	r := rand.New(rand.NewPCG(1, 1))
	v := &view.Surface{
		Head: head("surface", "Moons: what the network decides", "This row is predicted lower, 71 % sure. Moving it by 0.4 along y would flip it."),
		X:    view.Axis{Label: "x", Min: -1.6, Max: 2.6}, Y: view.Axis{Label: "y", Min: -1.2, Max: 1.7},
		Classes: []string{"lower", "upper"}, Cols: grid, Rows: grid,
		Present: [2]float64{0.35, 0.05}, PresentClass: 0,
		Paths: [][][2]float64{{{0.35, 0.05}, {0.37, 0.2}, {0.4, 0.42}, {0.41, 0.62}}},
	}
	for i := range grid {
		for j := range grid {
			x := v.X.Min + (float64(j)+0.5)/float64(grid)*(v.X.Max-v.X.Min)
			y := v.Y.Max - (float64(i)+0.5)/float64(grid)*(v.Y.Max-v.Y.Min)
			p := float32(moonScore(x, y))
			v.Grid = append(v.Grid, 1-p, p)
		}
	}
	for i := range n {
		a := r.Float64() * math.Pi
		x, y, class := math.Cos(a), math.Sin(a)*1.1, 1
		if i%2 == 0 {
			x, y, class = 1-math.Cos(a), 0.5-math.Sin(a)*1.1, 0
		}
		x, y = x+0.25*uniform(r), y+0.25*uniform(r)
		predicted := 0
		if moonScore(x, y) > 0.5 {
			predicted = 1
		}
		v.Points = append(v.Points, view.SurfacePoint{X: x, Y: y, Class: class, Row: i, Test: i%4 == 3, Wrong: predicted != class})
	}
	for range 6 {
		v.Background = append(v.Background, [2]float64{0.5 + uniform(r), 0.25 + uniform(r)*0.7})
	}
	return v
}

func threeClasses() *view.Surface {
	r := rand.New(rand.NewPCG(2, 1))
	centres := [3][2]float64{{1.5, 0.3}, {4.3, 1.3}, {5.6, 2.05}}
	v := &view.Surface{
		Head: head("surface", "Which iris?", "This flower is predicted versicolor, 83 % sure."),
		X:    view.Axis{Label: "petal length (cm)", Min: 0.8, Max: 7.2}, Y: view.Axis{Label: "petal width (cm)", Min: 0, Max: 2.7},
		Classes: []string{"setosa", "versicolor", "virginica"}, Cols: 40, Rows: 40,
		Present: [2]float64{4.6, 1.5}, PresentClass: 1,
	}
	scores := func(x, y float64) (out [3]float64) {
		sum := 0.0
		for k, c := range centres {
			out[k] = math.Exp(-1.1*(x-c[0])*(x-c[0]) - 5*(y-c[1])*(y-c[1]))
			sum += out[k]
		}
		for k := range out {
			out[k] = (out[k] + 1e-9) / (sum + 3e-9)
		}
		return out
	}
	for i := range 40 {
		for j := range 40 {
			x := v.X.Min + (float64(j)+0.5)/40*(v.X.Max-v.X.Min)
			y := v.Y.Max - (float64(i)+0.5)/40*(v.Y.Max-v.Y.Min)
			for _, s := range scores(x, y) {
				v.Grid = append(v.Grid, float32(s))
			}
		}
	}
	for i := range 90 {
		k := i % 3
		t := uniform(r) + uniform(r)
		x, y := centres[k][0]+0.45*t, centres[k][1]+0.12*t+0.2*uniform(r)
		if k == 0 {
			x, y = centres[0][0]+0.2*t, centres[0][1]+0.12*uniform(r)
		}
		best := 0
		for c, s := range scores(x, y) {
			if s > scores(x, y)[best] {
				best = c
			}
		}
		v.Points = append(v.Points, view.SurfacePoint{X: x, Y: y, Class: k, Row: i, Test: i%5 == 0, Wrong: best != k})
	}
	return v
}

func regressionSurface() *view.Surface {
	r := rand.New(rand.NewPCG(3, 1))
	v := &view.Surface{
		Head: head("surface", "Predicted progression", "Predicted 152 for this patient; higher BMI and blood pressure raise it."),
		X:    view.Axis{Label: "body mass index (kg/m²)", Min: 18, Max: 43}, Y: view.Axis{Label: "blood pressure (mmHg)", Min: 60, Max: 135},
		Score: "disease progression after one year", Lo: 50, Hi: 320, Cols: 40, Rows: 40,
		Present: [2]float64{26.2, 98}, Paths: [][][2]float64{{{26.2, 98}, {22.4, 84}}, {{26.2, 98}, {21, 98}}},
	}
	f := func(x, y float64) float64 { return 60 + 7*(x-18) + 1.2*(y-60) + 12*math.Sin(x/3) }
	for i := range 40 {
		for j := range 40 {
			v.Grid = append(v.Grid, float32(f(18+(float64(j)+0.5)/40*25, 135-(float64(i)+0.5)/40*75)))
		}
	}
	for i := range 110 {
		x, y := 26+4*(uniform(r)+uniform(r)), 95+15*(uniform(r)+uniform(r))
		v.Points = append(v.Points, view.SurfacePoint{X: x, Y: y, Value: f(x, y) + 60*uniform(r), Row: i, Test: i%4 == 0})
	}
	return v
}

func tumour(cumulative bool) *view.Waterfall {
	v := &view.Waterfall{
		Head:  head("waterfall", "Why 93 % benign?", "The small worst area raises the chance of benign most, by 0.17; the texture lowers it by 0.05."),
		Score: view.Axis{Label: "probability of benign"}, Cumulative: cumulative,
		Base: 0.634, BaseLabel: "average over 50 rows", FinalLabel: "this row",
	}
	for i, b := range []view.Bar{
		{Feature: "worst area", Value: "553.6 mm²", Amount: 0.172, StdErr: 0.004},
		{Feature: "worst concave points", Value: "0.0733", Amount: 0.121, StdErr: 0.006},
		{Feature: "worst texture", Value: "31.4", Amount: -0.051},
		{Feature: "mean concavity", Value: "0.0214", Amount: 0.038},
		{Feature: "area error", Value: "18.15 mm²", Amount: 0.031},
		{Feature: "worst fractal dimension", Value: "0.0812", Amount: -0.024},
		{Feature: "mean radius", Value: "11.76 mm", Amount: 0.019},
		{Feature: "worst smoothness", Value: "0.1388", Amount: -0.014},
		{Feature: "22 other features", Amount: 0.004},
	} {
		b.Index = i
		if b.Value == "" {
			b.Index = -1
		}
		v.Bars = append(v.Bars, b)
	}
	v.Final = v.Base
	for _, b := range v.Bars {
		v.Final += b.Amount
	}
	return v
}

// inParts is an importance over three parts of the rows.
func inParts() *view.Importance {
	v := importance()
	v.Axis.Label = "average size of the change of the probability of class 1"
	var bars []view.Bar
	for i, b := range v.Bars[:4] {
		for k, name := range []string{"class 1 (40)", "class 2 (28)", "class 3 (16)"} {
			size := 0.5 + 0.4*float64((i+k)%3)
			bars = append(bars, view.Bar{Feature: b.Feature + ", " + name, Amount: math.Abs(b.Amount) * size, StdErr: 0.05 * size, Index: i, Part: k + 1})
		}
	}
	v.Bars = bars
	return v
}

// inGroups is tumour with two groups, one of them split.
func inGroups() *view.Waterfall {
	v := tumour(true)
	texture := view.Bar{Feature: "texture (2 features)", Amount: -0.03, StdErr: 0.005, Index: 30, Split: true}
	parts := []view.Bar{{Feature: "worst texture", Value: "31.4", Amount: -0.051, Index: 2, Within: true}, {Feature: "mean texture", Value: "17.2", Amount: 0.021, Index: 3, Within: true}}
	area := view.Bar{Feature: "area (3 features)", Amount: v.Final - v.Base + 0.03, StdErr: 0.01, Index: 31}
	v.Bars = append([]view.Bar{area, texture}, parts...)
	return v
}

func importance() *view.Importance {
	v := &view.Importance{
		Head: head("importance", "What the model leans on", "Shuffling proline hurts most: the loss rises by 0.41 nats."),
		Axis: view.Axis{Label: "rise of the loss when shuffled (nats)"},
	}
	for i, b := range []view.Bar{
		{Feature: "proline", Amount: 0.412, StdErr: 0.031}, {Feature: "flavanoids", Amount: 0.337, StdErr: 0.024},
		{Feature: "colour intensity", Amount: 0.214, StdErr: 0.02}, {Feature: "alcohol", Amount: 0.12, StdErr: 0.011},
		{Feature: "od280/od315 of diluted wines", Amount: 0.096, StdErr: 0.008}, {Feature: "hue", Amount: 0.047, StdErr: 0.006},
		{Feature: "ash", Amount: 0.004, StdErr: 0.002}, {Feature: "nonflavanoid phenols", Amount: -0.003, StdErr: 0.002},
	} {
		b.Index = i
		v.Bars = append(v.Bars, b)
	}
	return v
}

// three is an 8×8 digit as in the UCI digits data, 0..16.
var three = []float32{
	0, 0, 7, 15, 13, 1, 0, 0,
	0, 8, 13, 6, 15, 4, 0, 0,
	0, 2, 1, 13, 13, 0, 0, 0,
	0, 0, 2, 15, 11, 1, 0, 0,
	0, 0, 0, 1, 12, 12, 1, 0,
	0, 0, 0, 0, 1, 10, 8, 0,
	0, 0, 8, 4, 5, 14, 9, 0,
	0, 0, 7, 13, 13, 9, 0, 0,
}

func digit(attributed bool) *view.Saliency {
	v := &view.Saliency{
		Head:   head("saliency", "Why a 3?", "The open left side speaks for a 3; the stroke at the top right speaks against it."),
		Height: 8, Width: 8, Pixels: three, PixelMax: 16,
	}
	if !attributed {
		return v
	}
	v.Limit = 0.09
	v.Flip = append([]float32(nil), three...)
	v.FlipLabel = "would be a 9"
	for i, g := range three {
		x, y := float64(i%8), float64(i/8)
		a := 0.09 * math.Sin(1.1*x+0.4) * math.Cos(0.8*y-0.5)
		v.Values = append(v.Values, a*(0.25+float64(g)/20))
		if i/8 > 0 && i/8 < 4 && i%8 == 1 {
			v.Flip[i] = 12
		}
	}
	return v
}

func flips() *view.Flips {
	change := func(feature string, index int, from, to string, lo, hi, a, b float64) view.Change {
		return view.Change{Feature: feature, Index: index, From: from, To: to, Min: lo, Max: hi, A: a, B: b}
	}
	return &view.Flips{
		Head: head("flips", "What would get the loan?", "Owing 4,200 USD less would be enough."),
		Items: []view.Flip{
			{Outcome: "approved, 58 %", Cost: 1.31, Changes: []view.Change{
				change("debt", 2, "18,400 USD", "14,200 USD", 0, 60000, 18400, 14200),
			}},
			{Outcome: "approved, 64 %", Cost: 1.87, Changes: []view.Change{
				change("savings", 5, "1,100 USD", "6,900 USD", 0, 40000, 1100, 6900),
				change("income", 1, "31,000 USD", "36,500 USD", 8000, 150000, 31000, 36500),
				change("years with the employer", 3, "38", "40", 0, 40, 38, 40),
			}},
		},
	}
}

func training() *view.Loss {
	v := &view.Loss{
		Head: head("loss", "Learning", "After 900 of 1,500 steps the loss is 0.094 on the rows trained on and 0.13 on those held out."),
		Loss: view.Axis{Label: "cross-entropy (nats)"}, Steps: view.Axis{Label: "training step"}, FitLabel: "accuracy", Total: 1500,
	}
	r := rand.New(rand.NewPCG(4, 1))
	for step := 0; step <= 900; step += 15 {
		t := float64(step)
		v.Train = append(v.Train, [2]float64{t, 0.08 + 0.62*math.Exp(-t/160) + 0.012*uniform(r)})
		v.Test = append(v.Test, [2]float64{t, 0.12 + 0.58*math.Exp(-t/170) + 0.008*uniform(r)})
		v.TrainFit = append(v.TrainFit, [2]float64{t, 0.985 - 0.45*math.Exp(-t/110) + 0.006*uniform(r)})
		v.TestFit = append(v.TestFit, [2]float64{t, 0.965 - 0.45*math.Exp(-t/115) + 0.004*uniform(r)})
	}
	return v
}

func effect() *view.Effect {
	v := &view.Effect{
		Head: head("effect", "How age matters", "On average the chance of approval rises with age until 50, then stays."),
		X:    view.Axis{Label: "age (years)", Min: 18, Max: 80}, Y: view.Axis{Label: "probability of approved", Min: 0, Max: 1},
		Present: [2]float64{34, 0},
	}
	r := rand.New(rand.NewPCG(5, 1))
	for i := range 32 {
		v.Grid = append(v.Grid, 18+62*float64(i)/31)
	}
	f := func(x, shift, slope float64) float64 { return 1 / (1 + math.Exp(-slope*(x-38)/9-shift)) }
	v.Mean = make([]float64, 32)
	for range 40 {
		shift, slope := 1.6*uniform(r), 0.8+0.5*uniform(r)
		var c []float64
		for i, x := range v.Grid {
			y := f(math.Min(x, 55), shift, slope)
			c = append(c, y)
			v.Mean[i] += y / 40
		}
		v.Curves = append(v.Curves, c)
	}
	for _, x := range v.Grid {
		v.Own = append(v.Own, f(math.Min(x, 55), 0.9, 1))
	}
	v.Present[1] = f(34, 0.9, 1)
	for range 60 {
		v.Rug = append(v.Rug, 45+15*(uniform(r)+uniform(r)))
	}
	return v
}

func categories() *view.Effect {
	v := &view.Effect{
		Head: head("effect", "How housing matters", "Owners are approved most."),
		X:    view.Axis{Label: "housing", Min: -0.5, Max: 2.5}, Y: view.Axis{Label: "probability of approved", Min: 0, Max: 1},
		Grid: []float64{0, 1, 2}, Mean: []float64{0.41, 0.52, 0.66}, Own: []float64{0.3, 0.35, 0.58},
		Present: [2]float64{1, 0.35}, Categories: []string{"rents", "lives with parents", "owns"},
	}
	r := rand.New(rand.NewPCG(6, 1))
	for range 20 {
		s := 0.2 * uniform(r)
		v.Curves = append(v.Curves, []float64{0.41 + s, 0.52 + s*1.2, 0.66 + s*0.9})
	}
	return v
}

func confusion() *view.Confusion {
	return &view.Confusion{
		Head:    head("confusion", "Hits and misses", "43 of 45 held-out wines are named right."),
		Classes: []string{"barolo", "grignolino", "barbera"},
		Counts:  [][]int{{14, 1, 0}, {1, 17, 0}, {0, 0, 12}},
	}
}

func fitted() *view.Fit {
	v := &view.Fit{
		Head: head("fit", "Predicted against true", "The predictions miss by 43 on average."),
		X:    view.Axis{Label: "true progression", Min: 0, Max: 350}, Y: view.Axis{Label: "predicted progression", Min: 0, Max: 350},
		Present: [2]float64{151, 178},
	}
	r := rand.New(rand.NewPCG(7, 1))
	for i := range 110 {
		x := 40 + 280*r.Float64()*r.Float64()
		v.Points = append(v.Points, view.SurfacePoint{X: x, Y: 60 + 0.62*x + 60*uniform(r), Row: i, Test: true, Value: x})
	}
	return v
}
