package importer

import (
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/model/tree"
)

// XGBoost reads a model that XGBoost ≥ 1.0 saved as JSON or, from 1.6 on, as
// Universal Binary JSON (model.json, model.ubj): boosters gbtree, dart and
// gblinear, with missing values, categorical splits, several classes and
// parallel trees.
//
// Scores are XGBoost's predictions, except that multi:softmax gives the
// probabilities and not the winner. A binary model has one score, the
// probability of class 1. Sums run in float32 in XGBoost's own order.
//
// Format: https://xgboost.readthedocs.io, "Introduction to Model IO" and its
// JSON schema.
func XGBoost(file []byte) (*Imported, error) {
	if err := TooLarge(int64(len(file))); err != nil {
		return nil, err
	}
	d, err := sniff(file)
	if err != nil {
		return nil, err
	}
	b := &booster{}
	if err := b.file(d); err != nil {
		return nil, err
	}
	return b.imported()
}

const saveAsJSON = `save it with booster.save_model("model.json")`

// sniff tells JSON from Universal Binary JSON: after the first brace the one has
// a quote, the other the type of a length.
func sniff(file []byte) (document, error) {
	head := strings.TrimLeft(string(file[:min(len(file), 64)]), " \t\r\n")
	switch {
	case strings.HasPrefix(head, "["):
		return nil, &Error{CodeKind, "byte 0", "this is a list, such as dump_model writes for people; it lacks what scoring needs", saveAsJSON}
	case !strings.HasPrefix(head, "{"):
		return nil, &Error{CodeKind, "byte 0", "this is neither JSON nor Universal Binary JSON, nor any other format that is known here", saveAsJSON}
	case len(head) > 1 && strings.IndexByte("iUIlL$#N", head[1]) >= 0:
		return &ubjFile{cursor: cursor{data: file}}, nil
	}
	return &jsonFile{cursor{data: file}}, nil
}

// booster is what the file says, as it says it.
type booster struct {
	version   []int32
	objective string
	name      string
	base      string // one number, or several in brackets
	features  int
	classes   int
	targets   int
	learner   bool // whether there was one

	names, types []string
	trees        []rawTree
	codes        int       // categories in them
	info         []int32   // the class of each tree
	drop         []float32 // dart: the weight of each tree
	weights      []float32 // gblinear: (d+1)×k, the last row is the bias
}

// rawTree is one tree.
type rawTree struct {
	left, right, feature []int32
	condition            []float32 // threshold, or the leaf's value
	hessian              []float32
	defaultLeft          []int32
	splitType            []int32 // 1 is categorical
	codes                []int32 // categories that go right
	codeNodes            []int32 // whose they are
	codeFrom, codeCount  []int32
	nodes, deleted       int
	vector               int // values in a leaf
}

func (b *booster) file(d document) error {
	err := d.object(func(key string) error {
		switch key {
		case "learner":
			b.learner = true
			return d.object(func(key string) error { return b.inLearner(d, key) })
		case "version":
			return ints(d, &b.version)
		}
		return skipValue(d)
	})
	if err == nil && !b.learner {
		return &Error{CodeKind, "/", `there is no "learner", so this is not a model of XGBoost`, saveAsJSON}
	}
	return err
}

func (b *booster) inLearner(d document, key string) error {
	switch key {
	case "feature_names":
		return texts(d, &b.names)
	case "feature_types":
		return texts(d, &b.types)
	case "gradient_booster":
		return d.object(func(key string) error { return b.inBooster(d, key) })
	case "learner_model_param":
		return d.object(func(key string) error {
			switch key {
			case "base_score":
				return text(d, &b.base)
			case "num_feature":
				return count(d, &b.features)
			case "num_class":
				return count(d, &b.classes)
			case "num_target":
				return count(d, &b.targets)
			}
			return skipValue(d)
		})
	case "objective":
		return d.object(func(key string) error {
			if key == "name" {
				return text(d, &b.objective)
			}
			return skipValue(d)
		})
	}
	return skipValue(d)
}

// inBooster reads gbtree and gblinear, which hold a model, and dart, which holds
// a gbtree.
func (b *booster) inBooster(d document, key string) error {
	switch key {
	case "name":
		return text(d, &b.name)
	case "gbtree":
		return d.object(func(key string) error {
			if key == "model" {
				return d.object(func(key string) error { return b.inModel(d, key) })
			}
			return skipValue(d)
		})
	case "model":
		return d.object(func(key string) error { return b.inModel(d, key) })
	case "weight_drop":
		return floats(d, &b.drop)
	}
	return skipValue(d)
}

func (b *booster) inModel(d document, key string) error {
	switch key {
	case "trees":
		b.trees, b.codes = nil, 0
		return d.array(func(int) error {
			t := rawTree{nodes: -1}
			if err := d.object(func(key string) error { return t.field(d, key) }); err != nil {
				return err
			}
			if len(t.left) == 0 {
				return d.fail(CodeField, resave, "the tree has no left_children")
			}
			b.trees = append(b.trees, t)
			b.codes += len(t.codes)
			return tooMany("/learner/gradient_booster/model/trees", len(b.trees), b.codes)
		})
	case "tree_info":
		return ints(d, &b.info)
	case "weights":
		return floats(d, &b.weights)
	}
	return skipValue(d)
}

func (t *rawTree) field(d document, key string) error {
	switch key {
	case "left_children":
		return ints(d, &t.left)
	case "right_children":
		return ints(d, &t.right)
	case "split_indices":
		return ints(d, &t.feature)
	case "split_conditions":
		return floats(d, &t.condition)
	case "sum_hessian":
		return floats(d, &t.hessian)
	case "default_left":
		return ints(d, &t.defaultLeft)
	case "split_type":
		return ints(d, &t.splitType)
	case "categories":
		return ints(d, &t.codes)
	case "categories_nodes":
		return ints(d, &t.codeNodes)
	case "categories_segments":
		return ints(d, &t.codeFrom)
	case "categories_sizes":
		return ints(d, &t.codeCount)
	case "tree_param":
		return d.object(func(key string) error {
			switch key {
			case "num_nodes":
				return count(d, &t.nodes)
			case "num_deleted":
				return count(d, &t.deleted)
			case "size_leaf_vector":
				return count(d, &t.vector)
			}
			return skipValue(d)
		})
	}
	return skipValue(d)
}

// floats reads an array of numbers.
func floats(d document, to *[]float32) error {
	out := (*to)[:0]
	err := d.array(func(int) error {
		v, err := d.number(32)
		out = append(out, float32(v))
		return err
	})
	*to = out
	return err
}

// ints reads an array of whole numbers or truths of at most 32 bits.
func ints(d document, to *[]int32) error {
	out := (*to)[:0]
	err := d.array(func(int) error {
		if d.next() == isTruth {
			v, err := d.truth()
			n := int32(0)
			if v {
				n = 1
			}
			out = append(out, n)
			return err
		}
		v, err := d.number(64)
		if err == nil && v != float64(int32(v)) {
			err = d.fail(CodeField, resave, "%v is no whole number of 32 bits", v)
		}
		out = append(out, int32(v))
		return err
	})
	*to = out
	return err
}

func texts(d document, to *[]string) error {
	out := (*to)[:0]
	err := d.array(func(int) error {
		s, err := d.text()
		out = append(out, s)
		if err == nil && len(out) > tree.MaxFeatures {
			err = d.fail(CodeSize, resave, "there are names of more than %d features", tree.MaxFeatures)
		}
		return err
	})
	*to = out
	return err
}

// text reads a text, or a number as text.
func text(d document, to *string) (err error) {
	if d.next() == isNumber {
		var v float64
		v, err = d.number(64)
		*to = strconv.FormatFloat(v, 'g', -1, 64)
		return err
	}
	*to, err = d.text()
	return err
}

// count reads a whole number ≥ 0, which XGBoost writes as a text.
func count(d document, to *int) error {
	var s string
	if err := text(d, &s); err != nil {
		return err
	}
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return d.fail(CodeField, resave, "%q is no count", short(s))
	}
	*to = int(n)
	return nil
}
