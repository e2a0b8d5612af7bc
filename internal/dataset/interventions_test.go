package dataset

import (
	"math"
	"slices"
	"testing"
)

// The graph of Loans, read off its equations by hand.
func TestParents(t *testing.T) {
	table := Loans(1, 1)
	want := map[string][]string{
		"tenure": {"age"}, "income": {"age", "tenure", "group"}, "savings": {"age", "dependants", "income"},
		"debt": {"dependants", "income"}, "neighbourhood": {"group", "income"},
	}
	for j, causes := range table.Truth.Causes.Parents() {
		var names []string
		for _, i := range causes {
			names = append(names, table.Columns[i].Name)
		}
		if name := table.Columns[j].Name; !slices.Equal(names, want[name]) {
			t.Errorf("%s is caused by %v, want %v", name, names, want[name])
		}
	}
}

// What is set stays; what it does not cause stays as it was; what it causes moves
// by its coefficient on the mean.
func TestIntervene(t *testing.T) {
	const worlds = 4000
	table := Loans(1, 1)
	c, d := table.Truth.Causes, len(table.Columns)
	tenure, income, savings := table.Column("tenure"), table.Column("income"), table.Column("savings")
	free, low, high := make([]float32, d), make([]float32, d), make([]float32, d)
	x, known := make([]float32, d), make([]bool, d)
	gain, squares := 0.0, 0.0
	for w := range uint64(worlds) {
		known[tenure] = false
		c.Intervene(free, x, known, w)
		known[tenure] = true
		x[tenure] = 5
		c.Intervene(low, x, known, w)
		x[tenure] = 15
		c.Intervene(high, x, known, w)
		if low[tenure] != 5 || high[tenure] != 15 {
			t.Fatalf("tenure is set to 5 and 15, and is %v and %v", low[tenure], high[tenure])
		}
		for j := range d {
			moves := j == tenure || j == income || j == savings || j == table.Column("debt") || j == table.Column("neighbourhood")
			if !moves && (free[j] != low[j] || low[j] != high[j]) {
				t.Fatalf("%s goes from %v to %v and %v", table.Columns[j].Name, free[j], low[j], high[j])
			}
		}
		by := float64(high[income] - low[income])
		gain, squares = gain+by/worlds, squares+by*by/worlds
	}
	if se := math.Sqrt((squares - gain*gain) / worlds); math.Abs(gain-8000) > 4*se {
		t.Errorf("10 years of tenure raise the income by %v ± %v, want 8000", gain, se)
	}
}

// Where nothing is set the rows are those of the table: means of all columns
// agree to chance.
func TestWorldsAreTheTable(t *testing.T) {
	const n = 8000
	table := Loans(n, 5)
	d := len(table.Columns)
	row := make([]float32, d)
	var sums [2][8]float64
	var squares [8]float64
	for w := range n {
		table.Truth.Causes.Intervene(row, row, make([]bool, d), uint64(w))
		for j, v := range row {
			sums[0][j] += float64(v) / n
			sums[1][j] += float64(table.X[w*d+j]) / n
			squares[j] += float64(v) * float64(v) / n
		}
	}
	for j := range d {
		se := math.Sqrt(2 * (squares[j] - sums[0][j]*sums[0][j]) / n)
		if math.Abs(sums[0][j]-sums[1][j]) > 4*se {
			t.Errorf("%s is %v in the mean of the worlds, %v in the table", table.Columns[j].Name, sums[0][j], sums[1][j])
		}
	}
}
