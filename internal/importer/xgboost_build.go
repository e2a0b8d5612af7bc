package importer

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/model/tree"
)

// misfit is an error about parts that do not fit each other.
func misfit(where, format string, args ...any) error {
	return &Error{CodeField, where, fmt.Sprintf(format, args...), resave}
}

// imported makes the model.
func (b *booster) imported() (*Imported, error) {
	out := &Imported{Source: "XGBoost", Objective: b.objective, Features: b.names, Types: b.types}
	if len(b.version) > 0 {
		parts := make([]string, len(b.version))
		for i, v := range b.version {
			parts[i] = strconv.Itoa(int(v))
		}
		out.Source += " " + strings.Join(parts[:min(3, len(parts))], ".")
	}
	const params = "/learner/learner_model_param"
	k := max(1, b.classes, b.targets)
	switch {
	case b.features < 1 || b.features > tree.MaxFeatures:
		return nil, misfit(params+"/num_feature", "the model has %d features, where 1 to %d are possible", b.features, tree.MaxFeatures)
	case k > tree.MaxClasses:
		return nil, misfit(params, "the model has %d scores, where at most %d are possible", k, tree.MaxClasses)
	case b.classes > 1 && b.targets > 1:
		return nil, &Error{CodeKind, params, "the model has several targets of several classes each, which is not read", "train one model a target"}
	}
	for _, l := range []struct {
		name string
		of   *[]string
	}{{"feature_names", &out.Features}, {"feature_types", &out.Types}} {
		if len(*l.of) == 0 {
			*l.of = nil
		} else if len(*l.of) != b.features {
			return nil, misfit("/learner/"+l.name, "there are %d of them for %d features", len(*l.of), b.features)
		}
	}
	o, err := objectiveOf(b.objective)
	if err != nil {
		return nil, err
	}
	base, err := b.baseMargins(o, k)
	if err != nil {
		return nil, err
	}
	switch b.name {
	case "gbtree", "dart":
		out.Model, err = b.ensemble(o, k, base)
	case "gblinear":
		out.Model, err = b.linear(o, k, base)
	default:
		err = &Error{CodeKind, "/learner/gradient_booster/name", fmt.Sprintf("the booster %q is not read; there are gbtree, dart, gblinear", short(b.name)), "train with one of them"}
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// objective says how an objective reads margins, and how the base score of a
// file, which is a prediction, becomes a margin.
type objective struct {
	name string
	link tree.Link
	base func(score float64) float64
}

func same(score float64) float64  { return score }
func logit(score float64) float64 { return -math.Log(1/score - 1) }

// objectives are those of XGBoost 1.0 to 3. A model that a person's own
// function trained bears the name of one of them.
func objectives() []objective {
	return []objective{
		{"reg:squarederror", tree.Identity, same}, {"reg:linear", tree.Identity, same},
		{"reg:squaredlogerror", tree.Identity, same}, {"reg:pseudohubererror", tree.Identity, same},
		{"reg:absoluteerror", tree.Identity, same}, {"reg:quantileerror", tree.Identity, same},
		{"reg:logistic", tree.Logistic, logit}, {"binary:logistic", tree.Logistic, logit},
		{"binary:logitraw", tree.Identity, logit}, {"binary:hinge", tree.Step, same},
		{"multi:softprob", tree.Softmax, same}, {"multi:softmax", tree.Softmax, same},
		{"count:poisson", tree.Exp, math.Log}, {"reg:gamma", tree.Exp, math.Log}, {"reg:tweedie", tree.Exp, math.Log},
		{"survival:cox", tree.Exp, math.Log}, {"survival:aft", tree.Exp, math.Log},
		{"rank:pairwise", tree.Identity, same}, {"rank:ndcg", tree.Identity, same}, {"rank:map", tree.Identity, same},
	}
}

func objectiveOf(name string) (objective, error) {
	var names []string
	for _, o := range objectives() {
		if o.name == name {
			return o, nil
		}
		names = append(names, o.name)
	}
	return objective{}, &Error{CodeKind, "/learner/objective/name", fmt.Sprintf("the objective %q is not known; there are %s", short(name), strings.Join(names, ", ")), "train with one of them"}
}

// baseMargins reads one base score for all classes, or one each ("[1E0,2E0]",
// since XGBoost 3.1).
func (b *booster) baseMargins(o objective, k int) ([]float32, error) {
	const where = "/learner/learner_model_param/base_score"
	list := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.base), "["), "]")
	words := strings.Split(list, ",")
	if len(words) != 1 && len(words) != k {
		return nil, misfit(where, "there are %d of them for %d scores", len(words), k)
	}
	out := make([]float32, k)
	for i := range out {
		word := strings.TrimSpace(words[i%len(words)])
		v, err := strconv.ParseFloat(word, 32)
		if err != nil {
			return nil, misfit(where, "%q is not a number", short(word))
		}
		margin := float32(o.base(v))
		if margin-margin != 0 {
			return nil, misfit(where, "%v cannot be a prediction of %s", v, o.name)
		}
		out[i] = margin
	}
	return out, nil
}

func (b *booster) ensemble(o objective, k int, base []float32) (*tree.Ensemble, error) {
	const where = "/learner/gradient_booster"
	switch {
	case len(b.info) != len(b.trees):
		return nil, misfit(where+"/model/tree_info", "it says the class of %d trees, where there are %d", len(b.info), len(b.trees))
	case b.name == "dart" && len(b.drop) != len(b.trees):
		return nil, misfit(where+"/weight_drop", "it has %d weights for %d trees", len(b.drop), len(b.trees))
	}
	p := tree.EnsembleParams{D: b.features, K: k, Base: base, Link: o.link, Trees: make([]tree.Branches, len(b.trees))}
	for i := range b.trees {
		t, err := b.trees[i].branches()
		if err != nil {
			return nil, misfit(fmt.Sprintf("%s/model/trees/%d", where, i), "%v", err)
		}
		b.trees[i] = rawTree{}
		t.Class, t.Weight = int(b.info[i]), 1
		if b.name == "dart" {
			t.Weight = b.drop[i]
		}
		p.Trees[i] = t
	}
	e, err := tree.NewEnsemble(p)
	if err != nil {
		return nil, misfit(where+"/model/trees", "%v", err)
	}
	return e, nil
}

// branches turns one tree into the words of package tree. A leaf has no left
// child and keeps its value among the thresholds. At a categorical split the
// listed codes go right, so its children change places.
func (t *rawTree) branches() (tree.Branches, error) {
	n := len(t.left)
	if t.vector > 1 {
		return tree.Branches{}, fmt.Errorf("its leaves hold %d values; trees of several outputs are not read, multi_strategy=one_output_per_tree is", t.vector)
	}
	for _, a := range []struct {
		name string
		n    int
		may  bool
	}{
		{"right_children", len(t.right), false}, {"split_indices", len(t.feature), false}, {"split_conditions", len(t.condition), false},
		{"default_left", len(t.defaultLeft), false}, {"sum_hessian", len(t.hessian), t.hessian == nil},
		{"split_type", len(t.splitType), t.splitType == nil}, {"nodes by num_nodes", t.nodes, t.nodes < 0},
	} {
		if a.n != n && !a.may {
			return tree.Branches{}, fmt.Errorf("it has %d left_children and %d %s", n, a.n, a.name)
		}
	}
	out := tree.Branches{
		Feature: t.feature, Left: t.left, Right: t.right, Threshold: t.condition, Value: t.condition,
		MissingLeft: make([]bool, n), Cover: t.hessian, Deleted: t.deleted,
	}
	for i := range n {
		out.MissingLeft[i] = t.defaultLeft[i] != 0
		switch {
		case t.left[i] < 0:
			t.feature[i] = -1
		case t.feature[i] < 0:
			return out, fmt.Errorf("node %d asks about feature %d", i, t.feature[i])
		}
	}
	return out, t.categorical(&out)
}

func (t *rawTree) categorical(out *tree.Branches) error {
	if len(t.codeFrom) != len(t.codeNodes) || len(t.codeCount) != len(t.codeNodes) {
		return fmt.Errorf("it has %d categories_nodes, %d categories_segments and %d categories_sizes", len(t.codeNodes), len(t.codeFrom), len(t.codeCount))
	}
	total := 0
	for i, node := range t.codeNodes {
		from, size := int(t.codeFrom[i]), int(t.codeCount[i])
		switch {
		case from < 0 || size < 0 || from+size > len(t.codes):
			return fmt.Errorf("node %d has the categories %d to %d, where there are %d", node, from, from+size, len(t.codes))
		case node < 0 || int(node) >= len(t.left) || t.left[node] < 0:
			return fmt.Errorf("node %d has categories, and is no split", node)
		case out.Codes[node] != nil:
			return fmt.Errorf("node %d has categories twice", node)
		case node >= int32(len(t.splitType)) || t.splitType[node] != 1:
			return fmt.Errorf("node %d has categories, and its split_type is not 1", node)
		}
		if total += size; total > len(t.codes) {
			return fmt.Errorf("its splits share categories")
		}
		codes := make([]int, size)
		for k := range codes {
			codes[k] = int(t.codes[from+k])
		}
		if out.Codes == nil {
			out.Codes = map[int32][]int{}
		}
		out.Codes[node] = codes
		out.Left[node], out.Right[node] = out.Right[node], out.Left[node]
		out.MissingLeft[node] = !out.MissingLeft[node]
	}
	for i, kind := range t.splitType {
		if kind != 0 && t.left[i] >= 0 && out.Codes[int32(i)] == nil {
			return fmt.Errorf("node %d has split_type %d and no categories", i, kind)
		}
	}
	return nil
}

func (b *booster) linear(o objective, k int, base []float32) (*Linear, error) {
	d := b.features
	if len(b.weights) != (d+1)*k {
		return nil, misfit("/learner/gradient_booster/model/weights", "there are %d of them; %d features and a bias for %d scores need %d", len(b.weights), d, k, (d+1)*k)
	}
	for i, w := range b.weights {
		if w-w != 0 {
			return nil, misfit("/learner/gradient_booster/model/weights", "number %d is %v", i, w)
		}
	}
	height := make([]float32, k)
	for c := range height {
		height[c] = b.weights[d*k+c] + base[c]
	}
	return &Linear{linearMargin{d, k, b.weights[:d*k], height}, o.link}, nil
}
