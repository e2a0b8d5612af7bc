package importer_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/importer"
)

// small is a model with one numeric and one categorical split, written by hand.
// Codes 1 and 3 of feature b go right to 20, other codes left to 10; where a ≥
// 1.5 it is 30. A missing a goes right, a missing b left.
const small = `{"learner": {
	"feature_names": ["a", "b"], "feature_types": ["float", "c"],
	"gradient_booster": {"name": "gbtree", "model": {
		"gbtree_model_param": {"num_trees": "1"},
		"tree_info": [0],
		"trees": [{
			"categories": [1, 3], "categories_nodes": [1], "categories_segments": [0], "categories_sizes": [2],
			"default_left": [0, 1, 0, 0, 0], "id": 0, "left_children": [1, 3, -1, -1, -1], "right_children": [2, 4, -1, -1, -1],
			"split_conditions": [1.5, 0, 30, 10, 20], "split_indices": [0, 1, 0, 0, 0], "split_type": [0, 1, 0, 0, 0],
			"sum_hessian": [8, 4, 4, 3, 1],
			"tree_param": {"num_deleted": "0", "num_feature": "2", "num_nodes": "5", "size_leaf_vector": "0"}
		}]
	}},
	"learner_model_param": {"base_score": "2.5E-1", "num_class": "0", "num_feature": "2", "num_target": "1"},
	"objective": {"name": "reg:squarederror"}
}, "version": [1, 7, 4]}`

// twoTrees makes of small a model of two trees, of which the second is a leaf
// of 1, and of k classes.
func twoTrees(info, k, more string) []string {
	return []string{
		`"tree_info": [0]`, `"tree_info": ` + info,
		`"trees": [{`, `"trees": [{"default_left": [0], "left_children": [-1], "right_children": [-1], "split_conditions": [1], "split_indices": [0]}, {`,
		`"num_class": "0"`, `"num_class": "` + k + `"`,
		`"name": "gbtree", `, more,
	}
}

func swapped(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(small) }

var nan = float32(math.NaN())

// Worked by hand from the documented rules.
func TestXGBoostSmall(t *testing.T) {
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	objective := func(name string) string { return swapped("reg:squarederror", name) }
	for _, c := range []struct {
		name string
		file string
		x    []float32 // one row
		want []float64 // margins
	}{
		{"left, a code that is listed", small, []float32{1, 3}, []float64{20.25}},
		{"left, one that is not", small, []float32{1, 2}, []float64{10.25}},
		{"left, beyond all codes", small, []float32{1, 1e9}, []float64{10.25}},
		{"left, a negative code", small, []float32{1, -1}, []float64{10.25}},
		{"left, a code is cut to its whole part", small, []float32{1, 3.7}, []float64{20.25}},
		{"a missing b goes left", small, []float32{1, nan}, []float64{10.25}},
		{"a missing b goes right", swapped("[0, 1, 0, 0, 0], \"id", "[0, 0, 0, 0, 0], \"id"), []float32{1, nan}, []float64{20.25}},
		{"a missing a goes right", small, []float32{nan, 3}, []float64{30.25}},
		{"a missing a goes left", swapped("\"default_left\": [0,", "\"default_left\": [1,"), []float32{nan, 3}, []float64{20.25}},
		{"truths for directions", swapped("\"default_left\": [0, 1, 0, 0, 0]", "\"default_left\": [true, true, false, false, false]"), []float32{nan, 3}, []float64{20.25}},
		{"a on the threshold goes right", small, []float32{1.5, 3}, []float64{30.25}},
		{"a threshold beyond all numbers", swapped("[1.5, 0, 30", "[Infinity, 0, 30"), []float32{1e30, 3}, []float64{20.25}},
		{"binary:logistic", objective("binary:logistic"), []float32{2, 0}, []float64{30 + logit(0.25)}},
		{"binary:logitraw", objective("binary:logitraw"), []float32{2, 0}, []float64{30 + logit(0.25)}},
		{"count:poisson", objective("count:poisson"), []float32{2, 0}, []float64{30 + math.Log(0.25)}},
		{"reg:gamma", objective("reg:gamma"), []float32{2, 0}, []float64{30 + math.Log(0.25)}},
		{"reg:tweedie", objective("reg:tweedie"), []float32{2, 0}, []float64{30 + math.Log(0.25)}},
		{"rank:ndcg", objective("rank:ndcg"), []float32{2, 0}, []float64{30.25}},
		{"a base in brackets", swapped(`"2.5E-1"`, `"[2.5E-1]"`), []float32{2, 0}, []float64{30.25}},
		{"a number for a text", swapped(`"2.5E-1"`, `0.25`, `"num_feature": "2"`, `"num_feature": 2`), []float32{2, 0}, []float64{30.25}},
		{"two parallel trees", swapped(twoTrees("[0, 0]", "0", `"name": "gbtree", `)...), []float32{2, 0}, []float64{31.25}},
		{"two classes' trees", swapped(append(twoTrees("[1, 0]", "2", `"name": "gbtree", `), "reg:squarederror", "multi:softprob")...), []float32{2, 0}, []float64{30.25, 1.25}},
		{"a base each", swapped(append(twoTrees("[1, 0]", "2", `"name": "gbtree", `), `"2.5E-1"`, `"[1E0, 2E0]"`)...), []float32{2, 0}, []float64{31, 3}},
		{"dart", swapped(append(twoTrees("[0, 0]", "0", `"name": "dart", "weight_drop": [4, 0.5], "gbtree": {"name": "gbtree", `), "}},\n\t\"learner_model_param\"", "}}},\n\t\"learner_model_param\"")...), []float32{2, 0}, []float64{19.25}},
		{"gblinear", linearFile, []float32{2, 3, 1}, []float64{0.25 + 100 + 2 + 30, 0.25 + 200 + 4 + 60}},
		{"gblinear with a value missing", linearFile, []float32{2, nan, 1}, []float64{0.25 + 100 + 2, 0.25 + 200 + 4}},
		{"a pruned tree", swapped(
			`"left_children": [1, 3, -1, -1, -1]`, `"left_children": [1, -1, -1, -1, -1]`, `"right_children": [2, 4,`, `"right_children": [2, -1,`,
			`"categories": [1, 3], "categories_nodes": [1], "categories_segments": [0], "categories_sizes": [2]`, `"id": 0`, `"split_indices": [0, 1, 0, 0, 0]`, `"split_indices": [0, 0, 0, 2147483647, 2147483647]`,
			`"split_type": [0, 1, 0, 0, 0]`, `"split_type": [0, 0, 0, 0, 0]`, `"num_deleted": "0"`, `"num_deleted": "2"`, "[1.5, 0, 30", "[1.5, 7, 30"), []float32{1, 3}, []float64{7.25}},
	} {
		for format, file := range map[string][]byte{"JSON": []byte(c.file), "UBJ": ubj(t, c.file)} {
			m, err := importer.XGBoost(file)
			if err != nil {
				t.Errorf("%s, %s: %v", c.name, format, err)
				continue
			}
			if got := wide(predict(margin(m), c.x)); apart(got, c.want) > 3e-6 {
				t.Errorf("%s, %s: margins %v, want %v", c.name, format, got, c.want)
			}
		}
	}
}

// linearFile is a gblinear model of three features and two targets.
const linearFile = `{"version": [2, 0, 0], "learner": {
	"gradient_booster": {"name": "gblinear", "model": {"boosted_rounds": 5, "weights": [1, 2, 10, 20, 0, 0, 100, 200]}},
	"learner_model_param": {"base_score": "2.5E-1", "num_class": "0", "num_feature": "3", "num_target": "2"},
	"objective": {"name": "reg:squarederror"}, "attributes": {"text": "\u0041\n\"", "none": null, "deep": [[1.5e3, -2], {}]}
}}`

// The slope of a weighted sum is its weights.
func TestLinearGradient(t *testing.T) {
	m, err := importer.XGBoost([]byte(linearFile))
	if err != nil {
		t.Fatal(err)
	}
	g := make([]float32, 6)
	margin(m).(explain.Differentiable).Gradient(g, make([]float32, 6), 2, 1)
	if !slices.Equal(g, []float32{2, 20, 0, 2, 20, 0}) {
		t.Error(g)
	}
}

func TestXGBoostLinks(t *testing.T) {
	for name, want := range map[string]float64{
		"binary:logistic": 1 / (1 + math.Exp(-30)*3), "binary:hinge": 1, "count:poisson": math.Exp(30) / 4, "reg:gamma": math.Exp(30) / 4,
		"reg:squarederror": 30.25, "multi:softmax": 1, "rank:map": 30.25,
	} {
		m, err := importer.XGBoost([]byte(swapped("reg:squarederror", name)))
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(predict(m.Model, []float32{2, 0})[0]); math.Abs(got-want) > 3e-6*want || m.Objective != name {
			t.Errorf("%s (%s): %v, want %v", name, m.Objective, got, want)
		}
	}
}

func TestXGBoostRefuses(t *testing.T) {
	swap := func(pairs ...string) []byte { return []byte(swapped(pairs...)) }
	long := func(open string) []byte { return []byte(`{"x": ` + strings.Repeat(open, 100)) }
	for _, c := range []struct {
		name string
		file []byte
		code string
		want string
	}{
		{"nothing", nil, importer.CodeKind, "neither JSON"},
		{"the old format", []byte("binf\x00\x00"), importer.CodeKind, "save_model"},
		{"a dump", []byte(`[{"nodeid": 0}]`), importer.CodeKind, "dump_model"},
		{"other JSON", []byte(`{"a": 1}`), importer.CodeKind, `no "learner"`},
		{"cut off", []byte(small[:700]), importer.CodeSyntax, "ends"},
		{"cut off in a text", []byte(small[:25]), importer.CodeSyntax, "ends within a text"},
		{"deep", long("["), importer.CodeSize, "deep"},
		{"deep in another way", long(`{"a":`), importer.CodeSize, "deep"},
		{"a word", swap(`"tree_info": [0]`, `"tree_info": [zero]`), importer.CodeSyntax, "/model/tree_info/0"},
		{"hexadecimal", swap("30, 10, 20", "0x1p3, 10, 20"), importer.CodeSyntax, "0x1p3"},
		{"too large a number", swap("30, 10, 20", "1e39, 10, 20"), importer.CodeSyntax, "1e39"},
		{"a broken index", swap(`"left_children": [1,`, `"left_children": [1.5,`), importer.CodeField, "1.5 is no whole number"},
		{"too large an index", swap(`"left_children": [1,`, `"left_children": [4294967297,`), importer.CodeField, "/learner/gradient_booster/model/trees/0/left_children/0"},
		{"no count", swap(`"num_feature": "2",`, `"num_feature": "two",`), importer.CodeField, `"two" is no count`},
		{"no features", swap(`"num_feature": "2", "num_target"`, `"num_feature": "0", "num_target"`), importer.CodeField, "0 features"},
		{"too many features", swap(`"num_feature": "2", "num_target"`, `"num_feature": "2000000000", "num_target"`), importer.CodeField, "2000000000 features"},
		{"too many classes", swap(`"num_class": "0"`, `"num_class": "2000000000"`), importer.CodeField, "2000000000 scores"},
		{"names", swap(`["a", "b"]`, `["a"]`), importer.CodeField, "/learner/feature_names: there are 1 of them for 2"},
		{"targets of classes", swap(`"num_class": "0"`, `"num_class": "3"`, `"num_target": "1"`, `"num_target": "2"`), importer.CodeKind, "several targets"},
		{"an objective", swap("reg:squarederror", "reg:magic"), importer.CodeKind, "multi:softprob"},
		{"a booster", swap(`"name": "gbtree"`, `"name": "gbmagic"`), importer.CodeKind, "gblinear"},
		{"a base", swap("2.5E-1", "much"), importer.CodeField, `"much" is not a number`},
		{"two bases", swap("2.5E-1", "[1,2]"), importer.CodeField, "2 of them for 1"},
		{"a base that is no probability", swap("reg:squarederror", "binary:logistic", "2.5E-1", "1"), importer.CodeField, "cannot be a prediction of binary:logistic"},
		{"a base that is no rate", swap("reg:squarederror", "count:poisson", "2.5E-1", "-1"), importer.CodeField, "-1 cannot be"},
		{"trees of no class", swap(`"tree_info": [0]`, `"tree_info": []`), importer.CodeField, "tree_info"},
		{"a class", swap(`"tree_info": [0]`, `"tree_info": [1]`), importer.CodeField, "tree 0: it adds to score 1 of 1"},
		{"an empty tree", swap(`"trees": [{`, `"trees": [{}, {`), importer.CodeField, "the tree has no left_children"},
		{"many trees", swap(`"trees": [{`, `"trees": [`+strings.Repeat(`{"left_children":[-1]},`, 1<<17)+`{`), importer.CodeSize, "131072 trees"},
		{"many categories", swap(`"categories": [1,`, `"categories": [`+strings.Repeat("1,", 1<<22)), importer.CodeSize, "4194304 categories"},
		{"many names", swap(`["a", "b"]`, `[`+strings.Repeat(`"",`, 1<<20)+`""]`), importer.CodeSize, "1048576 features"},
		{"drop", swap(`"name": "gbtree"`, `"name": "dart"`), importer.CodeField, "weight_drop"},
		{"weights", []byte(strings.Replace(linearFile, "[1, 2,", "[1,", 1)), importer.CodeField, "7 of them; 3 features and a bias for 2 scores need 8"},
		{"a weight", []byte(strings.Replace(linearFile, "[1, 2,", "[1, NaN,", 1)), importer.CodeField, "number 1 is NaN"},
		{"leaves of vectors", swap(`"size_leaf_vector": "0"`, `"size_leaf_vector": "3"`), importer.CodeField, "one_output_per_tree"},
		{"nodes", swap(`"num_nodes": "5"`, `"num_nodes": "6"`), importer.CodeField, "5 left_children and 6 nodes"},
		{"lengths", swap(`"right_children": [2, 4, -1, -1, -1]`, `"right_children": [2, 4, -1, -1]`), importer.CodeField, "4 right_children"},
		{"a cycle", swap(`"left_children": [1, 3,`, `"left_children": [1, 0,`), importer.CodeField, "tree 0: node 0 can be reached in two ways"},
		{"a lost child", swap(`"right_children": [2, 4,`, `"right_children": [2, 9,`), importer.CodeField, "child 9"},
		{"a feature", swap(`"split_indices": [0, 1,`, `"split_indices": [0, 2,`), importer.CodeField, "feature 2"},
		{"a negative feature", swap(`"split_indices": [0, 1,`, `"split_indices": [0, -1,`), importer.CodeField, "feature -1"},
		{"a leaf", swap("30, 10, 20", "NaN, 10, 20"), importer.CodeField, "NaN"},
		{"a cover", swap(`"sum_hessian": [8, 4,`, `"sum_hessian": [8, -4,`), importer.CodeField, "cover is -4"},
		{"categories beyond", swap(`"categories_sizes": [2]`, `"categories_sizes": [3]`), importer.CodeField, "categories 0 to 3, where there are 2"},
		{"categories of a leaf", swap(`"categories_nodes": [1]`, `"categories_nodes": [2]`), importer.CodeField, "node 2 has categories, and is no split"},
		{"categories of a number", swap(`"split_type": [0, 1,`, `"split_type": [0, 0,`), importer.CodeField, "split_type is not 1"},
		{"no categories", swap(`"split_type": [0, 1,`, `"split_type": [1, 1,`), importer.CodeField, "node 0 has split_type 1 and no categories"},
		{"a category", swap(`"categories": [1, 3]`, `"categories": [-1, 3]`), importer.CodeField, "category -1"},
		{"a length beyond the file", []byte("{L\x7f\xff\xff\xff\xff\xff\xff\xff"), importer.CodeSyntax, "announced"},
		{"a negative length", []byte("{i\xff"), importer.CodeSyntax, "announced"},
		{"values without bytes", []byte("{i\x01a[$T#L\x00\x00\x00\x00\xff\xff\xff\xff"), importer.CodeSyntax, "cannot be the type"},
		{"values beyond the file", []byte("{i\x01a[$d#l\x00\x00\x00\x05ABCD"), importer.CodeSyntax, "5 elements of 4 bytes"},
		{"a type without count", []byte("{i\x01a[$d]"), importer.CodeSyntax, "needs a count"},
		{"UBJ cut off", []byte("{i\x01aL\x00"), importer.CodeSyntax, "ends"},
	} {
		m, err := importer.XGBoost(c.file)
		var e *importer.Error
		if !errors.As(err, &e) || m != nil {
			t.Errorf("%s: %v, %v", c.name, m, err)
			continue
		}
		if e.Code != c.code || !strings.Contains(err.Error(), c.want) || e.Fix == "" {
			t.Errorf("%s: %v, want %s with %q", c.name, err, c.code, c.want)
		}
	}
}

// ubj writes a JSON document as Universal Binary JSON: numbers as 64 bits, but
// arrays of float32 and of small whole numbers with one type for all, as
// XGBoost does.
func ubj(t testing.TB, document string) []byte {
	t.Helper()
	document = strings.ReplaceAll(document, "Infinity", "1e308") // stands for it below
	var v any
	if err := json.Unmarshal([]byte(document), &v); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	length := func(n int) {
		b.WriteByte('L')
		binary.Write(&b, binary.BigEndian, int64(n))
	}
	var write func(v any)
	write = func(v any) {
		switch v := v.(type) {
		case nil:
			b.WriteByte('Z')
		case bool:
			b.WriteByte(map[bool]byte{true: 'T', false: 'F'}[v])
		case float64:
			b.WriteByte('D')
			binary.Write(&b, binary.BigEndian, v)
		case string:
			b.WriteByte('S')
			length(len(v))
			b.WriteString(v)
		case map[string]any:
			b.WriteByte('{')
			for _, k := range slices.Sorted(maps.Keys(v)) {
				length(len(k))
				b.WriteString(k)
				write(v[k])
			}
			b.WriteByte('}')
		case []any:
			writeArray(&b, v, length, write)
		}
	}
	write(v)
	return b.Bytes()
}

func writeArray(b *bytes.Buffer, v []any, length func(n int), write func(v any)) {
	b.WriteByte('[')
	isNumber := func(e any) bool { _, ok := e.(float64); return ok }
	if len(v) > 1 && !slices.ContainsFunc(v, func(e any) bool { return !isNumber(e) }) {
		whole := !slices.ContainsFunc(v, func(e any) bool { return e.(float64) != float64(int32(e.(float64))) })
		b.WriteByte('$')
		b.WriteByte(map[bool]byte{true: 'l', false: 'd'}[whole])
		b.WriteByte('#')
		length(len(v))
		for _, e := range v {
			if whole {
				binary.Write(b, binary.BigEndian, int32(e.(float64)))
			} else {
				binary.Write(b, binary.BigEndian, float32(e.(float64)))
			}
		}
		return
	}
	for _, e := range v {
		write(e)
	}
	b.WriteByte(']')
}
