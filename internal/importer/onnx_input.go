package importer

import (
	"maps"
	"slices"

	"github.com/whybox/whybox/internal/model/tree"
	"github.com/whybox/whybox/internal/tensor"
)

// onnxInput is an input that the scores depend on.
type onnxInput struct {
	name  string
	shape []int // of a row
}

// maxOnnxInputs is how many of them a model may have.
const maxOnnxInputs = 1 << 10

// start makes the input of the model, and of its parts the inputs of the graph.
func (b *onnxBuilder) start(nodes []*onnxNode) error {
	if err := b.findInputs(nodes); err != nil {
		return err
	}
	d := 0
	for _, in := range b.inputs {
		d += tensor.Size(in.shape...)
	}
	if d < 1 || d > tree.MaxFeatures {
		return misfit("the graph's inputs", "they have %d features, where 1 to %d are possible", d, tree.MaxFeatures)
	}
	b.x = b.model.Input(d)
	b.used = d
	at := 0
	for _, in := range b.inputs {
		size := tensor.Size(in.shape...)
		features := onnxIndex([]int{size}, []int{1}, at)
		node := b.x
		if len(b.inputs) > 1 {
			node = b.model.Select(b.x, true, features, size)
			b.used += 2 * size
			at += size
		}
		b.values[in.name] = &array{shape: in.shape, node: b.model.Reshape(node, in.shape...), features: features}
	}
	return nil
}

// findInputs finds the inputs that the nodes use, and their shapes.
func (b *onnxBuilder) findInputs(nodes []*onnxNode) error {
	b.inputs = nil
	used := maps.Clone(b.uses)
	b.named = map[string]*onnxTensor{}
	for i := range b.constants {
		t := &b.constants[i]
		b.named[t.name], used[t.name] = t, false
	}
	for i := range b.onnxFile.inputs {
		v := &b.onnxFile.inputs[i]
		if !used[v.name] {
			continue
		}
		used[v.name] = false
		where := "input " + short(v.name)
		switch v.kind {
		case onnxFloat, onnxDouble, onnxInt32, onnxInt64, onnxBool:
		case onnxString:
			return &Error{CodeKind, where, "it takes texts, and models here take numbers", "encode the texts before the model"}
		default:
			return onnxElements(where, v.kind)
		}
		if !v.shaped || len(v.sides) == 0 {
			return &Error{CodeKind, where, "it does not say its shape", "export the model with the shape of its input"}
		}
		in := &onnxInput{name: v.name}
		b.declared = v.sides[0]
		for j, side := range v.sides[1:] {
			if side < 1 && j == 0 && len(v.sides) == 2 {
				side = b.guessWidth(v.name, nodes)
			}
			if side < 1 || side > tree.MaxFeatures {
				return &Error{CodeKind, where, "it leaves open how long side " + string(rune('1'+min(j, 8))) + " is", "export the model with the shape of its input, only the number of rows left open"}
			}
			in.shape = append(in.shape, int(side))
		}
		if _, ok := within(tree.MaxFeatures, in.shape...); !ok {
			return onnxTooLarge(where, "%d features", tree.MaxFeatures)
		}
		if b.inputs = append(b.inputs, in); len(b.inputs) > maxOnnxInputs {
			return onnxTooLarge("the graph", "%d inputs", maxOnnxInputs)
		}
	}
	return nil
}

// guessWidth finds how many features a row has by what the nodes that take it
// multiply, scale or ask; 0 where none says.
func (b *onnxBuilder) guessWidth(input string, nodes []*onnxNode) int64 {
	same := map[string]bool{input: true} // names of arrays as wide
	for _, n := range nodes {
		if len(n.in) == 0 || !same[n.in[0]] {
			continue
		}
		if width := b.wants(n); width > 0 {
			return width
		}
		switch n.op {
		case "Identity", "Cast", "Imputer", "Normalizer", "Scaler":
			for _, name := range n.out {
				same[name] = true
			}
		}
	}
	return 0
}

// wants returns how many features a node asks of a row; 0 where any number will
// do.
func (b *onnxBuilder) wants(n *onnxNode) int64 {
	list := func(name string) []float32 {
		v, _ := n.floats(name)
		return v
	}
	switch n.op {
	case "MatMul", "Gemm":
		if len(n.in) < 2 {
			return 0
		}
		if t := b.named[n.in[1]]; t != nil && len(t.sides) == 2 {
			return t.sides[n.int("transB", 0)&1]
		}
	case "Scaler", "Imputer":
		for _, name := range []string{"offset", "scale", "imputed_value_floats"} {
			if v := list(name); len(v) > 1 {
				return int64(len(v))
			}
		}
	case "LinearClassifier", "LinearRegressor":
		if v := list("intercepts"); len(v) > 0 {
			return int64(len(list("coefficients")) / len(v))
		}
	case "SVMClassifier", "SVMRegressor":
		vectors := n.int("n_supports", 0)
		counts, _ := n.ints("vectors_per_class")
		for _, c := range counts {
			vectors += c
		}
		if vectors > 0 {
			return int64(len(list("support_vectors"))) / vectors
		}
	case "TreeEnsembleClassifier", "TreeEnsembleRegressor":
		if v, _ := n.ints("nodes_featureids"); len(v) > 0 {
			return slices.Max(v) + 1
		}
	}
	return 0
}
