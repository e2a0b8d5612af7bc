package importer_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// What random graphs are made of.
var (
	randomPlain    = []string{"Add", "Sub", "Mul", "Div", "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Abs", "Clip", "Softmax", "LogSoftmax", "Identity", "Dropout", "Cast", "Constant", "MatMul", "Gemm", "BatchNormalization", "Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "Flatten", "Reshape", "Transpose", "Concat", "Slice", "Gather", "Squeeze", "Unsqueeze", "ReduceMean", "ReduceSum", "ArgMax"}
	randomML       = []string{"TreeEnsembleClassifier", "TreeEnsembleRegressor", "LinearClassifier", "LinearRegressor", "SVMClassifier", "SVMRegressor", "Scaler", "Normalizer", "Imputer", "LabelEncoder", "OneHotEncoder", "FeatureVectorizer", "ArrayFeatureExtractor", "ZipMap"}
	randomSettings = []string{"axis", "axes", "perm", "starts", "ends", "to", "value_ints", "shape", "kernel_shape", "strides", "dilations", "pads", "group", "keepdims", "transA", "transB", "cats_int64s", "classlabels_int64s", "classlabels_ints", "vectors_per_class", "n_supports", "targets", "n_targets", "ceil_mode", "count_include_pad", "imputed_value_int64s", "keys_int64s", "values_int64s"}
	randomWeights  = []string{"coefficients", "intercepts", "support_vectors", "rho", "kernel_params", "offset", "scale", "imputed_value_floats", "prob_a", "prob_b"}
)

// randomWhole returns n whole numbers, most of them small.
func randomWhole(r *rand.Rand, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = []int{-1, 0, 1, 2, 3, -2, 1 << r.IntN(62), -1 << r.IntN(62)}[r.IntN(8)]
	}
	return out
}

func randomAttributes(r *rand.Rand) (attributes []any) {
	for range r.IntN(5) {
		name := randomSettings[r.IntN(len(randomSettings))]
		if n := r.IntN(5); n == 0 {
			attributes = append(attributes, name, randomWhole(r, 1)[0])
		} else {
			attributes = append(attributes, name, randomWhole(r, n-1))
		}
	}
	for _, name := range randomWeights {
		if r.IntN(3) == 0 {
			attributes = append(attributes, name, some(r.IntN(7)))
		}
	}
	for _, words := range [][]string{{"kernel_type", "POLY", "RBF", "SIGMOID"}, {"norm", "L1", "L2"}, {"post_transform", "SOFTMAX", "LOGISTIC"}, {"auto_pad", "SAME_UPPER", "SAME_LOWER", "VALID"}, {"aggregate_function", "AVERAGE"}} {
		if r.IntN(3) == 0 {
			attributes = append(attributes, words[0], words[1+r.IntN(len(words)-1)])
		}
	}
	return attributes
}

// randomGraph is a graph of a few nodes that fit each other only sometimes.
func randomGraph(r *rand.Rand) []byte {
	g := &onnxGraph{opset: []uint64{0, 9, 11, 18}[r.IntN(4)]}
	side := func() int { return []int{1, 1, 2, 3, 4, 6, 1 << r.IntN(20)}[r.IntN(7)] }
	sides := func(n int) []int {
		out := make([]int, n)
		for i := range out {
			out[i] = min(side(), 8)
		}
		return out
	}
	g.input("x", []uint64{1, 7}[r.IntN(2)], sides(r.IntN(4))...)
	pool := []string{"x", "x"}
	for i := range 4 {
		name := "c" + strconv.Itoa(i)
		shape := sides(r.IntN(4))
		n := 1
		for _, s := range shape {
			n *= s
		}
		if r.IntN(2) == 0 {
			g.constant(name, some(n), shape...)
		} else {
			g.constant(name, randomWhole(r, n), shape...)
		}
		pool = append(pool, name)
	}
	last := "x"
	for i := range 1 + r.IntN(4) {
		last = "n" + strconv.Itoa(i)
		var in []string
		for range r.IntN(4) {
			in = append(in, pool[r.IntN(len(pool))])
		}
		attributes := randomAttributes(r)
		switch op := r.IntN(len(randomPlain) + len(randomML)); {
		case op < len(randomPlain):
			g.node(randomPlain[op], in, last, attributes...)
		case r.IntN(2) == 0:
			g.ml(randomML[op-len(randomPlain)], in, []string{last}, attributes...)
		default:
			if op < len(randomPlain)+2 {
				attributes = append(stump("BRANCH_LEQ", "classlabels_int64s", []int{0, 1}), append(toClasses("class", randomWhole(r, 4), some(4)), toClasses("target", randomWhole(r, 4), some(4))...)...)
			}
			g.ml(randomML[op-len(randomPlain)], in, []string{"label", last}, attributes...)
		}
		pool = append(pool, last, last, last)
	}
	g.output(last, 1)
	return g.file()
}

// bentCase is a case of the operators with attributes by chance, and at times a
// row of another shape.
func bentCase(r *rand.Rand, cases []operatorCase) []byte {
	c := cases[r.IntN(len(cases))]
	g := &onnxGraph{opset: c.opset, extra: randomAttributes(r)}
	shape := append([]int(nil), c.shape...)
	if r.IntN(3) == 0 {
		shape[r.IntN(len(shape))] = 1 + r.IntN(5)
	}
	g.input("x", 1, shape...)
	if c.build(g); g.outputs == nil {
		g.output("y", 1)
	}
	return g.file()
}

// Graphs made by chance are read or refused; nothing panics. ROUNDS=n tries
// other ones, and more.
func TestONNXRandomGraphs(t *testing.T) {
	from, n := uint64(0), uint64(2000)
	if rounds, err := strconv.ParseUint(os.Getenv("ROUNDS"), 10, 32); err == nil {
		from, n = n, rounds
	}
	cases := append(append(plainCases(), shapeCases()...), mlCases()...)
	read := 0
	for seed := from; seed < from+n; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		file := bentCase(r, cases)
		if seed%2 == 0 {
			file = randomGraph(r)
		}
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("seed %d: %v", seed, p)
				}
			}()
			if whole(t, file) {
				read++
			}
		}()
		if t.Failed() {
			return
		}
	}
	t.Logf("%d of %d were read", read, n)
	if read < int(n)/10 {
		t.Errorf("only %d of %d were read", read, n)
	}
}
