package importer_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model/tree"
)

// light is written by hand after LightGBM's own writer; no copy of LightGBM was
// at hand to make one. The first tree asks a ≤ 0.5, and then on the left whether
// b is one of 1, 3, 32, on the right c ≤ 2:
//
//	a ≤ 0.5, b in the set  1      (3 rows)
//	a ≤ 0.5, else          2      (1 row)
//	a > 0.5, c ≤ 2         4      (2 rows)
//	a > 0.5, c > 2         8      (4 rows)
//
// Missing a goes right (type NaN, no default left), missing b right as always,
// missing c with 0, so left (type none). The second tree is one leaf of 0.5.
const light = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=2
objective=regression
feature_names=a b c
feature_infos=[0:1] 0:1:3:32 [0:9]
tree_sizes=400 100

Tree=0
num_leaves=4
num_cat=1
split_feature=0 1 2
split_gain=3 2 1
threshold=0.5 0 2
decision_type=8 1 0
left_child=1 -1 -3
right_child=2 -2 -4
leaf_value=1 2 4 8
leaf_weight=3 1 2 4
leaf_count=3 1 2 4
internal_value=0 0 0
internal_weight=0 0 0
internal_count=10 4 6
cat_boundaries=0 2
cat_threshold=10 1
is_linear=0
shrinkage=1


Tree=1
num_leaves=1
num_cat=0
leaf_value=0.5
is_linear=0
shrinkage=1


end of trees

feature_importances:
a=1

parameters:
[boosting: gbdt]
end of parameters

pandas_categorical:null
`

func relit(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(light) }

func TestLightGBM(t *testing.T) {
	const missingRight, missingLeft = "decision_type=8", "decision_type=10"
	sigmoid := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
	for _, c := range []struct {
		name string
		file string
		x    []float32
		want []float64 // scores
	}{
		{"in the set", light, []float32{0, 3, 0}, []float64{1.5}},
		{"in its second word", light, []float32{0, 32, 0}, []float64{1.5}},
		{"not in the set", light, []float32{0, 2, 0}, []float64{2.5}},
		{"beyond the set", light, []float32{0, 64, 0}, []float64{2.5}},
		{"a negative code", light, []float32{0, -3, 0}, []float64{2.5}},
		{"b missing", light, []float32{0, nan, 0}, []float64{2.5}},
		{"on a threshold goes left", light, []float32{0.5, 1, 9}, []float64{1.5}},
		{"above it", light, []float32{math.Nextafter32(0.5, 1), 1, 2}, []float64{4.5}},
		{"right, right", light, []float32{1, 1, 3}, []float64{8.5}},
		{"a missing", light, []float32{nan, 1, 3}, []float64{8.5}},
		{"a missing goes left", relit(missingRight, missingLeft), []float32{nan, 1, 3}, []float64{1.5}},
		{"c missing counts as 0", light, []float32{1, 1, nan}, []float64{4.5}},
		{"c missing counts as 0, above the threshold", relit("threshold=0.5 0 2", "threshold=0.5 0 -2"), []float32{1, 1, nan}, []float64{8.5}},
		{"zeros are missing and go their own way", relit("decision_type=8 1 0", "decision_type=8 1 6"), []float32{1, 1, nan}, []float64{4.5}},
		{"a threshold between two float32", relit("threshold=0.5", "threshold=0.50000000000001"), []float32{0.5, 1, 9}, []float64{1.5}},
		{"a threshold just under a float32", relit("threshold=0.5", "threshold=0.49999999999999"), []float32{0.5, 1, 2}, []float64{4.5}},
		{"a threshold beyond float32", relit("threshold=0.5", "threshold=1e300"), []float32{math.MaxFloat32, 1, 2}, []float64{1.5}},
		{"binary", relit("objective=regression", "objective=binary sigmoid:1"), []float32{0, 3, 0}, []float64{sigmoid(1.5)}},
		{"poisson", relit("objective=regression", "objective=poisson"), []float32{0, 3, 0}, []float64{math.Exp(1.5)}},
		{"ranking", relit("objective=regression", "objective=lambdarank"), []float32{0, 3, 0}, []float64{1.5}},
		{"one's own objective", relit("objective=regression\n", ""), []float32{0, 3, 0}, []float64{1.5}},
		{"a mean of trees", relit("objective=regression", "objective=regression\naverage_output"), []float32{0, 3, 0}, []float64{0.75}},
		{"two classes", relit("num_tree_per_iteration=1", "num_tree_per_iteration=2", "objective=regression", "objective=multiclass num_class:2"), []float32{0, 3, 0}, []float64{sigmoid(0.5), sigmoid(-0.5)}},
		{"one class against the rest", relit("num_tree_per_iteration=1", "num_tree_per_iteration=2", "objective=regression", "objective=multiclassova num_class:2 sigmoid:1"), []float32{0, 3, 0}, []float64{sigmoid(1), sigmoid(0.5)}},
		{"lines of Windows", strings.ReplaceAll(light, "\n", "\r\n"), []float32{0, 3, 0}, []float64{1.5}},
	} {
		m, err := importer.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := wide(predict(m.Model, c.x)); apart(got, c.want) > 1e-6 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if !slices.Equal(m.Features, []string{"a", "b", "c"}) || m.Source != "LightGBM, format v4" {
			t.Errorf("%s: %v by %s", c.name, m.Features, m.Source)
		}
	}
}

// By hand for row (0, 3, 0) and the first tree, unknown features by cover:
//
//	v(∅) = (3·1 + 1·2 + 2·4 + 4·8)/10 = 4.5    v(a) = 5/4    v(b) = 0.4·1 + 0.6·40/6 = 4.4
//	v(c) = 0.4·5/4 + 0.6·4 = 2.9               v(ab) = 1     v(ac) = 5/4    v(bc) = 2.8    v(abc) = 1
func TestLightGBMExplained(t *testing.T) {
	m, err := importer.LightGBM([]byte(light))
	if err != nil {
		t.Fatal(err)
	}
	q := explain.Query{Model: m.Model.(*tree.Ensemble).Margin(), X: []float32{0, 3, 0}}
	a, err := shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
	if err != nil {
		t.Fatal(err)
	}
	third, sixth := 1.0/3, 1.0/6
	want := []float64{
		third*(1.25-4.5) + sixth*(1-4.4) + sixth*(1.25-2.9) + third*(1-2.8),
		third*(4.4-4.5) + sixth*(1-1.25) + sixth*(2.8-2.9) + third*(1-1.25),
		third*(2.9-4.5) + sixth*(2.8-4.4), // c gains nothing where a is known
	}
	if e := apart(a.Values, want); e > 1e-7 || math.Abs(a.Base-5) > 1e-7 || math.Abs(a.Score-1.5) > 1e-12 {
		t.Errorf("%v over %v, want %v over 5", a.Values, a.Base, want)
	}
}

func TestLightGBMRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		code string
		want string
	}{
		{"an old format", relit("version=v4", "version=v2"), importer.CodeKind, "v2"},
		{"no version", relit("version=v4\n", ""), importer.CodeKind, "older than v3"},
		{"cut off", light[:500], importer.CodeSyntax, "end of trees"},
		{"no features", relit("max_feature_idx=2", "max_feature_idx=-1"), importer.CodeField, "max_feature_idx"},
		{"too many features", relit("max_feature_idx=2", "max_feature_idx=2000000000"), importer.CodeField, "2000000001 features"},
		{"no trees a round", relit("num_tree_per_iteration=1", "num_tree_per_iteration=0"), importer.CodeField, "0 scores"},
		{"names", relit("feature_names=a b c", "feature_names=a b"), importer.CodeField, "2 of them for 3"},
		{"an objective", relit("objective=regression", "objective=magic"), importer.CodeKind, `"magic"`},
		{"a steep sigmoid", relit("objective=regression", "objective=binary sigmoid:2"), importer.CodeKind, "sigmoid"},
		{"roots", relit("objective=regression", "objective=regression sqrt"), importer.CodeKind, "reg_sqrt"},
		{"half a round", relit("num_tree_per_iteration=1", "num_tree_per_iteration=3"), importer.CodeField, "2 trees"},
		{"linear leaves", relit("is_linear=0", "is_linear=1"), importer.CodeKind, "linear_tree"},
		{"leaves", relit("num_leaves=4", "num_leaves=2000000000"), importer.CodeField, "2000000000 leaves"},
		{"values", relit("leaf_value=1 2 4 8", "leaf_value=1 2 4"), importer.CodeField, "3 numbers where 4"},
		{"a value", relit("leaf_value=1 2", "leaf_value=one 2"), importer.CodeField, `"one"`},
		{"an infinite value", relit("leaf_value=1 2", "leaf_value=inf 2"), importer.CodeField, "the leaf's value is +Inf"},
		{"splits", relit("split_feature=0 1 2", "split_feature=0 1"), importer.CodeField, "split_feature: there are 2 numbers where 3"},
		{"a feature", relit("split_feature=0 1 2", "split_feature=0 1 3"), importer.CodeField, "feature 3"},
		{"a negative feature", relit("split_feature=0 1 2", "split_feature=0 1 -3"), importer.CodeField, "feature -3"},
		{"a child", relit("left_child=1 -1 -3", "left_child=1 -1 -5"), importer.CodeField, "child -5"},
		{"a cycle", relit("left_child=1 -1", "left_child=1 1"), importer.CodeField, "node 1 can be reached in two ways"},
		{"a threshold", relit("threshold=0.5", "threshold=nan"), importer.CodeField, "threshold NaN"},
		{"zeros are missing", relit("decision_type=8 1 0", "decision_type=8 1 4"), importer.CodeKind, "zero_as_missing"},
		{"a type", relit("decision_type=8 1 0", "decision_type=8 1 12"), importer.CodeField, "type 12"},
		{"a set", relit("threshold=0.5 0 2", "threshold=0.5 1 2"), importer.CodeField, "set 1, where there are 1"},
		{"half a set", relit("threshold=0.5 0 2", "threshold=0.5 0.5 2"), importer.CodeField, "set 0.5"},
		{"a set twice", relit("decision_type=8 1 0", "decision_type=8 1 1", "threshold=0.5 0 2", "threshold=0.5 0 0"), importer.CodeField, "belongs to two splits"},
		{"bounds", relit("cat_boundaries=0 2", "cat_boundaries=0 3"), importer.CodeField, "2 words"},
		{"bounds in disorder", relit("cat_boundaries=0 2", "cat_boundaries=2 0"), importer.CodeField, "2 words"},
		{"no bounds", relit("cat_boundaries=0 2\n", ""), importer.CodeField, "cat_boundaries"},
		{"many words", relit("cat_threshold=10 1", "cat_threshold=10 1"+strings.Repeat(" 1", 1<<16)), importer.CodeSize, "more than 65536"},
		{"counts", relit("internal_count=10 4 6", "internal_count=10 4"), importer.CodeField, "internal_count"},
		{"lines", relit("label_index=0", manyLines()), importer.CodeField, "more than 100 lines"},
		{"no tree", relit("Tree=1\n", ""), importer.CodeField, `"Tree="`},
	} {
		_, err := importer.Read([]byte(c.file))
		var e *importer.Error
		if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(err.Error(), c.want) || e.Fix == "" {
			t.Errorf("%s: %v, want %s with %q", c.name, err, c.code, c.want)
		}
	}
}

func manyLines() string {
	var b strings.Builder
	for i := range 200 {
		b.WriteString(strings.Repeat("k", i+1) + "=\n")
	}
	return b.String()
}
