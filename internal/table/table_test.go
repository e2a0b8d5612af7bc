package table_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/table"
)

func read(t testing.TB, file string) *table.Sheet {
	t.Helper()
	s, err := table.Read([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTable(t *testing.T) {
	s := read(t, "size;colour;rate;garage;price\n1.234,5;red;5 %;none;1\n;green;2,5 %;none;2,5\n2,5;;;attached;3\n3;red;7%;none;4\n")
	d, notes, err := s.Table("houses", "Houses")
	if err != nil {
		t.Fatal(err)
	}
	// Colours by letters: green 0, red 1, and what is missing 2.
	want := []float32{1234.5, 1, 5, 1, 3, 0, 2.5, 1, 2.5, 2, 5, 0, 3, 1, 7, 1}
	if !slices.Equal(d.X, want) || !slices.Equal(d.Y, []float32{1, 2.5, 3, 4}) {
		t.Errorf("X %v, Y %v", d.X, d.Y)
	}
	if c := d.Columns[1]; !slices.Equal(c.Categories, []string{"green", "red", "missing"}) || c.Kind != dataset.Category || c.Max != 2 {
		t.Errorf("colours %+v", c)
	}
	if c := d.Columns[2]; c.Unit != "%" || c.Min > 2.5 || c.Max < 7 {
		t.Errorf("rate %+v", c)
	}
	if d.Name != "houses" || d.Title != "Houses" || d.Plane != [2]int{0, 2} || !d.Regression() || d.Target.Name != "price" {
		t.Errorf("%+v", d)
	}
	wantNotes := []string{
		`"size": 1 missing cell is filled with the column's middle value, 3.`,
		`"colour": 1 missing cell is filled with the category "missing".`,
		`"rate": 1 missing cell is filled with the column's middle value, 5.`,
	}
	if !slices.Equal(notes, wantNotes) {
		t.Errorf("notes %q", notes)
	}
}

func TestClassesKeepTheirNames(t *testing.T) {
	s := read(t, "a,y\n1,10\n2,9\n3,virginica\n4,9\n5,setosa\n")
	d, _, err := s.Table("a", "A")
	if err != nil {
		t.Fatal(err)
	}
	// Numbers by value, before words by letters.
	if want := []string{"9", "10", "setosa", "virginica"}; !slices.Equal(d.Classes(), want) {
		t.Errorf("classes %q", d.Classes())
	}
	if want := []float32{1, 0, 3, 0, 2}; !slices.Equal(d.Y, want) {
		t.Errorf("Y %v", d.Y)
	}
}

// What a person chooses is done.
func TestChoices(t *testing.T) {
	const file = "a,b,c,y\n1,x,2024-01-01,1\n,y,2024-01-02,2\n3,x,2024-01-01,4\n4,z,2024-01-03,5\n"
	s := read(t, file)
	s.Gaps = table.Keep
	s.Columns[2].Kind = dataset.Category
	s.Columns[1].Kind = table.Skip
	s.Columns[3].Kind = dataset.Category
	d, notes, err := s.Table("t", "T")
	if err != nil {
		t.Fatal(err)
	}
	if d.Columns[0].Name != "a" || d.Columns[1].Name != "c" || len(d.Columns) != 2 || len(d.Classes()) != 4 {
		t.Errorf("%+v", d.Columns)
	}
	if v := d.Row(1)[0]; v == v || len(notes) != 1 || notes[0] != `"a": 1 cell is left as missing (NaN).` {
		t.Errorf("row %v, notes %q", d.Row(1), notes)
	}
	if !slices.Equal([]float32{d.X[1], d.X[3], d.X[5], d.X[7]}, []float32{0, 1, 0, 2}) {
		t.Errorf("days %v", d.X)
	}
	s.Target = 0
	if _, _, err := s.Table("t", "T"); err == nil || !strings.Contains(err.Error(), "E-TABLE-MISSING at line 3, column 1 (a): the value to predict is missing") {
		t.Errorf("a missing target: %v", err)
	}
	as, err := table.ReadAs([]byte("1;2\n3;-\n5;6\n"), table.Choice{Delimiter: ';', Header: new(bool), Missing: []string{"5"}})
	if err != nil {
		t.Fatal(err)
	}
	x, err := as.Matrix([]int{1, 0})
	if err != nil || fmt.Sprint(x) != "[2 1 NaN 3 6 NaN]" {
		t.Errorf("%v, %v", x, err)
	}
}

// The columns of a data set hold what the models and the page take for granted.
func TestColumnsAreWellFormed(t *testing.T) {
	for _, file := range []string{
		"a,b,y\n1,0.1,2\n2,0.2,3\n3,0.15,5\n",
		"a,b,y\n-3.4e38,1e-45,2\n3.4e38,2e-45,3\n0,1e-44,7\n",
		"a,b,y\n16777216,1e30,x\n16777218,1.0000001e30,y\n16777220,1e30,x\n",
		"a,b,y\n0.1,-0.0,x\n0.7,-0.3,y\n0.3,0,x\n",
		long("a,b,y\n", 150, "#,-#.5,c#\n"),
	} {
		d, _, err := read(t, file).Table("t", "T")
		if err != nil {
			t.Errorf("%q: %v", file[:20], err)
			continue
		}
		wellFormed(t, d)
	}
}

func wellFormed(t *testing.T, d *dataset.Table) {
	t.Helper()
	if len(d.X) != len(d.Y)*len(d.Columns) || len(d.Columns) == 0 {
		t.Fatalf("%d values, %d targets, %d columns", len(d.X), len(d.Y), len(d.Columns))
	}
	check := func(c dataset.Column, v float32) {
		if !(v >= float32(c.Min) && v <= float32(c.Max)) || v == 0 && math.Signbit(float64(v)) || c.Kind != dataset.Number && v != float32(math.Trunc(float64(v))) {
			t.Fatalf("%s holds %v: %+v", c.Name, v, c)
		}
	}
	for j, c := range append(slices.Clone(d.Columns), d.Target) {
		if c.Name == "" || c.Help == "" || !(c.Step > 0) || !(c.Min < c.Max) || (c.Kind == dataset.Category) != (len(c.Categories) > 0) || c.Kind == dataset.Category && int(c.Max) != len(c.Categories)-1 {
			t.Fatalf("column %d: %+v", j, c)
		}
		for i := range d.Y {
			if j < len(d.Columns) {
				check(c, d.Row(i)[j])
			} else {
				check(c, d.Y[i])
			}
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "E-TABLE-EMPTY: the file is empty; check"},
		{"empty lines", "\n \n", "E-TABLE-EMPTY: there is nothing but empty lines; check"},
		{"names alone", "a,b\n", "E-TABLE-EMPTY: there are no rows; give at least one row below"},
		{"a mark alone", "\ufeff", "E-TABLE-EMPTY: there is nothing but"},
		{"a short row", "a,b\n1,2\n\n1\n", "E-TABLE-SHAPE at line 4: the line has 1 cell, where the first one has 2; give every line the same"},
		{"a long row", "a,b\n1,2\n1,2,3\n", "E-TABLE-SHAPE at line 3: the line has 3 cells, where the first one has 2; give"},
		{"names of rows", "a,b\nx,1,2\ny,2,3\n", "E-TABLE-SHAPE at line 2: the line has 3 cells, where the first one has 2; if the rows begin with names of their own"},
		{"a title", "My rows\na,b\n1,2\n", "E-TABLE-SHAPE at line 2: the line has 2 cells, where the first one has 1; remove the lines above"},
		{"an open quote", "a,b\n1,\"2\n3,4\n", "E-TABLE-QUOTE at line 2, column 2: the quote that opens here is never closed; close it"},
		{"text after a quote", "a,b\n1,\"2\"x\n", `E-TABLE-QUOTE at line 2, column 2: after the closing quote of "2" stands more text; write a quote within`},
		{"a quote within lines", "a,b\n\"1\n2\",\"x\"y\n", "E-TABLE-QUOTE at line 3, column 2: "},
		{"a zero byte", "a,b\n1,\x002\n", "E-TABLE-ENCODING at line 2: there is a zero byte, which no text has"},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", "E-TABLE-ENCODING at line 1: the file is UTF-32; save it as UTF-8"},
		{"half a character", "\xff\xfea\x00\n\x00,", "E-TABLE-ENCODING at line 2: the file is not whole UTF-16LE: it ends within a character"},
		{"half a pair", "\xff\xfea\x00\x00\xd8b\x00", "E-TABLE-ENCODING at line 1: the file is not whole UTF-16LE: half a character"},
		{"one bad byte", "größe,y\nüä,\xff\n", "E-TABLE-ENCODING at line 2: the byte 0xFF is not UTF-8, as the rest of the file is; write"},
		{"a long name", "a," + strings.Repeat("n", 201) + "\n1,2\n", "E-TABLE-COLUMN at line 1, column 2: the name has more than 200 bytes; shorten it"},
		{"a quote that swallows rows", "a,b\n1,\"2\n" + strings.Repeat("1,2\n", 1e5), "E-TABLE-SIZE at line 2, column 2: the cell has more than 100000 bytes; if a quote opens here, close it"},
		{"a long cell", "a,b\n" + strings.Repeat("1", 100_001) + ",2\n", "E-TABLE-SIZE at line 2, column 1: the cell has more than 100000 bytes; "},
		{"many columns", strings.Repeat(",", table.MaxColumns+1), "E-TABLE-SIZE at line 1: the line has more than 2000 cells; keep fewer columns"},
	} {
		s, err := table.Read([]byte(c.file))
		if err == nil {
			t.Errorf("%s: understood as %s", c.name, summary(s))
		} else if !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
	}
}

// Cells that do not fit their column are refused with their place.
func TestWrongCells(t *testing.T) {
	numbers := long("a,y\n", 30, "#,1.#\n")
	for _, c := range []struct {
		name, file string
		change     func(s *table.Sheet)
		want       string
	}{
		{"a word", numbers + "3l,2\n", nil, `E-TABLE-CELL at line 32, column 1 (a): "3l" is not a number; correct it, leave it empty`},
		{"too large", numbers + "1e40,2\n", nil, `E-TABLE-CELL at line 32, column 1 (a): "1e40" is too large: numbers go up to 3.4e38; use a larger unit`},
		{"the other sign", long("a;y\n", 30, "1,#;2,#\n") + "2.5;2\n", nil, `E-TABLE-CELL at line 32, column 1 (a): "2.5" is not a number, since "," is the decimal sign here; write it with that`},
		{"another unit", "a,y\n5%,1\n6%,2\n7,4\n", nil, `E-TABLE-CELL at line 4, column 1 (a): "7" has another unit than the numbers above it; write all`},
		{"no whole number", numbers, func(s *table.Sheet) { s.Columns[1].Kind = dataset.Integer }, `E-TABLE-CELL at line 2, column 2 (y): "1.1" is not a whole number; read the column as numbers`},
		{"refused", numbers + ",2\n", func(s *table.Sheet) { s.Gaps = table.Refuse }, "E-TABLE-MISSING at line 32, column 1 (a): the cell is missing; fill it in, or choose"},
		{"no target", numbers, func(s *table.Sheet) { s.Target = 7 }, "E-TABLE-COLUMN: no column is left to predict; choose one"},
		{"target left out", numbers, func(s *table.Sheet) { s.Columns[1].Kind = table.Skip }, "E-TABLE-COLUMN at column 2 (y): the column to predict is left out"},
		{"no features", numbers, func(s *table.Sheet) { s.Columns[0].Kind = table.Skip }, "E-TABLE-COLUMN: no column is left to predict from; read at least one more"},
		{"a kind", numbers, func(s *table.Sheet) { s.Columns[0].Kind = "date" }, `E-TABLE-COLUMN at column 1 (a): there is no kind "date"; choose number, integer, category or skip`},
		{"gaps", numbers + ",1\n", func(s *table.Sheet) { s.Gaps = "guess" }, `E-TABLE-MISSING: "guess" says nothing about missing cells; choose fill, keep or refuse`},
		{"one class", "a,y\n1,x\n2,x\n3,x\n", func(s *table.Sheet) { s.Target, s.Columns[1].Kind = 1, dataset.Category }, "E-TABLE-COLUMN at column 2 (y): there are not two different classes"},
		{"one category", "a,b,y\nx,1,1\nx,2,2\n", func(s *table.Sheet) { s.Columns[0].Kind = dataset.Category }, "E-TABLE-COLUMN at column 1 (a): there is only one category; leave the column out"},
		{"many categories", long("a,y\n", 501, "n#,1.#\n"), func(s *table.Sheet) { s.Columns[0].Kind = dataset.Category }, "E-TABLE-COLUMN at column 1 (a): there are more than 500 categories"},
		{"long categories", "a,y\n" + strings.Repeat("n", 201) + ",1\nn,2\n", func(s *table.Sheet) { s.Columns[0].Kind = dataset.Category }, `E-TABLE-COLUMN at line 2, column 1 (a): "nnnnnnnn`},
		{"nothing there", "a,b,y\n,1,1\n,2,2\n", func(s *table.Sheet) { s.Columns[0].Kind = dataset.Number }, "E-TABLE-COLUMN at column 1 (a): every cell is missing; leave the column out"},
	} {
		s := read(t, c.file)
		if c.change != nil {
			c.change(s)
		} else if s.Columns[0].Problem == nil || !strings.Contains(c.want, s.Columns[0].Problem.What) {
			t.Errorf("%s: the sheet does not show it: %v", c.name, s.Columns[0].Problem)
		}
		_, _, err := s.Table("t", "T")
		if e := (*table.Error)(nil); !errors.As(err, &e) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestFormatsAreChecked(t *testing.T) {
	for _, c := range []struct {
		format table.Choice
		want   string
	}{
		{table.Choice{Delimiter: 'x'}, `'x' cannot be the delimiter; choose`},
		{table.Choice{Decimal: ';'}, `';' cannot be the decimal sign; choose`},
		{table.Choice{Encoding: "EBCDIC"}, `no encoding "EBCDIC" is known; choose one of UTF-8,`},
		{table.Choice{Encoding: table.UTF8}, "the byte 0xFC is not UTF-8"},
	} {
		if _, err := table.ReadAs([]byte("\xfc,b\n1,2\n"), c.format); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// Limits hold before memory is taken.
func TestLimits(t *testing.T) {
	if err := table.TooLarge(table.MaxBytes); err != nil {
		t.Error(err)
	}
	if err := table.TooLarge(200 << 20); err == nil || err.Error() != "E-TABLE-SIZE: the file has 209715200 bytes, and at most 64 MB are read; keep fewer rows or columns" {
		t.Error(err)
	}
	rows := []byte(strings.Repeat("1\n", table.MaxRows+2))
	if _, err := table.Read(rows); err == nil || !strings.Contains(err.Error(), "more than 1000000 rows") {
		t.Error(err)
	}
	cells := []byte(strings.Repeat(strings.Repeat("1,", 1999)+"1\n", table.MaxCells/2000+1))
	if _, err := table.Read(cells); err == nil || !strings.Contains(err.Error(), "more than 16000000 cells") {
		t.Error(err)
	}
}
