package importer

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/graph"
	"github.com/whybox/whybox/internal/model/tree"
)

// ONNX reads a graph of the Open Neural Network Exchange: networks of dense and
// convolutional layers, and the pipelines of scikit-learn (ai.onnx.ml). The
// first axis of every input counts rows, and no step may mix rows.
//
// The scores are the graph's output of numbers, which is the probabilities
// where there are labels too; a binary classifier has two. Doubles are rounded
// to float32. A graph that is an ensemble of trees becomes a *tree.Ensemble; one
// with a gradient a *graph.Network or, where it ends in a softmax or sigmoid, a
// *graph.Classifier; every other a *graph.Scorer.
//
// Format: https://onnx.ai/onnx/repo-docs/IR.html and the operators beside it.
func ONNX(file []byte) (*Imported, error) {
	if len(file) > MaxBytes {
		return nil, &Error{CodeSize, "", fmt.Sprintf("the file has %d bytes, more than the %d that are read", len(file), MaxBytes), "export a smaller model"}
	}
	o, err := readOnnx(file)
	if err != nil {
		return nil, err
	}
	out, err := o.chooseOutput()
	if err != nil {
		return nil, err
	}
	if err := o.allKnown(out); err != nil {
		return nil, err
	}
	b := &onnxBuilder{onnxFile: o, output: out, ensembles: map[int]*tree.Ensemble{}}
	m := &Imported{Source: strings.TrimSpace(o.producer + " " + o.version)}
	scores, err := b.build(1)
	if err != nil {
		return nil, err
	}
	if scores.ensemble != nil {
		m.Model = scores.ensemble
	} else if m.Model, err = b.graphModel(scores); err != nil {
		return nil, err
	}
	m.Features, m.Classes = b.featureNames(), b.classNames(scores)
	return m, nil
}

// isONNX tells an ONNX file by its first field, which is the version of the
// format, and by having nothing but fields that a model has.
func isONNX(file []byte) bool {
	number, kind, n := protowire.ConsumeTag(file[:min(len(file), 16)])
	return n > 0 && number == 1 && kind == protowire.VarintType
}

// graphModel makes the model of scores that depend on the input.
func (b *onnxBuilder) graphModel(scores *array) (m model.Model, err error) {
	if rows := min(onnxRows, onnxChunk/max(1, b.used)); rows > 1 {
		if scores, err = b.build(rows); err != nil {
			return nil, err
		}
	}
	g, rows, x := b.model, b.rows, b.x
	switch {
	case scores.flat:
		return graph.NewScorer(g, rows, x, scores.node), nil
	case scores.margin != nil:
		return graph.NewClassifier(g, rows, x, scores.node, scores.margin), nil
	}
	return graph.NewNetwork(g, rows, x, scores.node), nil
}

// Rows go through the graph together as long as their values are not more than
// a chunk.
const (
	onnxRows  = 64
	onnxChunk = 1 << 21
)

// chooseOutput finds the output that holds the scores: numbers rather than
// labels, and among several those that bear the name of probabilities.
func (o *onnxFile) chooseOutput() (string, error) {
	var names, numbers []string
	for _, v := range o.outputs {
		names = append(names, short(v.name))
		if v.kind == 0 || v.kind == onnxFloat || v.kind == onnxDouble {
			numbers = append(numbers, v.name)
		}
	}
	if probable := slices.DeleteFunc(slices.Clone(numbers), func(name string) bool { return !strings.Contains(strings.ToLower(name), "prob") }); len(probable) == 1 {
		numbers = probable
	}
	if len(numbers) == 0 && len(names) == 1 {
		numbers = []string{o.outputs[0].name}
	}
	if len(numbers) != 1 {
		return "", &Error{CodeKind, "the graph's outputs", fmt.Sprintf("one of numbers is needed, and %d of %s are", len(numbers), strings.Join(names[:min(len(names), 10)], ", ")), "export the model with one output of scores"}
	}
	return numbers[0], nil
}

// allKnown refuses the operators that are not read, all at once.
func (o *onnxFile) allKnown(output string) error {
	type missing struct {
		op    string
		count int
		nodes []string
	}
	var all []missing
	ops := onnxOperators()
	for _, n := range o.needed(output) {
		if _, ok := ops[n.key()]; ok {
			continue
		}
		at := slices.IndexFunc(all, func(m missing) bool { return m.op == n.key() })
		if at < 0 {
			at = len(all)
			all = append(all, missing{op: n.key()})
		}
		all[at].count++
		all[at].nodes = append(all[at].nodes, n.label())
	}
	if len(all) == 0 {
		return nil
	}
	var words []string
	for _, m := range all[:min(len(all), 20)] {
		nodes := strings.Join(m.nodes[:min(len(m.nodes), 8)], ", ")
		if m.count > 8 {
			nodes += ", …"
		}
		words = append(words, fmt.Sprintf("%s ×%d (%s)", short(m.op), m.count, nodes))
	}
	if len(all) > 20 {
		words = append(words, "…")
	}
	return &Error{CodeKind, "graph", fmt.Sprintf("%d of its operators are not read: %s", len(all), strings.Join(words, "; ")), "build the model of other layers, or export the part that stands before them"}
}

// needed returns the nodes that an output depends on, in their order.
func (o *onnxFile) needed(output string) []*onnxNode {
	wanted := map[string]bool{output: true}
	var nodes []*onnxNode
	for i := range slices.Backward(o.nodes) {
		n := &o.nodes[i]
		if slices.ContainsFunc(n.out, func(name string) bool { return name != "" && wanted[name] }) {
			nodes = append(nodes, n)
			for _, name := range n.in {
				wanted[name] = true
			}
		}
	}
	slices.Reverse(nodes)
	return nodes
}

// key names the operator: its domain where that is not ai.onnx, and its name.
func (n *onnxNode) key() string {
	if n.domain == "" || n.domain == "ai.onnx" {
		return n.op
	}
	return n.domain + "." + n.op
}

// label names the node for messages.
func (n *onnxNode) label() string {
	if n.name == "" {
		return fmt.Sprintf("node %d", n.index)
	}
	return fmt.Sprintf("%q", short(n.name))
}

// onnxOperator is one row of the table of operators.
type onnxOperator struct {
	least, most int // inputs
	main        int // which output build makes
	build       func(b *onnxBuilder, n *onnxNode, in []*array) (*array, error)
}

// onnxOperators is every operator that is read.
func onnxOperators() map[string]onnxOperator {
	const ml = "ai.onnx.ml."
	return map[string]onnxOperator{
		"Add": {2, 2, 0, onnxElementwise((*autodiff.Graph).Add)}, "Sub": {2, 2, 0, onnxElementwise((*autodiff.Graph).Sub)},
		"Mul": {2, 2, 0, onnxElementwise((*autodiff.Graph).Mul)}, "Div": {2, 2, 0, onnxDiv},
		"Relu": {1, 1, 0, onnxRelu}, "LeakyRelu": {1, 1, 0, onnxLeakyRelu}, "Sigmoid": {1, 1, 0, onnxSigmoid}, "Tanh": {1, 1, 0, onnxTanh},
		"Abs": {1, 1, 0, onnxAbs}, "Clip": {1, 3, 0, onnxClip}, "Softmax": {1, 1, 0, onnxSoftmax}, "LogSoftmax": {1, 1, 0, onnxLogSoftmax},
		"Identity": {1, 1, 0, onnxIdentity}, "Dropout": {1, 3, 0, onnxDropout}, "Cast": {1, 1, 0, onnxCast}, "Constant": {0, 0, 0, onnxConstant},
		"MatMul": {2, 2, 0, onnxMatMul}, "Gemm": {2, 3, 0, onnxGemm}, "BatchNormalization": {5, 5, 0, onnxBatchNormalization},
		"Conv": {2, 3, 0, onnxConv}, "MaxPool": {1, 1, 0, onnxMaxPool}, "AveragePool": {1, 1, 0, onnxAveragePool}, "GlobalAveragePool": {1, 1, 0, onnxGlobalAveragePool},
		"Flatten": {1, 1, 0, onnxFlatten}, "Reshape": {1, 2, 0, onnxReshape}, "Transpose": {1, 1, 0, onnxTranspose}, "Concat": {1, maxOnnxParts, 0, onnxConcat},
		"Slice": {1, 5, 0, onnxSlice}, "Gather": {2, 2, 0, onnxGather}, "Squeeze": {1, 2, 0, onnxSqueeze}, "Unsqueeze": {1, 2, 0, onnxUnsqueeze},
		"ReduceMean": {1, 2, 0, onnxReduce(true)}, "ReduceSum": {1, 2, 0, onnxReduce(false)}, "ArgMax": {1, 1, 0, onnxArgMax},
		ml + "TreeEnsembleClassifier": {1, 1, 1, onnxTreeClassifier}, ml + "TreeEnsembleRegressor": {1, 1, 0, onnxTreeRegressor},
		ml + "LinearClassifier": {1, 1, 1, onnxLinearClassifier}, ml + "LinearRegressor": {1, 1, 0, onnxLinearRegressor},
		ml + "SVMClassifier": {1, 1, 1, onnxSVMClassifier}, ml + "SVMRegressor": {1, 1, 0, onnxSVMRegressor},
		ml + "Scaler": {1, 1, 0, onnxScaler}, ml + "Normalizer": {1, 1, 0, onnxNormalizer}, ml + "Imputer": {1, 1, 0, onnxImputer},
		ml + "LabelEncoder": {1, 1, 0, onnxLabelEncoder}, ml + "OneHotEncoder": {1, 1, 0, onnxOneHotEncoder},
		ml + "FeatureVectorizer": {1, maxOnnxParts, 0, onnxFeatureVectorizer}, ml + "ArrayFeatureExtractor": {2, 2, 0, onnxArrayFeatureExtractor},
		ml + "ZipMap": {1, 1, 0, onnxZipMap},
	}
}
