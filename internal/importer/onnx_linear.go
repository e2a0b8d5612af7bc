package importer

import (
	"strconv"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// nameClasses takes the names of the classes from a node.
func (b *onnxBuilder) nameClasses(n *onnxNode, ints, strings string) error {
	names, err := n.texts(strings)
	if err != nil {
		return err
	}
	whole, err := n.ints(ints)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		for _, v := range whole[:min(len(whole), maxOnnxTexts)] {
			names = append(names, strconv.FormatInt(v, 10))
		}
	}
	b.classes = names
	return nil
}

// label gives the label of a classifier, the class with the highest score; it
// must be a whole number.
func (b *onnxBuilder) label(n *onnxNode, scores *array) (*array, error) {
	if scores.node == nil {
		return nil, n.misfit("its scores do not depend on the input")
	}
	var labels []int64
	for _, name := range []string{"classlabels_int64s", "classlabels_ints"} {
		list, err := n.ints(name)
		if err != nil {
			return nil, err
		}
		labels = append(labels, list...)
	}
	if len(labels) != scores.size() {
		return nil, n.cannot("export the model with its scores", "its labels are no %d whole numbers", scores.size())
	}
	k := len(labels)
	out, err := b.is(n, b.mapped(b.operand(scores), func(dst, x []float32, n int) {
		for i := range n {
			dst[i] = float32(labels[argMax(x[i*k:(i+1)*k], false)])
		}
	}), true)
	if err == nil {
		out.flat = true
	}
	return out, err
}

// weightedSums is the scores of a linear model, k×d coefficients.
func (b *onnxBuilder) weightedSums(n *onnxNode, x *array, k int) (*array, error) {
	coefficients, err := n.floats("coefficients")
	if err != nil {
		return nil, err
	}
	intercepts, err := n.floats("intercepts")
	if err != nil {
		return nil, err
	}
	d := x.size()
	if x.rank() != 2 || k < 1 || len(coefficients) != k*d || intercepts != nil && len(intercepts) != k {
		return nil, n.misfit("%d coefficients and %d intercepts do not fit %d scores of %d features", len(coefficients), len(intercepts), k, d)
	}
	if err := b.copied(n, 2*len(coefficients)); err != nil {
		return nil, err
	}
	return b.affine(n, x, tensor.Of(transposed(coefficients, []int{k, d}), d, k), intercepts)
}

func onnxLinearClassifier(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	if err := b.nameClasses(n, "classlabels_ints", "classlabels_strings"); err != nil {
		return nil, err
	}
	classes := len(b.classes)
	intercepts, err := n.floats("intercepts")
	if err != nil {
		return nil, err
	}
	k := len(intercepts)
	if k == 0 {
		k = classes
	}
	scores, err := b.weightedSums(n, in[0], k)
	if err != nil {
		return nil, err
	}
	transform := n.text("post_transform", "NONE")
	if k == 1 && classes == 2 { // as onnxruntime does it: LOGISTIC alone applies
		logistic := transform == "LOGISTIC"
		if scores, err = b.opposed(n, scores, !logistic); err != nil || !logistic {
			return scores, err
		}
	}
	out, err := b.transform(n, scores, transform)
	if err == nil && transform == "LOGISTIC" && classes == 2 {
		out.sums = k == 1 || n.mirrored(intercepts)
	}
	return out, err
}

// mirrored tells whether the sums of two classes are one another's negative.
func (n *onnxNode) mirrored(intercepts []float32) bool {
	c, err := n.floats("coefficients")
	if err != nil {
		return false
	}
	d := len(c) / 2
	for i := range d {
		if c[i] != -c[d+i] {
			return false
		}
	}
	return len(intercepts) == 0 || intercepts[0] == -intercepts[1]
}

// opposed makes of the score of one class those of two: (-s, s), or (1-s, s).
func (b *onnxBuilder) opposed(n *onnxNode, score *array, toOne bool) (*array, error) {
	sign := &array{shape: []int{2}, data: []float32{-1, 1}}
	p, q, err := b.broadcast(n, score, sign)
	if err != nil {
		return nil, err
	}
	out, err := b.is(n, b.graph.Mul(p, q), false)
	if err != nil || !toOne {
		return out, err
	}
	if p, q, err = b.broadcast(n, out, &array{shape: []int{2}, data: []float32{1, 0}}); err != nil {
		return nil, err
	}
	return b.is(n, b.graph.Add(p, q), false)
}

// transform applies what turns the sums of a classifier into scores.
func (b *onnxBuilder) transform(n *onnxNode, x *array, name string) (*array, error) {
	node := b.operand(x)
	switch name {
	case "NONE", "":
		return x, nil
	case "LOGISTIC":
		out, err := b.is(n, b.graph.Activate(node, kernel.ActSigmoid), false)
		if err == nil {
			out.margin = node
		}
		return out, err
	case "SOFTMAX":
		out, err := b.is(n, b.graph.SoftmaxGroups(node, x.size()), false)
		if err == nil {
			out.margin, out.sums = node, true
		}
		return out, err
	}
	return nil, n.cannot("use NONE, LOGISTIC or SOFTMAX", "its post_transform %q is not read", short(name))
}

func onnxLinearRegressor(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	k := int(max(0, min(n.int("targets", 1), maxOnnxNumbers)))
	scores, err := b.weightedSums(n, in[0], k)
	if err != nil {
		return nil, err
	}
	return b.transform(n, scores, n.text("post_transform", "NONE"))
}
