package importer

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/model/tree"
)

// LightGBM reads a model that LightGBM ≥ 3 saved as text (model.txt): boosting
// gbdt, dart, goss and rf, with missing values, categorical splits and several
// classes.
//
// Scores are LightGBM's predictions; a binary model has one, the probability of
// class 1. LightGBM sums in float64, this in float32, as all models here: they
// agree to the last digits of a float32. A threshold, which LightGBM has in
// float64, is rounded down to a float32; between float32 values of a feature
// that changes nothing.
//
// Format: the functions Tree::ToString and GBDT::SaveModelToString of
// https://github.com/microsoft/LightGBM; decisions as in its Tree::Decision.
func LightGBM(file []byte) (*Imported, error) {
	if err := TooLarge(int64(len(file))); err != nil {
		return nil, err
	}
	r := &lineReader{rest: file}
	head, err := r.block()
	if err != nil {
		return nil, err
	}
	l := &lightFile{head: head}
	if err := l.header(); err != nil {
		return nil, err
	}
	for {
		b, err := r.block()
		if err != nil {
			return nil, err
		}
		if b.end {
			return l.imported()
		}
		t, err := b.branches()
		if err != nil {
			return nil, err
		}
		for _, codes := range t.Codes {
			l.codes += len(codes)
		}
		if err := tooMany(b.at(""), len(l.trees)+1, l.codes); err != nil {
			return nil, err
		}
		t.Class, t.Weight = len(l.trees)%l.k, 1
		l.trees = append(l.trees, t)
	}
}

// isLightGBM tells the first bytes of such a file.
func isLightGBM(file []byte) bool {
	return bytes.HasPrefix(file, []byte("tree\n")) || bytes.HasPrefix(file, []byte("tree\r\n"))
}

// lineReader cuts a file into blocks: the head, then one a tree.
type lineReader struct {
	rest []byte
	line int
}

// lightBlock is what stands between two empty lines: key=value.
type lightBlock struct {
	line   int               // its first, counted from 1
	fields map[string][]byte // values point into the file
	end    bool              // "end of trees"

	bounds, words []int64 // the sets of a tree, once read
	taken         []bool  // by set: whether a split has it
}

func (r *lineReader) block() (*lightBlock, error) {
	b := &lightBlock{fields: map[string][]byte{}}
	for len(r.rest) > 0 {
		var line []byte
		line, r.rest, _ = bytes.Cut(r.rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r ")
		r.line++
		switch {
		case len(line) == 0 && len(b.fields) > 0:
			return b, nil
		case len(line) == 0:
			continue
		case string(line) == "end of trees":
			b.end = true
			return b, nil
		}
		if b.line == 0 {
			b.line = r.line
		}
		if len(b.fields) >= 100 {
			return nil, b.wrong("", "it has more than 100 lines")
		}
		key, value, _ := bytes.Cut(line, []byte("="))
		b.fields[string(key)] = value
	}
	return nil, &Error{CodeSyntax, fmt.Sprintf("line %d", r.line), `the file ends before "end of trees"`, resave}
}

// wrong is an error about a key of the block.
func (b *lightBlock) wrong(key, format string, args ...any) error {
	return &Error{CodeField, b.at(key), fmt.Sprintf(format, args...), resave}
}

// at names a place for errors; key may be empty.
func (b *lightBlock) at(key string) string {
	if key != "" {
		key = ", " + key
	}
	return fmt.Sprintf("the block from line %d%s", b.line, key)
}

// count reads a whole number ≥ 0 that must be there.
func (b *lightBlock) count(key string) (int, error) {
	n, err := strconv.ParseUint(string(b.fields[key]), 10, 31)
	if err != nil {
		return 0, b.wrong(key, "%q is no count", short(string(b.fields[key])))
	}
	return int(n), nil
}

// floats reads n numbers.
func (b *lightBlock) floats(key string, n int) ([]float64, error) {
	out := []float64(nil)
	for word := range bytes.FieldsSeq(b.fields[key]) {
		v, err := strconv.ParseFloat(string(word), 64)
		if err != nil {
			return nil, b.wrong(key, "%q is not a number", short(string(word)))
		}
		out = append(out, v)
	}
	if len(out) != n {
		return nil, b.wrong(key, "there are %d numbers where %d belong", len(out), n)
	}
	return out, nil
}

// ints reads n whole numbers of 32 bits; n < 0 takes any number.
func (b *lightBlock) ints(key string, n int) ([]int64, error) {
	out := []int64(nil)
	for word := range bytes.FieldsSeq(b.fields[key]) {
		v, err := strconv.ParseInt(string(word), 10, 64)
		if err != nil || v != int64(int32(v)) && v != int64(uint32(v)) {
			return nil, b.wrong(key, "%q is no whole number of 32 bits", short(string(word)))
		}
		out = append(out, v)
	}
	if n >= 0 && len(out) != n {
		return nil, b.wrong(key, "there are %d numbers where %d belong", len(out), n)
	}
	return out, nil
}

// lightFile is the head and the trees so far.
type lightFile struct {
	head      *lightBlock
	version   string
	d, k      int
	names     []string
	objective string // its first word
	link      tree.Link
	average   bool
	trees     []tree.Branches
	codes     int // categories in them
}

// maxWords is how many words of 32 bits, of which each may name 32 categories,
// one tree may have.
const maxWords = 1 << 16

func (l *lightFile) header() error {
	h := l.head
	if _, ok := h.fields["tree"]; !ok || h.end {
		return &Error{CodeKind, "line 1", `the first line is not "tree", so this is no model of LightGBM`, lightSave}
	}
	l.version = string(h.fields["version"])
	if n, err := strconv.Atoi(strings.TrimPrefix(l.version, "v")); err != nil || n < 3 {
		return &Error{CodeKind, "version", fmt.Sprintf("the format %q is older than v3, where missing categories went other ways", short(l.version)), "load and save the model with LightGBM 3 or later"}
	}
	top, err := h.count("max_feature_idx")
	if err != nil {
		return err
	}
	l.d = top + 1
	if l.k, err = h.count("num_tree_per_iteration"); err != nil {
		return err
	}
	if l.d > tree.MaxFeatures || l.k < 1 || l.k > tree.MaxClasses {
		return h.wrong("", "%d features and %d scores, where 1 to %d and 1 to %d are possible", l.d, l.k, tree.MaxFeatures, tree.MaxClasses)
	}
	if names := strings.Fields(string(h.fields["feature_names"])); len(names) > 0 {
		if len(names) != l.d {
			return h.wrong("feature_names", "there are %d of them for %d features", len(names), l.d)
		}
		l.names = names
	}
	_, l.average = h.fields["average_output"]
	return l.linked(strings.Fields(string(h.fields["objective"])))
}

const lightSave = `save it with booster.save_model("model.txt")`

// linked reads the objective, whose first word is its name.
func (l *lightFile) linked(words []string) error {
	refuse := func(what, fix string) error {
		return &Error{CodeKind, l.head.at("objective"), what, fix}
	}
	if len(words) == 0 {
		return nil // a person's own: the margin is all there is
	}
	l.objective = words[0]
	links := map[string]tree.Link{
		"regression": tree.Identity, "regression_l1": tree.Identity, "huber": tree.Identity, "fair": tree.Identity, "quantile": tree.Identity, "mape": tree.Identity,
		"poisson": tree.Exp, "gamma": tree.Exp, "tweedie": tree.Exp,
		"binary": tree.Logistic, "multiclassova": tree.Logistic, "cross_entropy": tree.Logistic, "multiclass": tree.Softmax,
		"lambdarank": tree.Identity, "rank_xendcg": tree.Identity,
	}
	link, ok := links[l.objective]
	if !ok {
		return refuse(fmt.Sprintf("the objective %q is not known", short(l.objective)), "train with regression, binary, multiclass, poisson, gamma, tweedie or another common one")
	}
	l.link = link
	for _, w := range words[1:] {
		if s, ok := strings.CutPrefix(w, "sigmoid:"); ok && s != "1" {
			return refuse(fmt.Sprintf("a sigmoid steeper or flatter than 1 (%s) is not read", short(s)), "train with sigmoid=1")
		}
		if w == "sqrt" {
			return refuse("predictions squared after training on roots are not read", "train with reg_sqrt=false")
		}
	}
	return nil
}

func (l *lightFile) imported() (*Imported, error) {
	if len(l.trees)%l.k != 0 {
		return nil, l.head.wrong("", "there are %d trees, which is no multiple of %d a round", len(l.trees), l.k)
	}
	e, err := tree.NewEnsemble(tree.EnsembleParams{D: l.d, K: l.k, Trees: l.trees, Base: make([]float32, l.k), Link: l.link, Closed: true, Average: l.average})
	if err != nil {
		return nil, &Error{CodeField, "the trees", err.Error(), resave}
	}
	return &Imported{Model: e, Source: "LightGBM, format " + l.version, Objective: l.objective, Features: l.names}, nil
}
