package dataset

import (
	"math"
	"math/rand/v2"
)

// points collects labelled points of the plane, the form of every generator
// here but loans. Points are rounded to 1e-4 and every product is rounded
// before it is added to: sin and cos differ in the last bit between
// platforms, and one bit moves a value across a rounding edge about once in
// 1e11 points. (Doubling, and rand's own product by 2⁻⁵³, are exact, fused or
// not.)
type points struct {
	rng    *rand.Rand
	noise  float64 // standard deviation
	extent float64 // largest |coordinate| without noise
	x, y   []float32
}

func newPoints(n int, noise, extent float64, seed, stream uint64) *points {
	if n < 1 || !(noise >= 0) {
		panic("dataset: a generator needs at least one row and noise of zero or more")
	}
	return &points{
		rng:    rand.New(rand.NewPCG(seed, stream)),
		noise:  noise,
		extent: extent,
		x:      make([]float32, 0, 2*n),
		y:      make([]float32, 0, n),
	}
}

// add places a point of the class at (x, y) plus noise.
func (p *points) add(x, y float64, class int) {
	for _, at := range [2]float64{x, y} {
		shift := float64(p.noise * bell(p.rng))
		p.x = append(p.x, float32(rounded(at+shift, 1e4)))
	}
	p.y = append(p.y, float32(class))
}

// reach is how many standard deviations bell can stray from 0.
const reach = 3.4641016151377544 // 2√3

// bell draws from a nearly normal distribution with mean 0 and standard
// deviation 1 that never strays beyond reach: four uniforms, added. So a table
// can state a range that covers every row whatever the seed.
func bell(rng *rand.Rand) float64 {
	sum := rng.Float64() + rng.Float64() + rng.Float64() + rng.Float64()
	return (sum - 2) * (reach / 2)
}

// rounded returns x rounded to 1/parts, and never minus zero.
func rounded(x, parts float64) float64 {
	return math.Floor(float64(x*parts)+0.5) / parts
}

// table finishes the table: it fills the columns, whose range covers every
// row, and what all these tables have in common.
func (p *points) table(t Table, classes ...string) *Table {
	limit := math.Ceil(2*(p.extent+float64(reach*p.noise)+0.1)) / 2
	for _, c := range []Column{
		{Name: "x", Help: "position across"},
		{Name: "y", Help: "position up"},
	} {
		c.Kind, c.Min, c.Max, c.Step, c.Actionable = Number, -limit, limit, 0.01, true
		t.Columns = append(t.Columns, c)
	}
	t.Target = Column{
		Name: "class", Help: "the group a point belongs to",
		Kind: Category, Max: float64(len(classes) - 1), Step: 1, Categories: classes,
	}
	t.Plane = [2]int{0, 1}
	t.Unit = "point"
	t.X, t.Y = p.x, p.y
	t.Interesting = t.nearBorder()
	return &t
}

// nearBorder returns the row that is closest to a row of another class, the
// earliest of equals. Rows from the 200th on are not looked at, to keep it
// quick.
func (t *Table) nearBorder() int {
	n, best := min(t.Rows(), 200), 0
	least := float32(math.Inf(1))
	for i := range n {
		a := t.Row(i)
		for j := range n {
			if t.Y[i] == t.Y[j] {
				continue
			}
			b := t.Row(j)
			u, v := a[0]-b[0], a[1]-b[1]
			if gap := float32(u*u) + float32(v*v); gap < least {
				least, best = gap, i
			}
		}
	}
	return best
}
