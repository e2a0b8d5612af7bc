package shelf

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
)

// tableOf makes a table from names and rows, both apart by spaces and commas.
func tableOf(names, rows string) *dataset.Table {
	t := &dataset.Table{}
	for n := range strings.SplitSeq(names, ",") {
		t.Columns = append(t.Columns, dataset.Column{Name: n})
	}
	for row := range strings.FieldsSeq(rows) {
		for _, c := range row {
			t.X = append(t.X, float32(c-'0'))
		}
		t.Y = append(t.Y, 0)
	}
	return t
}

func TestOneHot(t *testing.T) {
	for _, c := range []struct{ about, names, rows, want string }{
		{"a category between numbers", "age,color_red,color_blue,color_green,size", "31003 51005 20109 40018", ",color,color,color,"},
		{"two of them side by side", "a=x,a=y,b=x,b=y", "1001 0110 1010", "a,a,b,b"},
		{"two 1 in a row", "c_a,c_b", "11 10 01", ","},
		{"none in a row", "c_a,c_b", "10 01 00", ","},
		{"one never 1", "c_a,c_b,c_c", "100 010 100", "c,c,"},
		{"always 1", "c_a,c_b", "10 10 10", ","},
		{"other numbers", "c_a,c_b", "20 02 20", ","},
		{"a flag before it", "is_old,color_red,color_blue", "110 001 010 101", ",color,color"},
		{"names that do not say so, few rows", "male,female", "10 01 10", ","},
		{"names that do not say so, many rows", "male,female", strings.Repeat("10 01 ", 15), "male … female,male … female"},
		{"the same beginning twice", "c_a,c_b,c_x,c_y", "1001 0110 1010", "c,c,c_x … c_y,c_x … c_y"},
		{"one column", "c_a", "1 1", ""},
	} {
		got := marked(tableOf(c.names, c.rows))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
	missing := tableOf("c_a,c_b", "10 01 10")
	missing.X[2] = float32(math.NaN())
	if got := marked(missing); got != "," {
		t.Errorf("with a missing cell: %q", got)
	}
}

// marked returns what is said of each column.
func marked(t *dataset.Table) string {
	markOneHot(t)
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.OneHot)
	}
	return strings.Join(out, ",")
}
