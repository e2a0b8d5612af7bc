package figure

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// pairing builds a figure of the interactions of some rows.
func pairing(t *testing.T, data, model, output string, rows int) (*Figure, *view.Interactions) {
	t.Helper()
	f := build(t, NewBuilder(), &spec.Spec{Schema: spec.Version, Seed: 3, Data: spec.Data{Name: data}, Model: spec.Model{Name: model},
		Explain: spec.Explain{Name: "kernel-shap", Output: output}, View: spec.View{Name: "interactions", Rows: rows}})
	v, err := f.interactions(40)
	if err != nil {
		t.Fatal(err)
	}
	return f, v
}

// exactPairs is the plain mean of the sizes of every row's index, each by every
// coalition.
func exactPairs(t *testing.T, f *Figure, rows int) []float64 {
	t.Helper()
	d := f.problem.D
	mean := make([]float64, d*d)
	for _, row := range f.sample(rows) {
		q := f.query("explaining", "law", catalog.InteractionBackground)
		q.X = f.table.Row(row)
		a, err := shapley.Interaction(q, shapley.InteractionParams{})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range a.Values {
			if i/d != i%d {
				v *= 2
			}
			mean[i] += math.Abs(v) / float64(rows)
		}
	}
	return mean
}

func TestPairsOfAnyModel(t *testing.T) {
	f, v := pairing(t, "loans", "mlp", "", 12)
	want, d := exactPairs(t, f, 12), f.problem.D
	for a, i := range v.Indices {
		for b, j := range v.Indices {
			if math.Abs(v.Values[a][b]-want[i*d+j]) > 1e-9 {
				t.Errorf("%d with %d: %g, by every coalition %g", i, j, v.Values[a][b], want[i*d+j])
			}
		}
	}
	if v.StdErr[0][1] != 0 || !strings.Contains(v.Note, "every subset") {
		t.Errorf("%v, %s", v.StdErr, v.Note)
	}
}

// Of 13 features some orders are drawn: what is said of the pairs holds against
// every coalition, and so does what is called chance.
func TestPairsThatAreEstimated(t *testing.T) {
	const rows = 10
	f, v := pairing(t, "wine", "mlp", "", rows)
	want, d := exactPairs(t, f, rows), f.problem.D
	if v.StdErr[0][1] == 0 || !strings.Contains(v.Note, "estimated over 20 background rows") {
		t.Fatal(v.Note)
	}
	sure, beyond := 0, 0
	for a, i := range v.Indices {
		for b, j := range v.Indices[:a] {
			if off := math.Abs(v.Values[a][b] - want[i*d+j]); off > 3*v.StdErr[a][b] {
				beyond++
			}
			if !v.Chance(a, b) {
				sure++
				if want[i*d+j] < v.Values[a][b]/4 {
					t.Errorf("%s with %s is %g and called sure, by every coalition it is %g", v.Features[a], v.Features[b], v.Values[a][b], want[i*d+j])
				}
			}
		}
	}
	t.Logf("of %d pairs %d are beyond chance; %d are off by over 3 standard errors", d*(d-1)/2, sure, beyond)
	if sure == 0 || sure == d*(d-1)/2 || beyond > 4 {
		t.Errorf("of %d pairs %d are beyond chance, %d off by over 3 standard errors", d*(d-1)/2, sure, beyond)
	}
}

// The margin of a logistic regression is a sum: no two features work together.
// Its probability is none.
func TestPairsOfASum(t *testing.T) {
	_, v := pairing(t, "iris", "logistic", "margin", 15)
	for a := range v.Features {
		for b := range a {
			if v.Values[a][b] != 0 {
				t.Errorf("%s with %s: %g", v.Features[a], v.Features[b], v.Values[a][b])
			}
		}
	}
	if !strings.HasPrefix(v.Summary, "No two features work together") {
		t.Error(v.Summary)
	}
	if _, v = pairing(t, "iris", "logistic", "", 15); !strings.HasPrefix(v.Summary, "Most together do petal") {
		t.Error(v.Summary)
	}
}

// Trees are read as before, and say so.
func TestPairsOfTrees(t *testing.T) {
	f, v := pairing(t, "diabetes", "boosting", "", 10)
	if v.StdErr[0][1] != 0 || !strings.Contains(v.Note, "read off the trees") {
		t.Error(v.Note)
	}
	row := f.sample(10)[0]
	q := f.query("explaining", "law", 1)
	q.X = f.table.Row(row)
	if _, stderr, err := catalog.Interactions(q); err != nil || stderr != nil {
		t.Errorf("%v, %v", err, stderr)
	}
}
