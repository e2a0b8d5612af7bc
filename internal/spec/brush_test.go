package spec

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestBrushReadsBack writes some rows out of many and reads them.
func TestBrushReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, share := range []float64{0, 0.01, 0.5, 0.99, 1} {
		for _, n := range []int{0, 1, 2, 10, 10000} {
			rows := make([]bool, n)
			for i := range rows {
				rows[i] = float64(r.Float64()) < share
			}
			text := BrushText(rows)
			got, err := BrushRows(text)
			if err != nil {
				t.Fatalf("%.60q: %v", text, err)
			}
			for len(rows) > 0 && !rows[len(rows)-1] {
				rows = rows[:len(rows)-1]
			}
			if !slices.Equal(got, rows) {
				t.Errorf("%d rows, a share of %v: %.60q reads as other rows", n, share, text)
			}
			if len(text) > MaxBrush {
				t.Errorf("%d rows, a share of %v: %d bytes", n, share, len(text))
			}
		}
	}
	if got := BrushText([]bool{false, true, false, true, true, true, false, false, true}); got != "1,3-5,8" {
		t.Errorf("rows 1, 3 to 5 and 8 are written %q", got)
	}
}

// TestBrushRefuses reads what is no list of rows.
func TestBrushRefuses(t *testing.T) {
	for _, text := range []string{",", "1,", ",1", "1,,2", "-", "1-", "-1", "3-1", "2,1", "1,1", "1-3,3", "01", "+1", "1.5", "a", "1 ", "1-2-3", "1000000", "0-1000000",
		"99999999999999999999", strings.Repeat("9", 4000)} {
		rows, err := BrushRows(text)
		var e *Error
		if !errors.As(err, &e) || e.Path != "/view/brush" || e.What == "" || e.Why == "" || e.Fix == "" {
			t.Errorf("%.40q reads as %d rows, %v", text, len(rows), err)
		}
		if err != nil && len(err.Error()) > 400 {
			t.Errorf("%.40q: a message of %d bytes", text, len(err.Error()))
		}
	}
}

// TestBrushFitsALink brushes every other row of the most that a view explains.
func TestBrushFitsALink(t *testing.T) {
	s := parsed(t, full)
	rows := make([]bool, 2*MaxRows)
	for i := range rows {
		rows[i] = i%4 < 2
	}
	s.View.Brush = BrushText(rows)
	hash, err := Link(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	document, err := ParseLink(hash, nil)
	if err != nil || !strings.Contains(string(document), s.View.Brush) {
		t.Errorf("%d characters of a link read as %d bytes, %v", len(hash), len(document), err)
	}
	t.Logf("%d rows take %d bytes, in a link %d characters", MaxRows, len(s.View.Brush), len(hash))
}
