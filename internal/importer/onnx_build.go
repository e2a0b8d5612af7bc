package importer

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/model/tree"
	"github.com/whybox/whybox/internal/tensor"
)

// Limits of what a graph makes.
const (
	maxOnnxValues = 1 << 22 // numbers that its steps make for one row
	maxOnnxWork   = 1 << 29 // products for one row
	maxOnnxCopies = 1 << 25 // numbers of constants, and of copies of them
)

// array is a value in a graph. What depends on the input has an implicit first
// axis, the rows, which shape leaves out.
type array struct {
	shape []int
	node  *autodiff.Node // nil for constants
	data  []float32      // of constants
	whole bool           // of whole numbers or truths
	flat  bool           // something between the input and here has no gradient

	features []int32        // of the model, that these are one by one; nil where they are something else
	ensemble *tree.Ensemble // whose scores these are, of the features of the model
	margin   *autodiff.Node // before the softmax or sigmoid that made these
	sums     bool           // each row is ≥ 0 and sums to 1
}

// rank counts the rows' axis too.
func (a *array) rank() int {
	if a.node != nil {
		return len(a.shape) + 1
	}
	return len(a.shape)
}

func (a *array) size() int { return tensor.Size(a.shape...) }

// onnxBuilder turns the nodes of a file into a graph.
type onnxBuilder struct {
	*onnxFile
	output    string
	inputs    []*onnxInput
	declared  int64 // how many rows the inputs say that they have; a file for one batch size says it again in its steps
	classes   []string
	ensembles map[int]*tree.Ensemble // by node

	rows   int
	model  *autodiff.Graph
	graph  *autodiff.Graph // where the step at hand belongs: the model's, or one that computes a constant
	flat   bool            // whether the step at hand, or one before it, has no gradient
	x      *autodiff.Node
	values map[string]*array
	named  map[string]*onnxTensor
	uses   map[string]bool // names that nodes take in, and the output's
	used   int             // of the limits
	work   int
	copies int
}

// build makes the graph for so many rows at once, and returns the scores.
func (b *onnxBuilder) build(rows int) (*array, error) {
	b.rows, b.model = rows, autodiff.New(rows)
	b.values, b.used, b.work, b.copies = map[string]*array{"": nil}, 0, 0, 0
	nodes := b.needed(b.output)
	b.uses = map[string]bool{b.output: true}
	for _, n := range nodes {
		for _, name := range n.in {
			b.uses[name] = true
		}
	}
	if err := b.start(nodes); err != nil {
		return nil, err
	}
	if err := b.readConstants(); err != nil {
		return nil, err
	}
	ops := onnxOperators()
	for _, n := range nodes {
		if err := b.step(n, ops[n.key()]); err != nil {
			return nil, err
		}
	}
	scores, ok := b.values[b.output]
	switch {
	case !ok || scores == nil:
		return nil, misfit("the graph's output "+short(b.output), "no node makes it")
	case scores.node == nil:
		return nil, misfit("the graph's output "+short(b.output), "it does not depend on the input")
	case scores.size() < 1 || scores.size() > tree.MaxClasses:
		return nil, misfit("the graph's output "+short(b.output), "it has %d scores, where 1 to %d are possible", scores.size(), tree.MaxClasses)
	}
	return scores, nil
}

// readConstants reads those constants of the file that the nodes use.
func (b *onnxBuilder) readConstants() error {
	for i := range b.constants {
		t := &b.constants[i]
		if !b.uses[t.name] || t.kind == onnxString { // labels, which no score needs
			continue
		}
		a, err := b.constant(t)
		if err != nil {
			return err
		}
		b.values[t.name] = a
	}
	return nil
}

// constant makes an array of a tensor of the file.
func (b *onnxBuilder) constant(t *onnxTensor) (*array, error) {
	n, err := t.size()
	if err != nil {
		return nil, err
	}
	if b.copies += n; b.copies > maxOnnxCopies {
		return nil, onnxTooLarge("graph", "%d numbers in constants", maxOnnxCopies)
	}
	a := &array{whole: t.kind != onnxFloat && t.kind != onnxDouble}
	if a.data, err = t.floats(); err != nil {
		return nil, err
	}
	for _, s := range t.sides {
		a.shape = append(a.shape, int(s))
	}
	return a, nil
}

// step builds one node.
func (b *onnxBuilder) step(n *onnxNode, op onnxOperator) error {
	in := make([]*array, max(len(n.in), op.least))
	b.graph, b.flat = autodiff.New(1), false
	for i, name := range n.in {
		a, ok := b.values[name]
		if !ok {
			return n.misfit("it uses %q, which no node before it makes", short(name))
		}
		if in[i] = a; a != nil && a.node != nil {
			b.graph, b.flat = b.model, b.flat || a.flat
		}
	}
	if len(n.in) > op.most {
		return n.misfit("it has %d inputs, where at most %d belong", len(n.in), op.most)
	}
	for i := range op.least {
		if in[i] == nil {
			return n.misfit("input %d is missing", i)
		}
	}
	out, err := op.build(b, n, in)
	if err != nil {
		return err
	}
	if out.flat = b.flat; out.node != nil && b.graph != b.model {
		b.graph.Forward(out.node)
		out.data, out.node = slices.Clone(out.node.Value()), nil
	}
	for i, name := range n.out {
		if i == op.main {
			b.values[name] = out
		} else if op.main == 1 && i == 0 && b.uses[name] {
			if b.values[name], err = b.label(n, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// operand returns the node of an array in the graph at hand.
func (b *onnxBuilder) operand(a *array) *autodiff.Node {
	if a.node != nil {
		return a.node
	}
	return b.graph.Parameter(tensor.Of(a.data, a.shape...), nil)
}

// is makes the array of a node that has no more numbers than what it was made
// of.
func (b *onnxBuilder) is(n *onnxNode, node *autodiff.Node, whole bool) (*array, error) {
	a := &array{shape: node.Shape(), node: node, whole: whole}
	if a.size() == 0 {
		return nil, n.misfit("it makes an array of shape %s, without numbers", onnxShape(a.shape))
	}
	if b.used += a.size(); b.used > maxOnnxValues {
		return nil, onnxTooLarge(n.String(), "%d numbers a row up to here", maxOnnxValues)
	}
	return a, nil
}

// mapped makes a node of a function without a gradient.
func (b *onnxBuilder) mapped(x *autodiff.Node, f func(dst, x []float32, n int), shape ...int) *autodiff.Node {
	b.flat = true
	return b.graph.Map(x, f, shape...)
}

// fits refuses what is to have more numbers than the limits allow, before it is
// made.
func (b *onnxBuilder) fits(n *onnxNode, sides ...int) error {
	if _, ok := within(maxOnnxValues-b.used, sides...); !ok {
		return onnxTooLarge(n.String(), "%d numbers a row up to here", maxOnnxValues)
	}
	return nil
}

// labours counts the products of a step for one row.
func (b *onnxBuilder) labours(n *onnxNode, sides ...int) error {
	work, ok := within(maxOnnxWork-b.work, sides...)
	if !ok {
		return onnxTooLarge(n.String(), "%d products a row up to here", maxOnnxWork)
	}
	b.work += work
	return nil
}

// copied counts numbers of a constant that are laid out anew.
func (b *onnxBuilder) copied(n *onnxNode, numbers int) error {
	if b.copies += numbers; b.copies > maxOnnxCopies {
		return onnxTooLarge(n.String(), "%d numbers in constants", maxOnnxCopies)
	}
	return nil
}

// within returns the product of the sides, if it is no larger than most.
func within(most int, sides ...int) (int, bool) {
	if slices.Contains(sides, 0) {
		return 0, true
	}
	product := 1
	for _, s := range sides {
		if s < 0 || s > most/product {
			return 0, false
		}
		product *= s
	}
	return product, true
}

// cannot refuses what an operator is asked to do.
func (n *onnxNode) cannot(fix, format string, args ...any) error {
	return &Error{CodeKind, n.String(), fmt.Sprintf(format, args...), fix}
}

// mixes refuses a step across rows.
func (n *onnxNode) mixes(how string) error {
	return n.cannot("keep the first axis for rows", "it %s, so that rows would mix", how)
}

// misfit is about parts of a node that do not fit each other.
func (n *onnxNode) misfit(format string, args ...any) error {
	return misfit(n.String(), format, args...)
}

// featureNames returns the names of the features, where there are several
// inputs that have some.
func (b *onnxBuilder) featureNames() []string {
	if len(b.inputs) < 2 || b.x.Shape()[0] > maxOnnxTexts {
		return nil
	}
	var names []string
	for _, in := range b.inputs {
		size := tensor.Size(in.shape...)
		if size == 1 {
			names = append(names, in.name)
			continue
		}
		for i := range size {
			names = append(names, short(in.name)+"["+strconv.Itoa(i)+"]")
		}
	}
	return names
}

// classNames returns the names of the classes, where the file has as many as
// there are scores: those of a classifier, or the constants that a network
// picks its labels from.
func (b *onnxBuilder) classNames(scores *array) []string {
	k := scores.size()
	if k < 2 {
		return nil
	}
	if len(b.classes) == k {
		return b.classes
	}
	labels := map[string]bool{}
	for _, n := range b.nodes {
		if n.op == "ArrayFeatureExtractor" && len(n.in) > 0 {
			labels[n.in[0]] = true
		}
	}
	for i := range b.constants {
		if t := &b.constants[i]; labels[t.name] {
			if names := t.names(k); len(names) == k {
				return names
			}
		}
	}
	return nil
}
