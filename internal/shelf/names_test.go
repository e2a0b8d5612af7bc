package shelf

import "testing"

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
		if got := (&Model{Features: c.features}).Misnamed(c.columns); got != c.want {
			t.Errorf("%q of %q: feature %d, want %d", c.features, c.columns, got, c.want)
		}
	}
}
