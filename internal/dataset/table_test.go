package dataset

import (
	"math"
	"slices"
	"testing"
)

// tables returns every table there is, generators with plain settings.
func tables() []*Table {
	return []*Table{
		BreastCancer(), Iris(), Wine(), Digits(), Diabetes(),
		Moons(300, 0.2, 1), Circles(300, 0.1, 1), Spirals(300, 0.05, 1), XOR(300, 0.1, 1),
		Blobs(300, 2, 0.3, 1), Blobs(300, 5, 0.2, 1), Loans(1000, 1),
	}
}

func TestTablesAreWellFormed(t *testing.T) {
	for _, table := range tables() {
		t.Run(table.Name, func(t *testing.T) {
			d := len(table.Columns)
			if len(table.X) != table.Rows()*d || table.Rows() == 0 {
				t.Fatalf("%d values for %d rows of %d columns", len(table.X), table.Rows(), d)
			}
			if table.Title == "" || table.Help == "" || table.Unit == "" {
				t.Error("title, help or unit is empty")
			}
			if p := table.Plane; p[0] == p[1] || min(p[0], p[1]) < 0 || max(p[0], p[1]) >= d {
				t.Errorf("plane %v", p)
			}
			if table.Interesting < 0 || table.Interesting >= table.Rows() {
				t.Errorf("interesting row %d", table.Interesting)
			}
			if table.Height*table.Width != 0 && table.Height*table.Width != d {
				t.Errorf("image of %d×%d pixels in %d columns", table.Height, table.Width, d)
			}
			if (table.Truth == nil) == (table.Name == "loans") {
				t.Error("a truth is known for loans and for nothing else")
			}
			for j, c := range table.Columns {
				if table.Column(c.Name) != j {
					t.Errorf("column %d: the name %q is taken", j, c.Name)
				}
				values := make([]float32, table.Rows())
				for i := range values {
					values[i] = table.Row(i)[j]
				}
				checkColumn(t, c, values)
			}
			checkColumn(t, table.Target, table.Y)
			for code, name := range table.Classes() {
				if !slices.Contains(table.Y, float32(code)) {
					t.Errorf("no row of class %q", name)
				}
			}
		})
	}
}

// checkColumn holds a column's description against its values.
func checkColumn(t *testing.T, c Column, values []float32) {
	t.Helper()
	if c.Name == "" || c.Help == "" || !(c.Step > 0) || !(c.Min < c.Max) || c.Step > c.Max-c.Min {
		t.Errorf("incomplete column %+v", c)
	}
	if (c.Kind == Category) != (len(c.Categories) > 0) {
		t.Errorf("%s: %s with %d categories", c.Name, c.Kind, len(c.Categories))
	}
	if c.Kind == Category && (c.Min != 0 || c.Max != float64(len(c.Categories)-1)) {
		t.Errorf("%s: codes %v..%v for %d categories", c.Name, c.Min, c.Max, len(c.Categories))
	}
	whole := true
	for i, v := range values {
		if !(v >= float32(c.Min) && v <= float32(c.Max)) {
			t.Fatalf("%s: row %d holds %v, outside %v..%v", c.Name, i, v, c.Min, c.Max)
		}
		if math.Signbit(float64(v)) && v == 0 {
			t.Fatalf("%s: row %d holds minus zero", c.Name, i)
		}
		whole = whole && float64(v) == math.Floor(float64(v))
	}
	if c.Kind != Number && !whole {
		t.Errorf("%s: %s, but not all values are whole", c.Name, c.Kind)
	}
}

func TestActionable(t *testing.T) {
	for _, c := range []struct {
		table *Table
		fixed []string
	}{
		{BreastCancer(), nil}, {Iris(), nil}, {Wine(), nil}, {Digits(), nil},
		{Diabetes(), []string{"age", "sex"}},
		{Moons(10, 0, 1), nil},
		{Loans(10, 1), []string{"age", "dependants", "group"}},
	} {
		var fixed []string
		for _, column := range c.table.Columns {
			if !column.Actionable {
				fixed = append(fixed, column.Name)
			}
		}
		if !slices.Equal(fixed, c.fixed) {
			t.Errorf("%s: fixed %v, want %v", c.table.Name, fixed, c.fixed)
		}
	}
}
