package binned_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/binned"
)

func problem(x []float32, d int, categories []int) model.Problem {
	return model.Problem{TrainX: x, TrainY: make([]float32, len(x)/d), D: d, K: 1, Regression: true, Categories: categories}
}

// Few different values have a bin each; many are dealt out evenly; every value
// lies between the ends of its bin, and any number gets the bin whose cuts hold
// it.
func TestBins(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	for range 300 {
		var x []float32
		spread := 1 + r.IntN(40)
		for range 1 + r.IntN(300) {
			v := float32(r.IntN(spread)) / 4
			if r.IntN(9) == 0 {
				v = float32(math.NaN())
			}
			x = append(x, v)
		}
		most := 2 + r.IntN(20)
		table, err := binned.New(problem(x, 1, nil), most)
		if err != nil {
			t.Fatal(err)
		}
		f := &table.Features[0]
		different, rows := map[float32]bool{}, make([]int, f.Bins())
		missing := false
		for i, v := range x {
			bin := table.Code[i]
			rows[bin]++
			if v != v {
				missing = true
				if bin != 0 {
					t.Fatalf("a missing value is in bin %d", bin)
				}
				continue
			}
			different[v] = true
			if bin == 0 || bin != f.Bin(v) || v < f.Low[bin] || v > f.High[bin] {
				t.Fatalf("%v is in bin %d: %v to %v", v, bin, f.Low[bin], f.High[bin])
			}
		}
		if f.Missing != missing {
			t.Fatalf("missing: %v", f.Missing)
		}
		if got := f.Bins() - 1; got > max(most, 1) || len(different) <= most && got != max(len(different), 1) {
			t.Fatalf("%d bins for %d values, at most %d", got, len(different), most)
		}
		for i, c := range f.Cuts {
			if !(f.High[i+1] < c && c <= f.Low[i+2]) || f.Bin(c) != uint16(i)+2 || f.Bin(math.Nextafter32(c, -9)) != uint16(i)+1 {
				t.Fatalf("cut %v between %v and %v", c, f.High[i+1], f.Low[i+2])
			}
		}
	}
}

func TestBinsAreEven(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	x := make([]float32, 10000)
	for i := range x {
		x[i] = float32(r.ExpFloat64())
	}
	table, err := binned.New(problem(x, 1, nil), 16)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]int, 17)
	for _, bin := range table.Code {
		rows[bin]++
	}
	for bin, n := range rows[1:] {
		if n < 620 || n > 630 {
			t.Errorf("bin %d has %d rows of 10000/16", bin+1, n)
		}
	}
}

func TestCategories(t *testing.T) {
	nan := float32(math.NaN())
	table, err := binned.New(problem([]float32{0, 3, nan, 1}, 1, []int{4}), 2)
	if err != nil {
		t.Fatal(err)
	}
	f := &table.Features[0]
	for i, want := range []uint16{1, 4, 0, 2} {
		if table.Code[i] != want {
			t.Errorf("row %d: bin %d, want %d", i, table.Code[i], want)
		}
	}
	if f.Bins() != 5 || f.Bin(7) != 0 || f.Bin(-1) != 0 || f.Bin(2) != 3 {
		t.Errorf("%d bins", f.Bins())
	}
}

func TestBetween(t *testing.T) {
	next := math.Nextafter32(1, 2)
	for _, c := range [][3]float32{{1, 3, 2}, {1, next, next}, {-math.MaxFloat32, math.MaxFloat32, 0}, {0, math.SmallestNonzeroFloat32, math.SmallestNonzeroFloat32}} {
		if got := binned.Between(c[0], c[1]); got != c[2] {
			t.Errorf("between %v and %v: %v, want %v", c[0], c[1], got, c[2])
		}
	}
}

func TestRefuses(t *testing.T) {
	for name, p := range map[string]model.Problem{
		"infinite":        problem([]float32{1, float32(math.Inf(-1))}, 1, nil),
		"above the codes": problem([]float32{1, 2}, 1, []int{2}),
		"below the codes": problem([]float32{-1, 2}, 1, []int{3}),
		"no code":         problem([]float32{0.5, 2}, 1, []int{3}),
		"many categories": problem([]float32{0, 2}, 1, []int{binned.MaxBins}),
	} {
		if _, err := binned.New(p, 10); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
