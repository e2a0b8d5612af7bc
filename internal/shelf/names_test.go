package shelf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/spec"
)

// TestMisnamed: by name, as a program may spell it, or by place where the names
// say nothing.
func TestMisnamed(t *testing.T) {
	columns := []string{"Mean radius", "mean_area", "f1"}
	for _, c := range []struct {
		features []string
		columns  []string
		want     int
	}{
		{nil, columns, -1},
		{[]string{"Mean radius", "mean_area", "f1"}, columns, -1},
		{[]string{"mean.radius", " MEAN-AREA", "F1"}, columns, -1},
		{[]string{"mean_area", "Mean radius", "f1"}, columns, 0},
		{[]string{"Mean radius", "mean area", "age"}, columns, 2},
		{[]string{"f0", "f1", "f2"}, columns, -1},
		{[]string{"Column_0", "Column_1", "Column_2"}, columns, -1},
		{[]string{"x0", "x1", "x2"}, columns, -1},
		{[]string{"f0", "mean_area", "f1"}, columns, 0}, // one made-up name among others
		{[]string{"f1", "f2", "f3"}, columns, 0},
		{[]string{"f1", "f0"}, []string{"f0", "f1"}, 0},     // names that the columns have
		{[]string{"a_b", "a b"}, []string{"a b", "a_b"}, 0}, // to the letter before in spirit
		{[]string{"a b", "a_b"}, []string{"a b", "a_b"}, -1},
	} {
		if got := misnamed(c.features, c.columns); got != c.want {
			t.Errorf("%q of %q: feature %d, want %d", c.features, c.columns, got, c.want)
		}
	}
}

// flat is a model of d features that tells k classes apart.
type flat struct{ d, k int }

func (f flat) Dims() (d, k int)                { return f.d, f.k }
func (f flat) Predict(dst, x []float32, n int) { clear(dst) }

// TestFits: a table of the catalog must have the model's columns, in its order,
// spelled as a program may spell them.
func TestFits(t *testing.T) {
	moons := dataset.Moons(20, 0.1, 1)
	names := []string{moons.Columns[0].Name, moons.Columns[1].Name}
	for _, c := range []struct {
		features []string
		want     string // "" where they fit
	}{
		{nil, ""}, {names, ""}, {[]string{strings.ToUpper(names[0]), names[1]}, ""}, {[]string{"Column_0", "Column_1"}, ""},
		{[]string{names[1], names[0]}, fmt.Sprintf("the model reads %q where the data has %q", names[1], names[0])},
		{[]string{names[0], "f1"}, fmt.Sprintf("the model reads %q where the data has %q", "f1", names[1])},
	} {
		err := fits(&Model{Model: flat{2, 2}, Features: c.features}, moons)
		if e, ok := err.(*spec.Error); c.want == "" && err != nil || c.want != "" && (!ok || e.What != c.want) {
			t.Errorf("%q: %v", c.features, err)
		}
	}
}
