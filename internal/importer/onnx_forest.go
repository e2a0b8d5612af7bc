package importer

import "github.com/whybox/whybox/internal/model/tree"

// onnxTreeClassifier is a sum of trees a class. Where leaves add to the first of
// two classes alone, their sum s is that of the second, and the scores are those
// that onnxruntime gives: with LOGISTIC its own of -s and s; else 1-s and s where
// no leaf is negative, and -s and s where one is.
//
// Where both classes have sums and base values, they are added as the operator's
// document says; onnxruntime 1.30 leaves the sum of the second class out.
func onnxTreeClassifier(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	if err := b.nameClasses(n, "classlabels_int64s", "classlabels_strings"); err != nil {
		return nil, err
	}
	k := len(b.classes)
	if k < 1 || k > tree.MaxClasses {
		return nil, n.misfit("it has %d classes, where 1 to %d are possible", k, tree.MaxClasses)
	}
	return b.forest(n, in[0], func(t *onnxTrees) (onnxSum, error) {
		if err := t.leaves("class", k); err != nil {
			return onnxSum{}, err
		}
		sum := onnxSum{base: make([]float32, k)}
		base, err := n.numbersWide("base_values", rounded)
		if err != nil {
			return sum, err
		}
		one := k == 2 && t.single()
		switch {
		case one && len(base) == 2:
			return sum, n.cannot("give it one base value", "it has two base_values for one sum, which programs read in different ways")
		case one && len(base) == 1:
			sum.base = []float32{-base[0], base[0]}
		case len(base) == k:
			sum.base = base
		case len(base) != 0:
			return sum, n.misfit("it has %d base_values for %d classes", len(base), k)
		}
		if sum.link, err = n.link(); !one {
			return sum, err
		}
		if sum.mirror = true; sum.link == tree.Logistic {
			return sum, err
		}
		if sum.link = tree.Identity; t.positive() {
			sum.base[0]++
		}
		return sum, err
	})
}

// link returns what turns sums into scores.
func (n *onnxNode) link() (tree.Link, error) {
	switch name := n.text("post_transform", "NONE"); name {
	case "NONE", "":
		return tree.Identity, nil
	case "LOGISTIC":
		return tree.Logistic, nil
	case "SOFTMAX":
		return tree.Softmax, nil
	default:
		return 0, n.cannot("use NONE, LOGISTIC or SOFTMAX", "its post_transform %q is not read", short(name))
	}
}

// single tells whether all leaves add to class 0, and moves that to class 1,
// which is what it means where there are two.
func (t *onnxTrees) single() bool {
	for _, by := range t.adds {
		if by[1] != nil {
			return false
		}
	}
	for _, by := range t.adds {
		if by != nil {
			by[1] = by[0]
			delete(by, 0)
		}
	}
	return true
}

// positive tells whether no leaf adds a negative number.
func (t *onnxTrees) positive() bool {
	for _, by := range t.adds {
		for _, leaves := range by {
			for _, v := range leaves {
				if v < 0 {
					return false
				}
			}
		}
	}
	return true
}

func onnxTreeRegressor(b *onnxBuilder, n *onnxNode, in []*array) (*array, error) {
	k := n.int("n_targets", 1)
	if k < 1 || k > tree.MaxClasses {
		return nil, n.misfit("it has %d targets, where 1 to %d are possible", k, tree.MaxClasses)
	}
	return b.forest(n, in[0], func(t *onnxTrees) (onnxSum, error) {
		sum := onnxSum{base: make([]float32, k)}
		switch how := n.text("aggregate_function", "SUM"); how {
		case "SUM", "":
		case "AVERAGE":
			sum.average = true
		default:
			return sum, n.cannot("use SUM or AVERAGE", "its aggregate_function %q is not read", short(how))
		}
		if err := t.leaves("target", int(k)); err != nil {
			return sum, err
		}
		base, err := n.numbersWide("base_values", rounded)
		switch {
		case err != nil:
			return sum, err
		case len(base) == int(k):
			sum.base = base
		case len(base) != 0:
			return sum, n.misfit("it has %d base_values for %d targets", len(base), k)
		}
		if link, err := n.link(); err != nil || link != tree.Identity {
			return sum, n.cannot("use NONE", "its post_transform %q is not read", short(n.text("post_transform", "")))
		}
		return sum, nil
	})
}

// forest makes the ensemble of a node, once, and lets rows walk through it. What
// it asks of features that are the model's own, wherever they stand, it asks of
// those, so that it can be the whole model.
func (b *onnxBuilder) forest(n *onnxNode, x *array, sum func(t *onnxTrees) (onnxSum, error)) (*array, error) {
	if x.rank() != 2 || x.node == nil {
		return nil, n.misfit("it works on rows of features, and gets an array with %d sides", x.rank())
	}
	d, node := x.size(), x.node
	if x.features != nil {
		d, node = b.x.Shape()[0], b.x
	}
	e := b.ensembles[n.index]
	if e == nil {
		t, err := n.readTrees()
		if err != nil {
			return nil, err
		}
		if err := t.askOf(x); err != nil {
			return nil, err
		}
		s, err := sum(t)
		if err != nil {
			return nil, err
		}
		if e, err = t.ensemble(d, s); err != nil {
			return nil, err
		}
		b.ensembles[n.index] = e
	}
	_, k := e.Dims()
	out, err := b.is(n, b.mapped(node, e.Predict, k), false)
	if err == nil && x.features != nil {
		out.ensemble = e
	}
	return out, err
}

// askOf turns the features that the splits ask about, which are those of x,
// into the model's where x is made of such.
func (t *onnxTrees) askOf(x *array) error {
	for i := range t.trees {
		for j, f := range t.trees[i].Feature {
			switch {
			case int(f) >= x.size():
				return t.misfit("a split asks about feature %d, where there are features 0 to %d", f, x.size()-1)
			case f >= 0 && x.features != nil:
				t.trees[i].Feature[j] = x.features[f]
			}
		}
	}
	return nil
}
