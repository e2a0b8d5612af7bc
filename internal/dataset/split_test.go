package dataset

import (
	"math"
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, table := range tables() {
		for _, share := range []float64{0.1, 0.25, 0.5} {
			train, test := table.Split(share, 4)
			if !slices.IsSorted(train) || !slices.IsSorted(test) {
				t.Errorf("%s: not ascending", table.Name)
			}
			all := slices.Sorted(slices.Values(append(slices.Clone(train), test...)))
			for i, row := range all {
				if i != row {
					t.Fatalf("%s: row %d is missing or doubled", table.Name, i)
				}
			}
			if len(all) != table.Rows() {
				t.Errorf("%s: %d rows of %d", table.Name, len(all), table.Rows())
			}
			for class := range max(1, len(table.Classes())) {
				count := func(rows []int) (n int) {
					for _, row := range rows {
						if table.Regression() || int(table.Y[row]) == class {
							n++
						}
					}
					return n
				}
				total := float64(count(all))
				if off := math.Abs(float64(count(test)) - share*total); off > 0.5 {
					t.Errorf("%s: class %d strays by %v rows from its share %v", table.Name, class, off, share)
				}
			}
			again, _ := table.Split(share, 4)
			other, _ := table.Split(share, 5)
			if !slices.Equal(train, again) || slices.Equal(train, other) {
				t.Errorf("%s: the split does not follow the seed", table.Name)
			}
		}
	}
}

// Two rows of a class go one to each part, whatever the share.
func TestSplitKeepsRareClasses(t *testing.T) {
	table := &Table{Target: Column{Kind: Category, Categories: []string{"a", "b"}}, Y: []float32{0, 0, 0, 0, 0, 0, 0, 0, 1, 1}}
	train, test := table.Split(0.1, 1)
	rare := func(rows []int) bool { return slices.ContainsFunc(rows, func(i int) bool { return i >= 8 }) }
	if !rare(train) || !rare(test) {
		t.Errorf("train %v, test %v", train, test)
	}
}

func TestMAD(t *testing.T) {
	table := &Table{
		Columns: []Column{{Step: 1}, {Step: 0.1}, {Step: 0.5}, {Step: 0.5}},
		//           odd count  mostly 2  mostly 2  constant
		X: []float32{
			1, 2, 2, 7,
			1, 2, 2, 7,
			2, 2, 2, 7,
			2, 2, 2, 7,
			4, 2, 2, 7,
			6, 7, 3, 7,
			9, 2, 2, 7,
			100, 0, 0, 7,
		},
		Y: make([]float32, 8),
	}
	// The first seven rows of the first column are the textbook example
	// (1, 1, 2, 2, 4, 6, 9: median 2, deviations 1, 1, 0, 0, 2, 4, 7, MAD 1).
	got := table.MAD([]int{0, 1, 2, 3, 4, 5, 6})
	want := []float32{1, float32(5.0 / 7), 0.5, 0.5}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	// Even count: median 3, deviations 2, 2, 1, 1, 1, 3, 6, 97, MAD 2.
	if got := table.MAD([]int{7, 6, 5, 4, 3, 2, 1, 0})[0]; got != 2 {
		t.Errorf("even count: %v, want 2", got)
	}
	// Missing values are as if the rows were not there, or the Step stands in.
	nan := float32(math.NaN())
	gappy := &Table{Columns: []Column{{Step: 1}, {Step: 0.25}}, X: []float32{nan, nan, 1, nan, 1, nan, 2, nan, nan, nan, 2, nan, 4, nan, 6, nan, 9, nan}, Y: make([]float32, 9)}
	if got := gappy.MAD([]int{0, 1, 2, 3, 4, 5, 6, 7, 8}); !slices.Equal(got, []float32{1, 0.25}) {
		t.Errorf("with missing values: %v", got)
	}
	for _, table := range tables() {
		train, _ := table.Split(0.25, 1)
		for j, v := range table.MAD(train) {
			if !(v > 0) || math.IsInf(float64(v), 0) {
				t.Errorf("%s: column %d has MAD %v", table.Name, j, v)
			}
		}
	}
}
