package importer

import (
	"math"
	"slices"

	"github.com/whybox/whybox/internal/autodiff"
)

// perFeature repeats a list of one number, or of one a feature, over a row.
func (n *onnxNode) perFeature(name string, list []float32, x *array) ([]float32, error) {
	last := 1
	if len(x.shape) > 0 {
		last = x.shape[len(x.shape)-1]
	}
	if len(list) != 1 && len(list) != last {
		return nil, n.misfit("its %s has %d numbers for %d features", name, len(list), last)
	}
	out := make([]float32, x.size())
	for i := range out {
		out[i] = list[i%len(list)]
	}
	return out, nil
}

// onnxScaler is (x - offset)·scale.
func onnxScaler(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	var lists [2][]float32
	for i, name := range []string{"offset", "scale"} {
		list, err := n.floats(name)
		if err != nil {
			return nil, err
		}
		if list == nil {
			list = []float32{float32(i)}
		}
		if lists[i], err = n.perFeature(name, list, x); err != nil {
			return nil, err
		}
	}
	b.used += 2 * x.size()
	return b.is(n, b.graph.Standardize(b.operand(x), lists[0], lists[1]), false)
}

// onnxNormalizer divides each row by its norm. Probabilities that sum to 1 only
// lose what rounding left, so what stood before the link stays it.
func onnxNormalizer(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	by, ok := map[string]autodiff.Norm{"MAX": autodiff.NormMax, "L1": autodiff.NormL1, "L2": autodiff.NormL2}[n.text("norm", "MAX")]
	if !ok {
		return nil, n.misfit("its norm is %q", short(n.text("norm", "")))
	}
	if len(x.shape) != 1 || x.size() == 0 {
		return nil, n.misfit("it works on rows of numbers, and gets rows of shape %s", onnxShape(x.shape))
	}
	out, err := b.is(n, b.graph.NormalizeGroups(b.operand(x), x.size(), by), false)
	if err == nil && x.sums && by == autodiff.NormL1 {
		out.margin, out.sums = x.margin, true
	}
	return out, err
}

func onnxImputer(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	by, err := n.floats("imputed_value_floats")
	if err != nil {
		return nil, err
	}
	what := n.float("replaced_value_float", 0)
	if whole, err := n.ints("imputed_value_int64s"); err != nil {
		return nil, err
	} else if by == nil {
		what = float32(n.int("replaced_value_int64", 0))
		for _, v := range whole {
			by = append(by, float32(v))
		}
	}
	list, err := n.perFeature("imputed values", by, x)
	if err != nil {
		return nil, err
	}
	b.used += x.size()
	return b.is(n, b.graph.Replace(b.operand(x), what, list), x.whole)
}

// numbersOf returns a list that is an attribute of floats, of whole numbers or,
// in newer versions, a tensor.
func (n *onnxNode) numbersOf(floats, ints, tensor string) ([]float32, error) {
	list, err := n.floats(floats)
	if err != nil || list != nil {
		return list, err
	}
	whole, err := n.ints(ints)
	for _, v := range whole {
		list = append(list, float32(v))
	}
	if err != nil || list != nil {
		return list, err
	}
	t, found, err := n.tensor(tensor)
	if err != nil || !found || t.kind == onnxString {
		return nil, err
	}
	return t.floats()
}

// onnxLabelEncoder replaces numbers by others; what is not among the keys, by a
// default.
func onnxLabelEncoder(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	keys, err := n.numbersOf("keys_floats", "keys_int64s", "keys_tensor")
	if err != nil {
		return nil, err
	}
	values, err := n.numbersOf("values_floats", "values_int64s", "values_tensor")
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 || len(keys) != len(values) {
		return nil, n.cannot("encode numbers as numbers, or texts before the model", "it has %d numbers as keys and %d as values", len(keys), len(values))
	}
	otherwise := n.float("default_float", 0)
	if !n.has("values_floats") {
		otherwise = float32(n.int("default_int64", -1))
	}
	if t, found, err := n.tensor("default_tensor"); err != nil {
		return nil, err
	} else if found {
		list, err := t.floats()
		if err != nil || len(list) != 1 {
			return nil, n.misfit("its default is no single number")
		}
		otherwise = list[0]
	}
	to := make(map[float32]float32, len(keys))
	missing := otherwise // for NaN, which no map finds
	for i, k := range slices.Backward(keys) {
		if to[k] = values[i]; k != k {
			missing = values[i]
		}
	}
	return b.lookup(n, in[0], func(v float32) float32 {
		if v != v {
			return missing
		}
		if w, ok := to[v]; ok {
			return w
		}
		return otherwise
	}, !n.has("values_floats"))
}

// lookup replaces each number of x.
func (b *onnxBuilder) lookup(n *onnxNode, x *array, f func(v float32) float32, whole bool) (*array, error) {
	out, err := b.is(n, b.mapped(b.operand(x), func(dst, x []float32, _ int) {
		for i, v := range x {
			dst[i] = f(v)
		}
	}, x.shape...), whole)
	return out, err
}

// onnxOneHotEncoder gives every number a row of its own: 1 at its category.
func onnxOneHotEncoder(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	x := in[0]
	categories, err := n.ints("cats_int64s")
	if err != nil {
		return nil, err
	}
	if len(categories) == 0 {
		return nil, n.cannot("encode the texts before the model", "it has no categories that are numbers")
	}
	k := len(categories)
	if err := b.fits(n, x.size(), k); err != nil {
		return nil, err
	}
	places := make(map[int64]int, k)
	for i, c := range slices.Backward(categories) {
		places[c] = i
	}
	shape := append(slices.Clone(x.shape), k)
	out, err := b.is(n, b.mapped(b.operand(x), func(dst, x []float32, _ int) {
		clear(dst)
		for i, v := range x {
			if at, ok := places[int64(math.Trunc(float64(v)))]; ok && v == v {
				dst[i*k+at] = 1
			}
		}
	}, shape...), false)
	return out, err
}

func onnxFeatureVectorizer(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	for i, a := range in {
		if a != nil && a.node != nil && len(a.shape) == 0 { // one number a row
			one, err := b.reshape(n, a, []int{1})
			if err != nil {
				return nil, err
			}
			in[i] = one
		}
	}
	out, err := b.concat(n, in, 1)
	if err == nil {
		out.whole = false
	}
	return out, err
}

// onnxArrayFeatureExtractor picks places along the last axis.
func onnxArrayFeatureExtractor(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	places := in[1]
	if places.node == nil {
		places = &array{shape: []int{len(places.data)}, data: places.data}
	}
	return b.gather(n, in[0], places, -1)
}

// onnxZipMap names the scores of a classifier.
func onnxZipMap(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	if err := b.nameClasses(n, "classlabels_int64s", "classlabels_strings"); err != nil {
		return nil, err
	}
	return onnxIdentity(b, n, in)
}
