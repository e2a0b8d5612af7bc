package importer

import (
	"slices"

	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/tensor"
)

// svm is what support vector machines have in common.
type svm struct {
	kind    string // of kernel
	gamma   float32
	shift   float32
	degree  int
	d       int
	vectors []float32 // m×d
	weights []float32 // of vectors: m, or (classes-1)×m
	rho     []float32
}

// readSVM reads a machine of m vectors; without any it is linear in the
// features.
func (n *onnxNode) readSVM(m, d int) (*svm, error) {
	s := &svm{kind: n.text("kernel_type", "LINEAR"), d: d}
	var params []float32
	for _, list := range []struct {
		name string
		to   *[]float32
	}{{"support_vectors", &s.vectors}, {"coefficients", &s.weights}, {"rho", &s.rho}, {"kernel_params", &params}} {
		var err error
		if *list.to, err = n.floats(list.name); err != nil {
			return nil, err
		}
	}
	if s.kind == "LINEAR" {
		params = []float32{0, 0, 0} // which it does not use
	}
	if len(params) != 3 {
		return nil, n.misfit("it has %d kernel_params, where 3 belong", len(params))
	}
	s.gamma, s.shift, s.degree = params[0], params[1], int(max(-1, min(params[2], 1<<20)))
	switch {
	case len(s.rho) == 0:
		return nil, n.misfit("it has no rho")
	case m > 0 && len(s.vectors) != m*d:
		return nil, n.misfit("it has %d support_vectors of %d features, and %d numbers for them", m, d, len(s.vectors))
	case s.kind == "POLY" && (float32(s.degree) != params[2] || s.degree < 0 || s.degree > 64):
		return nil, n.cannot("use a whole degree up to 64", "the degree of its polynomial is %v", params[2])
	case !slices.Contains([]string{"LINEAR", "POLY", "RBF", "SIGMOID"}, s.kind):
		return nil, n.cannot("use LINEAR, POLY, RBF or SIGMOID", "its kernel_type %q is not read", short(s.kind))
	}
	return s, nil
}

// near returns the kernel of a row with a support vector.
func (s *svm) near(x, v []float32) float32 {
	switch s.kind {
	case "RBF":
		return kernel.Exp(-s.gamma * kernel.SquaredDistance(x, v))
	case "LINEAR":
		return kernel.Dot(x, v)
	}
	z := float32(s.gamma*kernel.Dot(x, v)) + s.shift
	if s.kind == "SIGMOID" {
		return kernel.Tanh(z)
	}
	power := float32(1)
	for range s.degree {
		power *= z
	}
	return power
}

// all writes the kernels of a row with every support vector.
func (s *svm) all(dst, x []float32) {
	for i := range dst {
		dst[i] = s.near(x, s.vectors[i*s.d:(i+1)*s.d])
	}
}

// linear is a machine without support vectors: k×d weights, one rho for all.
func (b *onnxBuilder) linearSVM(n *onnxNode, s *svm, x *array, k int) (*array, error) {
	if len(s.weights) != k*s.d {
		return nil, n.misfit("it has %d coefficients for %d scores of %d features", len(s.weights), k, s.d)
	}
	bias := slices.Repeat(s.rho[:1], k)
	return b.affine(n, x, tensor.Of(transposed(s.weights, []int{k, s.d}), s.d, k), bias)
}

func onnxSVMRegressor(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	if x.rank() != 2 || x.node == nil {
		return nil, n.misfit("it works on rows of features, and gets an array with %d sides", x.rank())
	}
	m := int(max(0, min(n.int("n_supports", 0), maxOnnxNumbers)))
	s, err := n.readSVM(m, x.size())
	if err != nil {
		return nil, err
	}
	if name := n.text("post_transform", "NONE"); name != "NONE" {
		return nil, n.cannot("use NONE", "its post_transform %q is not read", short(name))
	}
	var out *array
	if m == 0 {
		out, err = b.linearSVM(n, s, x, 1)
	} else if len(s.weights) != m {
		err = n.misfit("it has %d coefficients for %d support vectors", len(s.weights), m)
	} else if err = b.labours(n, m, s.d); err == nil {
		near := make([]float32, m)
		out, err = b.is(n, b.mapped(x.node, func(dst, x []float32, n int) {
			for i := range n {
				s.all(near, x[i*s.d:(i+1)*s.d])
				dst[i] = kernel.Dot(near, s.weights) + s.rho[0]
			}
		}, 1), false)
	}
	if err != nil || n.int("one_class", 0) == 0 {
		return out, err
	}
	return b.lookup(n, out, func(v float32) float32 {
		if v > 0 {
			return 1
		}
		return -1
	}, false)
}

func onnxSVMClassifier(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	if x.rank() != 2 || x.node == nil {
		return nil, n.misfit("it works on rows of features, and gets an array with %d sides", x.rank())
	}
	if err := b.nameClasses(n, "classlabels_ints", "classlabels_strings"); err != nil {
		return nil, err
	}
	k := len(b.classes)
	counts, err := n.ints("vectors_per_class")
	if err != nil {
		return nil, err
	}
	m, from := 0, []int{0}
	for _, c := range counts {
		m += int(max(0, min(c, maxOnnxNumbers)))
		from = append(from, m)
	}
	s, err := n.readSVM(m, x.size())
	if err != nil {
		return nil, err
	}
	transform := n.text("post_transform", "NONE")
	if m == 0 {
		scores, err := b.linearSVM(n, s, x, k)
		if err != nil {
			return nil, err
		}
		return b.transform(n, scores, transform)
	}
	c := &svc{svm: s, k: k, from: from}
	if err := c.probabilities(n); err != nil {
		return nil, err
	}
	if k < 2 || len(counts) != k || len(s.weights) != (k-1)*m || len(s.rho) != k*(k-1)/2 {
		return nil, n.misfit("%d coefficients and %d rho do not fit %d classes with %d support vectors", len(s.weights), len(s.rho), k, m)
	}
	if err := b.labours(n, m, s.d+k); err != nil {
		return nil, err
	}
	out, err := b.is(n, b.mapped(x.node, c.scores, c.width()), false)
	if err != nil {
		return nil, err
	}
	if k == 2 && c.a == nil {
		if transform == "LOGISTIC" || transform == "SOFTMAX" {
			return nil, n.cannot("use NONE", "its post_transform %q of a single margin is not read", transform)
		}
		return b.opposed(n, out, false)
	}
	return b.transform(n, out, transform)
}
