package dataset

import (
	_ "embed"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

//go:embed testdata/sklearn_rows.json
var sklearnRows []byte

// reference is a few rows of a table as another program loads it.
type reference struct {
	Rows []int
	X    [][]float64
	Y    []float64
}

func loadReference(t *testing.T) map[string]reference {
	t.Helper()
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(sklearnRows, &raw); err != nil {
		t.Fatal(err)
	}
	delete(raw, "source")
	refs := map[string]reference{}
	for name, text := range raw {
		var r reference
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		refs[name] = r
	}
	return refs
}

func TestRowsEqualScikitLearn(t *testing.T) {
	refs := loadReference(t)
	for _, table := range []*Table{BreastCancer(), Digits(), Wine()} {
		ref := refs[table.Name]
		if len(ref.Rows) != 20 {
			t.Fatalf("%s: %d reference rows", table.Name, len(ref.Rows))
		}
		for i, row := range ref.Rows {
			for j, want := range ref.X[i] {
				if got := table.Row(row)[j]; got != float32(want) {
					t.Errorf("%s row %d column %d: %v, want %v", table.Name, row, j, got, float32(want))
				}
			}
			if got := table.Y[row]; float64(got) != ref.Y[i] {
				t.Errorf("%s row %d: target %v, want %v", table.Name, row, got, ref.Y[i])
			}
		}
	}
}

// The reference holds diabetes centred and scaled, rounded to float32; so it
// agrees to one float32 rounding of a value below 1.
func TestDiabetesEqualsScikitLearn(t *testing.T) {
	table, ref := Diabetes(), loadReference(t)["diabetes"]
	d, n := len(table.Columns), table.Rows()
	mean, norm := make([]float64, d), make([]float64, d)
	for i := range n {
		for j, v := range table.Row(i) {
			mean[j] += float64(v) / float64(n)
		}
	}
	for i := range n {
		for j, v := range table.Row(i) {
			norm[j] += (float64(v) - mean[j]) * (float64(v) - mean[j])
		}
	}
	for i, row := range ref.Rows {
		for j, want := range ref.X[i] {
			got := (float64(table.Row(row)[j]) - mean[j]) / math.Sqrt(norm[j])
			if math.Abs(got-want) > 1e-7 {
				t.Errorf("row %d column %d: %v, want %v", row, j, got, want)
			}
		}
		if float64(table.Y[row]) != ref.Y[i] {
			t.Errorf("row %d: target %v, want %v", row, table.Y[row], ref.Y[i])
		}
	}
}

// Class counts as the papers and the UCI pages give them.
func TestClassCounts(t *testing.T) {
	for _, c := range []struct {
		table *Table
		want  []int
	}{
		{BreastCancer(), []int{212, 357}},
		{Iris(), []int{50, 50, 50}},
		{Wine(), []int{59, 71, 48}},
		{Digits(), []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}},
	} {
		got := make([]int, len(c.want))
		for _, y := range c.table.Y {
			got[int(y)]++
		}
		for k, want := range c.want {
			if got[k] != want {
				t.Errorf("%s: %d rows of class %s, want %d", c.table.Name, got[k], c.table.Classes()[k], want)
			}
		}
	}
}

func TestParseAgreesWithStrconv(t *testing.T) {
	for _, csv := range []string{breastCancerCSV, irisCSV, wineCSV, digitsCSV, diabetesCSV} {
		v := parse(csv)
		at := 0
		for line := range strings.Lines(csv[strings.Index(csv, "\n")+1:]) {
			fields := strings.Split(strings.TrimSuffix(line, "\n"), ",")
			row := append(append([]float32{}, v.x[at*v.d:(at+1)*v.d]...), v.y[at])
			if len(row) != len(fields) {
				t.Fatalf("row %d has %d fields, parsed %d", at, len(fields), len(row))
			}
			for j, field := range fields {
				want, err := strconv.ParseFloat(field, 64)
				if err != nil || row[j] != float32(want) {
					t.Fatalf("row %d field %d: %q parsed as %v", at, j, field, row[j])
				}
			}
			at++
		}
		if at != len(v.y) {
			t.Fatalf("%d lines, %d rows", at, len(v.y))
		}
	}
}

func TestParsePanicsOnAnythingElse(t *testing.T) {
	for name, csv := range map[string]string{
		"empty": "", "no rows": "1,1", "fewer rows than said": "2,1\n1,0\n", "short row": "1,2\n1,0\n",
		"word": "1,1\nx,0\n", "empty field": "1,1\n,0\n", "too long": "1,1\n0.1234567890123456789,0\n",
		"two points": "1,1\n1.2.3,0\n", "sign": "1,1\n-1,0\n",
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			parse(csv)
		}()
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, csv string }{
		{"breast_cancer", breastCancerCSV}, {"iris", irisCSV}, {"wine", wineCSV},
		{"digits", digitsCSV}, {"diabetes", diabetesCSV},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				parse(c.csv)
			}
		})
	}
}

func BenchmarkGenerate(b *testing.B) {
	b.Run("moons", func(b *testing.B) {
		for b.Loop() {
			Moons(400, 0.2, 1)
		}
	})
	b.Run("loans", func(b *testing.B) {
		for b.Loop() {
			Loans(1000, 1)
		}
	})
}
