package dataset

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"testing"
)

// hash condenses the bits of float32 slices.
func hash(slices ...[]float32) uint64 {
	h := fnv.New64a()
	for _, s := range slices {
		for _, v := range s {
			binary.Write(h, binary.LittleEndian, math.Float32bits(v))
		}
	}
	return h.Sum64()
}

// The constants are those of linux/amd64; the test also runs in WebAssembly,
// where math's functions differ.
func TestSameBitsEverywhere(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *Table
		want  uint64
	}{
		{"breast_cancer", BreastCancer(), 0xaf2cb2cb3acea56},
		{"iris", Iris(), 0x553988823c375437},
		{"wine", Wine(), 0x928e5beccf0fd525},
		{"digits", Digits(), 0x1138aea7f85f2f1b},
		{"diabetes", Diabetes(), 0x70bb4a8ada4c2603},
		{"moons", Moons(5000, 0.2, 7), 0x97a0ef2e6d50308a},
		{"circles", Circles(5000, 0.1, 7), 0x1c87758d623165c6},
		{"spirals", Spirals(5000, 0.05, 7), 0x858699d2cdfd7b56},
		{"xor", XOR(5000, 0.1, 7), 0xf8cc9a871e13f818},
		{"blobs", Blobs(5000, 5, 0.3, 7), 0x125885f1400c164f},
		{"loans", Loans(20000, 7), 0xf10eb573205a849c},
	} {
		if got := hash(c.table.X, c.table.Y); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.name, got, c.want)
		}
	}
}

func TestSeeds(t *testing.T) {
	for name, make := range map[string]func(seed uint64) *Table{
		"moons":   func(s uint64) *Table { return Moons(50, 0.1, s) },
		"circles": func(s uint64) *Table { return Circles(50, 0.1, s) },
		"spirals": func(s uint64) *Table { return Spirals(50, 0.1, s) },
		"xor":     func(s uint64) *Table { return XOR(50, 0.1, s) },
		"blobs":   func(s uint64) *Table { return Blobs(50, 3, 0.1, s) },
		"loans":   func(s uint64) *Table { return Loans(50, s) },
	} {
		a, b, c := make(1), make(1), make(2)
		if !slices.Equal(a.X, b.X) || !slices.Equal(a.Y, b.Y) || a.Interesting != b.Interesting {
			t.Errorf("%s: one seed gave two tables", name)
		}
		if slices.Equal(a.X, c.X) {
			t.Errorf("%s: two seeds gave one table", name)
		}
	}
}

// Without noise the points lie on the curves their documentation names, but
// for the rounding to 1e-4.
func TestShapesWithoutNoise(t *testing.T) {
	for _, c := range []struct {
		table *Table
		off   func(x, y float64, class int) float64 // distance from the curve
	}{
		{Circles(200, 0, 3), func(x, y float64, class int) float64 {
			return math.Abs(math.Hypot(x, y) - []float64{0.5, 1}[class])
		}},
		{Moons(200, 0, 3), func(x, y float64, class int) float64 {
			side := float64(1 - 2*class)
			below := max(0, -(side*y + 0.25)) // each moon is only half a circle
			return math.Abs(math.Hypot(side*x+0.5, side*y+0.25)-1) + below
		}},
		{Spirals(200, 0, 3), func(x, y float64, class int) float64 {
			r := math.Hypot(x, y)
			angle := 3*math.Pi*(r-0.1)/1.15 + math.Pi*float64(class)
			return math.Hypot(x-r*math.Cos(angle), y-r*math.Sin(angle)) / 10 // the angle magnifies rounding
		}},
		{Blobs(200, 4, 0, 3), func(x, y float64, class int) float64 {
			at := [][2]float64{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}[class]
			return math.Hypot(x-at[0], y-at[1])
		}},
		{XOR(200, 0, 3), func(x, y float64, class int) float64 {
			if (x*y < 0) != (class == 1) {
				return 1
			}
			return max(0, math.Abs(x)-1, math.Abs(y)-1)
		}},
	} {
		for i, class := range c.table.Y {
			p := c.table.Row(i)
			if off := c.off(float64(p[0]), float64(p[1]), int(class)); off > 1.5e-4 {
				t.Errorf("%s: row %d %v of class %v is off by %v", c.table.Name, i, p, class, off)
				break
			}
		}
	}
}

// The noise has the standard deviation asked for. The sample standard
// deviation of 20,000 draws strays by 0.5% (one standard error), the mean by
// 0.007 standard deviations.
func TestNoise(t *testing.T) {
	const noise = 0.3
	table := Blobs(10000, 2, noise, 5)
	var sum, squares float64
	for i, class := range table.Y {
		p := table.Row(i)
		for _, v := range [2]float64{float64(p[0]), float64(p[1]) - 1 + 2*float64(class)} {
			sum += v
			squares += v * v
		}
	}
	mean := sum / 20000
	if sd := math.Sqrt(squares/20000 - mean*mean); math.Abs(sd/noise-1) > 0.02 || math.Abs(mean) > 0.03*noise {
		t.Errorf("mean %v and standard deviation %v, want 0 and %v", mean, sd, noise)
	}
}

func TestGeneratorsRefuseBrokenArguments(t *testing.T) {
	for name, f := range map[string]func(){
		"no rows": func() { Moons(0, 0.1, 1) }, "negative noise": func() { XOR(10, -1, 1) },
		"noise NaN": func() { Circles(10, math.NaN(), 1) }, "one blob": func() { Blobs(10, 1, 0, 1) },
		"six blobs": func() { Blobs(10, 6, 0, 1) }, "no applicants": func() { Loans(0, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
