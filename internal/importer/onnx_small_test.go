package importer_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/importer"
	"github.com/whybox/whybox/internal/model/tree"
)

// Worked by hand from the documents of the operators.
func TestONNXSmall(t *testing.T) {
	third := 1. / 3
	below := math.Nextafter32(float32(third), 0) // float32(1/3) is above 1/3
	split := func(mode string) func(g *onnxGraph) {
		return func(g *onnxGraph) {
			g.ml("TreeEnsembleRegressor", []string{"x"}, []string{"y"},
				"nodes_treeids", []int{7, 7, 7}, "nodes_nodeids", []int{2, 9, 5}, "nodes_featureids", []int{0, 0, 0}, // the root is the last
				"nodes_modes", []string{"LEAF", "LEAF", mode}, "nodes_values_as_tensor", tensor("", []float64{0, 0, third}, 3),
				"nodes_truenodeids", []int{0, 0, 2}, "nodes_falsenodeids", []int{0, 0, 9}, "nodes_missing_value_tracks_true", []int{0, 0, 1},
				"target_treeids", []int{7, 7}, "target_nodeids", []int{2, 9}, "target_ids", []int{0, 1}, "target_weights", []float32{10, 20},
				"n_targets", 2, "base_values", []float32{1, 2})
		}
	}
	for _, c := range []struct {
		name string
		x    []float32
		d    int
		do   func(g *onnxGraph)
		want []float64
	}{
		{"≤ a double", []float32{below, float32(third), nan}, 1, split("BRANCH_LEQ"), []float64{11, 2, 1, 22, 11, 2}},
		{"< a double", []float32{below, float32(third), nan}, 1, split("BRANCH_LT"), []float64{11, 2, 1, 22, 11, 2}},
		{"> a double", []float32{below, float32(third), nan}, 1, split("BRANCH_GT"), []float64{1, 22, 11, 2, 11, 2}},
		{"≥ a double", []float32{below, float32(third), nan}, 1, split("BRANCH_GTE"), []float64{1, 22, 11, 2, 11, 2}},
		{"a base a class", []float32{0, 0, 0}, 3, func(g *onnxGraph) {
			a := append(stump("BRANCH_LEQ", "classlabels_int64s", []int{0, 1}, "base_values", []float32{100, 200}), toClasses("class", []int{0, 0, 1, 1}, []float32{1, 2, 10, 20})...)
			g.ml("TreeEnsembleClassifier", []string{"x"}, []string{"label", "y"}, a...)
		}, []float64{101, 220}},
		{"missing values are imputed", []float32{1, nan, 3, nan, 5, nan}, 3, func(g *onnxGraph) {
			g.ml("Imputer", []string{"x"}, []string{"y"}, "imputed_value_floats", []float32{10}, "replaced_value_float", math.NaN())
		}, []float64{1, 10, 3, 10, 5, 10}},
		{"a missing value is looked up", []float32{1, nan}, 1, func(g *onnxGraph) {
			g.ml("LabelEncoder", []string{"x"}, []string{"y"}, "keys_floats", []float32{nan, 2}, "values_floats", []float32{4, 5}, "default_float", 6.0)
		}, []float64{6, 4}},
		{"the largest as norm, which may be negative", []float32{-4, -2, 0, 0}, 2, func(g *onnxGraph) {
			g.ml("Normalizer", []string{"x"}, []string{"y"})
		}, []float64{2, 1, 0, 0}},
		{"doubles", []float32{1, 2}, 2, func(g *onnxGraph) {
			g.constant("w", []float64{0.5, 0.25}, 2, 1)
			g.node("MatMul", []string{"x", "w"}, "y")
		}, []float64{1}},
		{"a label, where there is nothing else", []float32{-1, 0, 0, 3}, 2, func(g *onnxGraph) {
			g.ml("LinearClassifier", []string{"x"}, []string{"y", "scores"}, "coefficients", []float32{1, 0, 0, 1}, "intercepts", []float32{0, -1}, "classlabels_ints", []int{7, -3})
			g.output("y", 7)
		}, []float64{7, -3}},
	} {
		g := &onnxGraph{}
		g.input("x", 1, c.d)
		if c.do(g); g.outputs == nil {
			g.output("y", 1)
		}
		m, err := importer.Read(g.file())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := wide(predict(m.Model, c.x)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Several inputs are features by name; a ZipMap names the classes.
func TestONNXNames(t *testing.T) {
	g := &onnxGraph{}
	g.input("age", 1, 1)
	g.input("sizes", 1, 2)
	g.constant("w", []float32{1, 2, 3, 4, 5, 6}, 3, 2)
	g.node("Concat", []string{"sizes", "age"}, "all", "axis", 1)
	g.node("MatMul", []string{"all", "w"}, "z")
	g.node("Softmax", []string{"z"}, "p")
	g.ml("ZipMap", []string{"p"}, []string{"y"}, "classlabels_strings", []string{"no", "yes"})
	g.output("y", 0)
	m, err := importer.Read(g.file())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.Features, []string{"age", "sizes[0]", "sizes[1]"}) || !slices.Equal(m.Classes, []string{"no", "yes"}) || m.Source != "a test 1" {
		t.Errorf("%q, %q, %q", m.Features, m.Classes, m.Source)
	}
	if got := predict(margin(m), []float32{100, 10, 1}); !slices.Equal(got, []float32{10 + 3 + 500, 20 + 4 + 600}) {
		t.Error(got)
	}
}

// The width of an input that leaves it open comes from what takes the input.
func TestONNXOpenWidth(t *testing.T) {
	for name, do := range map[string]func(g *onnxGraph){
		"MatMul": func(g *onnxGraph) {
			g.constant("w", some(6), 3, 2)
			g.ml("Scaler", []string{"x"}, []string{"s"}, "offset", []float32{0}, "scale", []float32{1})
			g.node("MatMul", []string{"s", "w"}, "y")
		},
		"Gemm": func(g *onnxGraph) {
			g.constant("w", some(6), 2, 3)
			g.node("Gemm", []string{"x", "w"}, "y", "transB", 1)
		},
		"Scaler": func(g *onnxGraph) {
			g.ml("Scaler", []string{"x"}, []string{"y"}, "offset", some(3), "scale", []float32{1})
		},
		"Linear": func(g *onnxGraph) {
			g.ml("LinearRegressor", []string{"x"}, []string{"y"}, "coefficients", some(6), "intercepts", some(2), "targets", 2)
		},
		"SVM": func(g *onnxGraph) {
			g.ml("SVMRegressor", []string{"x"}, []string{"y"}, "n_supports", 2, "support_vectors", some(6), "coefficients", some(2), "rho", some(1), "kernel_params", some(3))
		},
		"trees": func(g *onnxGraph) {
			g.node("Identity", []string{"x"}, "i")
			g.ml("TreeEnsembleRegressor", []string{"i"}, []string{"y"}, append(stump("BRANCH_LEQ"), toClasses("target", []int{0, 0, 0, 0}, some(4))...)...)
		},
	} {
		g := &onnxGraph{}
		g.input("x", 1, 0)
		do(g)
		g.output("y", 1)
		m, err := importer.Read(g.file())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d, _ := m.Model.Dims(); d != 3 || m.Features != nil {
			t.Errorf("%s: %d features, %q", name, d, m.Features)
		}
	}
}

// Trees that ask about features which come from several inputs, in another order,
// are still trees: they ask about the model's features.
func TestONNXTreesOfSeveralInputs(t *testing.T) {
	g := &onnxGraph{}
	g.input("b", 1, 1)
	g.input("ac", 1, 2)
	g.ml("FeatureVectorizer", []string{"ac", "b"}, []string{"acb"}, "inputdimensions", []int{2, 1})
	g.constant("order", []int{0, 2, 1}, 3)
	g.ml("ArrayFeatureExtractor", []string{"acb", "order"}, []string{"abc"})
	g.ml("TreeEnsembleRegressor", []string{"abc"}, []string{"y"}, append(stump("BRANCH_LEQ", "n_targets", 1), toClasses("target", []int{0, 0, 0, 0}, []float32{1, 2, 10, 20})...)...)
	g.output("y", 1)
	m, err := importer.Read(g.file())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Model.(*tree.Ensemble); !ok || !slices.Equal(m.Features, []string{"b", "ac[0]", "ac[1]"}) {
		t.Errorf("%T of %q", m.Model, m.Features)
	}
	// The first tree asks whether a ≤ 0.25, the second whether c ≤ -1.
	if got := predict(m.Model, []float32{9, 0, 0, 9, 1, -2}); !slices.Equal(got, []float32{1 + 20, 2 + 10}) {
		t.Error(got)
	}
}

// TreeSHAP over background rows adds up to the margin, and equals enumeration
// on a tree that asks few features.
func TestONNXTreeSHAP(t *testing.T) {
	x := rows(t, "testdata/onnx/breast_cancer/X20.csv")
	for _, name := range []string{"gbc", "rf", "tree", "gbc_decision"} {
		e, ok := loadONNX(t, "testdata/onnx/breast_cancer/"+name+".onnx").Model.(*tree.Ensemble)
		if !ok {
			t.Fatal(name, "is no ensemble of trees")
		}
		for i := range 5 {
			a, err := shapley.TreeInterventional(explain.Query{Model: e.Margin(), X: x[i*30 : (i+1)*30], Background: x, Class: 1}, shapley.TreeInterventionalParams{})
			if err != nil || math.Abs(a.Gap()) > 1e-9 {
				t.Errorf("%s, row %d: gap %g, %v", name, i, a.Gap(), err)
			}
			if got := predict(e.Margin(), x[i*30:(i+1)*30])[1]; math.Abs(a.Score-float64(got)) > 1e-5 {
				t.Errorf("%s, row %d: score %v, margin %v", name, i, a.Score, got)
			}
		}
	}
	c := mlCases()[slices.IndexFunc(mlCases(), func(c operatorCase) bool { return c.name == "trees_gt" })]
	m, err := importer.Read(c.file())
	if err != nil {
		t.Fatal(err)
	}
	for class := range 3 {
		q := explain.Query{Model: margin(m), X: []float32{1, 0, -2}, Background: c.x(), Class: class}
		a, err := shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
		if err != nil {
			t.Fatal(err)
		}
		want, err := shapley.Exact(q, shapley.ExactParams{})
		if err != nil {
			t.Fatal(err)
		}
		if e := apart(a.Values, want.Values); e > 1e-6 {
			t.Errorf("class %d: %v, want %v", class, a.Values, want.Values)
		}
	}
}

func TestONNXRefuses(t *testing.T) {
	graph := func(shape []int, do func(g *onnxGraph)) []byte {
		return operatorCase{"", shape, 0, do}.file()
	}
	node := func(op string, attributes ...any) []byte {
		return graph([]int{2, 4, 4}, func(g *onnxGraph) { g.node(op, []string{"x"}, "y", attributes...) })
	}
	with := func(op string, constant any, sides []int, attributes ...any) []byte {
		return one("", []int{4}, 0, op, attributes, constant, sides).file()
	}
	trees := func(more ...any) []byte {
		return graph([]int{3}, func(g *onnxGraph) {
			a := append(stump("BRANCH_LEQ", "n_targets", 1), toClasses("target", []int{0, 0, 0, 0}, some(4))...)
			for i := 0; i < len(more); i += 2 {
				a[slices.Index(a, more[i])+1] = more[i+1]
			}
			g.ml("TreeEnsembleRegressor", []string{"x"}, []string{"y"}, a...)
		})
	}
	whole := one("", []int{4}, 0, "Relu", nil).file()
	for _, c := range []struct {
		name string
		file []byte
		code string
		want string
	}{
		{"cut off", whole[:len(whole)-20], importer.CodeSyntax, "protocol buffer"},
		{"no graph", message(nil).number(1, 8), importer.CodeKind, "no graph"},
		{"operators that are not read", graph([]int{4}, func(g *onnxGraph) {
			g.node("LSTM", []string{"x"}, "a")
			g.node("Relu", []string{"a"}, "b")
			g.node("LSTM", []string{"b"}, "c")
			g.nodeOf("com.example", "Own", []string{"c"}, []string{"y"})
		}), importer.CodeKind, `2 of its operators are not read: LSTM ×2 ("the_a", "the_c"); com.example.Own ×1 ("the_y")`},
		{"two outputs", graph([]int{4}, func(g *onnxGraph) {
			g.node("Relu", []string{"x"}, "y")
			g.output("y", 1)
			g.output("x", 1)
		}), importer.CodeKind, "2 of y, x are"},
		{"no input", graph([]int{4}, func(g *onnxGraph) { g.node("Constant", nil, "y", "value_float", 1.0) }), importer.CodeField, "0 features"},
		{"an input of texts", func() []byte {
			g := &onnxGraph{}
			g.input("x", 8, 2)
			g.node("Identity", []string{"x"}, "y")
			g.output("y", 1)
			return g.file()
		}(), importer.CodeKind, "it takes texts"},
		{"an open side", graph([]int{3, 0, 2}, func(g *onnxGraph) { g.node("Relu", []string{"x"}, "y") }), importer.CodeKind, "leaves open how long side 2 is"},
		{"a constant output", graph([]int{4}, func(g *onnxGraph) {
			g.constant("c", []float32{1}, 1)
			g.node("Shape", []string{"x"}, "s")
			g.node("Relu", []string{"c"}, "y")
		}), importer.CodeField, "0 features"},
		{"an unknown name", graph([]int{4}, func(g *onnxGraph) { g.node("Add", []string{"x", "z"}, "y") }), importer.CodeField, `node "the_y" (Add): it uses "z", which no node before it makes`},
		{"too many inputs", graph([]int{4}, func(g *onnxGraph) { g.node("Relu", []string{"x", "x"}, "y") }), importer.CodeField, "2 inputs, where at most 1"},
		{"a missing input", graph([]int{4}, func(g *onnxGraph) { g.node("Add", []string{"x"}, "y") }), importer.CodeField, "input 1 is missing"},
		{"shapes", with("Add", some(3), []int{3}), importer.CodeField, "shape 4 and 3 do not fit"},
		{"weights", with("MatMul", some(6), []int{3, 2}), importer.CodeField, "shape 4 does not fit weights of shape 3×2"},
		{"training", graph([]int{4}, func(g *onnxGraph) {
			g.constant("t", []int{1})
			g.node("Dropout", []string{"x", "", "t"}, "y")
		}), importer.CodeKind, "may be in training"},
		{"more rows", with("Reshape", []int{5, 4}, []int{2}), importer.CodeKind, "asks for 5 rows"},
		{"rows that mix", node("Softmax", "axis", 0), importer.CodeKind, "rows would mix"},
		{"rows that are reduced", node("ReduceSum"), importer.CodeKind, "rows would mix"},
		{"rows that are moved", node("Transpose", "perm", []int{1, 0, 2, 3}), importer.CodeKind, "moves the first axis"},
		{"rows that are joined", with("Reshape", []int{-1}, []int{1}), importer.CodeKind, "rows would mix"},
		{"rows of its own", with("Add", some(12), []int{3, 4}), importer.CodeKind, "rows of their own"},
		{"an axis", node("Softmax", "axis", 7), importer.CodeField, "axis 7 of an array with 4"},
		{"a shape", with("Reshape", []int{0, 5}, []int{2}), importer.CodeKind, "rows of shape 4 into rows of shape 5"},
		{"an order of axes", node("Transpose", "perm", []int{0, 1, 1, 2}), importer.CodeField, "names one twice"},
		{"places", with("Gather", []int{4}, []int{1}, "axis", 1), importer.CodeField, "place 4 of 4"},
		{"an empty slice", node("Slice", "starts", []int{2}, "ends", []int{2}, "axes", []int{2}), importer.CodeField, "takes nothing"},
		{"windows", node("MaxPool", "kernel_shape", []int{5, 5}), importer.CodeField, "windows of shape 5×5 do not fit"},
		{"large windows", node("MaxPool", "kernel_shape", []int{1 << 19, 1 << 19}, "pads", []int{1 << 19, 1 << 19, 1 << 19, 1 << 19}), importer.CodeSize, "more than"},
		{"channels", graph([]int{2, 4, 4}, func(g *onnxGraph) {
			g.constant("w", some(27), 1, 3, 3, 3)
			g.node("Conv", []string{"x", "w"}, "y")
		}), importer.CodeField, "do not fit 2 channels in 1 groups"},
		{"a type", node("Cast", "to", 8), importer.CodeKind, "elements of type 8"},
		{"a short constant", graph([]int{4}, func(g *onnxGraph) {
			g.constant("c", some(3), 4)
			g.node("Add", []string{"x", "c"}, "y")
		}), importer.CodeField, "constant c: its sides [4] need 16 bytes, and there are 12"},
		{"a large constant", graph([]int{4}, func(g *onnxGraph) {
			g.constant("c", some(3), 1<<20, 1<<20)
			g.node("Add", []string{"x", "c"}, "y")
		}), importer.CodeSize, "more than"},
		{"an outer product", graph([]int{2048, 1}, func(g *onnxGraph) {
			g.node("Reshape", []string{"x"}, "r", "shape", []int{0, 1, 2048})
			g.node("Mul", []string{"x", "r"}, "y")
		}), importer.CodeSize, "numbers a row"},
		{"many nodes", graph([]int{4}, func(g *onnxGraph) {
			for range 1<<13 + 1 {
				g.node("Relu", []string{"x"}, "y")
			}
		}), importer.CodeSize, "8192 nodes"},
		{"a question of trees", trees("nodes_modes", []string{"BRANCH_EQ", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF"}), importer.CodeKind, `"BRANCH_EQ", which is not read`},
		{"a lost child", trees("nodes_truenodeids", []int{5, 0, 0, 1, 0, 0}), importer.CodeField, "children 5 and 2"},
		{"a circle", trees("nodes_truenodeids", []int{0, 0, 0, 1, 0, 0}), importer.CodeField, "cannot be reached"},
		{"a kernel without numbers", graph([]int{3}, func(g *onnxGraph) {
			g.ml("SVMRegressor", []string{"x"}, []string{"y"}, "kernel_type", "POLY", "n_supports", 1, "support_vectors", some(3), "coefficients", some(1), "rho", some(1))
		}), importer.CodeField, "0 kernel_params, where 3 belong"},
		{"a degree", graph([]int{3}, func(g *onnxGraph) {
			g.ml("SVMRegressor", []string{"x"}, []string{"y"}, "kernel_type", "POLY", "kernel_params", []float32{1, 0, 2.5}, "n_supports", 1, "support_vectors", some(3), "coefficients", some(1), "rho", some(1))
		}), importer.CodeKind, "the degree of its polynomial is 2.5"},
		{"no feature", trees("nodes_featureids", []int{-1, 0, 0, 2, 0, 0}), importer.CodeField, "asks about no feature"},
		{"a feature", trees("nodes_featureids", []int{3, 0, 0, 2, 0, 0}), importer.CodeField, "feature 3"},
		{"two bases of one sum", graph([]int{3}, func(g *onnxGraph) {
			a := append(stump("BRANCH_LEQ", "classlabels_int64s", []int{0, 1}, "base_values", []float32{1, 2}), toClasses("class", []int{0, 0, 0, 0}, some(4))...)
			g.ml("TreeEnsembleClassifier", []string{"x"}, []string{"label", "y"}, a...)
		}), importer.CodeKind, "two base_values for one sum"},
		{"lengths", trees("nodes_values", some(5)), importer.CodeField, "6 nodes, 5 nodes_values"},
		{"a target", trees("target_ids", []int{0, 1, 0, 0}), importer.CodeField, "score 1 of 1"},
		{"a target of a split", trees("target_nodeids", []int{0, 2, 1, 2}), importer.CodeField, "is no leaf"},
		{"a feature beyond all", trees("nodes_featureids", []int{1 << 40, 0, 0, 2, 0, 0}), importer.CodeField, "feature 1048576, where"},
		{"nodes that are one", trees("nodes_nodeids", []int{0, 1, 1, 0, 1, 2}), importer.CodeField, "two nodes 1"},
		{"coefficients", graph([]int{3}, func(g *onnxGraph) {
			g.ml("LinearRegressor", []string{"x"}, []string{"y"}, "coefficients", some(4))
		}), importer.CodeField, "4 coefficients and 0 intercepts do not fit 1 scores of 3 features"},
	} {
		m, err := importer.ONNX(c.file)
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

// Deep trees are refused before anything walks them.
func TestONNXDeepTree(t *testing.T) {
	const n = 600
	var trees, ids, features, yes, no []int
	var modes []string
	for i := range n {
		trees, features = append(trees, 0, 0), append(features, 0, 0)
		ids, modes = append(ids, i, n+i), append(modes, "BRANCH_LEQ", "LEAF")
		yes, no = append(yes, min(i+1, n-1), 0), append(no, n+i, 0)
	}
	modes[2*(n-1)] = "LEAF"
	trees, ids, features, yes, no, modes = trees[:2*n-1], ids[:2*n-1], features[:2*n-1], yes[:2*n-1], no[:2*n-1], modes[:2*n-1]
	g := &onnxGraph{}
	g.input("x", 1, 1)
	g.ml("TreeEnsembleRegressor", []string{"x"}, []string{"y"}, "nodes_treeids", trees, "nodes_nodeids", ids, "nodes_featureids", features,
		"nodes_modes", modes, "nodes_values", make([]float32, 2*n-1), "nodes_truenodeids", yes, "nodes_falsenodeids", no,
		"target_treeids", []int{0}, "target_nodeids", []int{n}, "target_ids", []int{0}, "target_weights", []float32{1})
	g.output("y", 1)
	if _, err := importer.Read(g.file()); err == nil || !strings.Contains(err.Error(), fmt.Sprint("deeper than ", tree.MaxDepth)) {
		t.Error(err)
	}
}

// A tree counts once for each class that its leaves add to: one of 2,047 nodes
// and 4,096 classes is more than there is room for.
func TestONNXManyClasses(t *testing.T) {
	const n, k = 2047, 4096
	zeros := make([]int, n)
	nodes, yes, no, modes := make([]int, n), make([]int, n), make([]int, n), make([]string, n)
	for i := range n {
		nodes[i], modes[i] = i, "LEAF"
		if i < n/2 {
			modes[i], yes[i], no[i] = "BRANCH_LEQ", 2*i+1, 2*i+2
		}
	}
	classes, last := make([]int, k), slices.Repeat([]int{n - 1}, k)
	for c := range classes {
		classes[c] = c
	}
	g := &onnxGraph{}
	g.input("x", 1, 1)
	g.ml("TreeEnsembleClassifier", []string{"x"}, []string{"label", "y"}, "nodes_treeids", zeros, "nodes_nodeids", nodes, "nodes_featureids", zeros,
		"nodes_modes", modes, "nodes_values", make([]float32, n), "nodes_truenodeids", yes, "nodes_falsenodeids", no, "classlabels_int64s", classes,
		"class_treeids", make([]int, k), "class_nodeids", last, "class_ids", classes, "class_weights", make([]float32, k))
	g.output("y", 1)
	if _, err := importer.Read(g.file()); err == nil || !strings.Contains(err.Error(), "more than 4194304 nodes in 131072 trees") {
		t.Error(err)
	}
}
