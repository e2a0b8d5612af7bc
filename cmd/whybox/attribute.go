package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/model"
)

// attribution explains every row and score of a model from another program.
type attribution struct {
	foreign
	backgroundFile string
	method         string
	seed           uint64
	samples        int

	background []float32 // m×d, or nil
	model      model.Model
}

func (a *attribution) flags(cmd *cobra.Command) {
	a.foreign.flags(cmd)
	cmd.Flags().StringVar(&a.backgroundFile, "background", "", "a CSV file of rows that stand in for unknown features")
	cmd.Flags().StringVar(&a.method, "method", "tree-shap", "with --model: "+strings.Join(methodNames(), ", "))
	cmd.Flags().Uint64Var(&a.seed, "seed", 0, "with --model: what chance starts from")
	cmd.Flags().IntVar(&a.samples, "samples", 0, "with --model: subsets of features to try a row; 0 chooses")
}

// onlyWithModel refuses flags that a SPEC leaves without use.
func onlyWithModel(cmd *cobra.Command) error {
	for _, name := range []string{"data", "margin", "background", "method", "seed", "samples"} {
		if cmd.Flags().Changed(name) {
			return usage("--"+name+" has no use here", "it belongs to --model; a SPEC says itself what it shows", "leave it out, or give --model")
		}
	}
	return nil
}

// attributed is the result as JSON.
type attributed struct {
	Of           string          `json:"of"` // "prediction" or "margin"
	Method       string          `json:"method"`
	Features     []string        `json:"features"`
	Base         []float64       `json:"base"`                   // by class
	Values       [][][]float64   `json:"values"`                 // by row, class, feature
	StdErr       [][][]float64   `json:"stderr"`                 // the same; null where the values are exact
	Interactions [][][][]float64 `json:"interactions,omitempty"` // by row, class, feature, feature
}

// method is one way to explain one score of one row.
type method struct {
	name       string
	margin     bool // explains margins only
	background bool // needs background rows
	run        func(a *attribution, q explain.Query, to *attributed) (explain.Attribution, error)
}

// maxSamples keeps the subsets of a row in memory.
const maxSamples = 1 << 22

func methods() []method {
	return []method{
		{name: "tree-shap", margin: true, run: treeShap},
		{name: "tree-shap-interactions", margin: true, run: func(a *attribution, q explain.Query, to *attributed) (explain.Attribution, error) {
			p, err := shapley.TreeInteractions(q, shapley.TreeInteractionsParams{})
			return a.paired(q, to, p, err)
		}},
		{name: "kernel-shap", background: true, run: func(a *attribution, q explain.Query, _ *attributed) (explain.Attribution, error) {
			return shapley.Kernel(q, shapley.KernelParams{Samples: a.subsets()})
		}},
		{name: "permutation-shap", background: true, run: func(a *attribution, q explain.Query, _ *attributed) (explain.Attribution, error) {
			return shapley.Permutation(q, shapley.PermutationParams{Pairs: a.pairs()})
		}},
		{name: "owen", background: true, run: func(a *attribution, q explain.Query, _ *attributed) (explain.Attribution, error) {
			for j := range a.d {
				q.Features = append(q.Features, explain.Feature{Name: a.feature(j)})
			}
			return shapley.Owen(q, shapley.OwenParams{Pairs: a.pairs()})
		}},
		{name: "shapley-interactions", background: true, run: func(a *attribution, q explain.Query, to *attributed) (explain.Attribution, error) {
			p, err := shapley.Interaction(q, shapley.InteractionParams{})
			return a.paired(q, to, p, err)
		}},
		{name: "exact-shapley", background: true, run: func(_ *attribution, q explain.Query, _ *attributed) (explain.Attribution, error) {
			return shapley.Exact(q, shapley.ExactParams{})
		}},
	}
}

func methodNames() (names []string) {
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

// treeShap takes the background rows where there are some, and else what the
// trees remember of their training.
func treeShap(_ *attribution, q explain.Query, _ *attributed) (explain.Attribution, error) {
	if q.Background != nil {
		return shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
	}
	return shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
}

// subsets is how many subsets of features to try a row.
func (a *attribution) subsets() int {
	if a.samples == 0 {
		return 2048 + 2*a.d
	}
	return a.samples
}

// pairs is how many orders, each with its reverse, try as many.
func (a *attribution) pairs() int { return max(2, a.subsets()/(2*max(1, a.d-1))) }

// paired adds the pairs of features to the last row of the result.
func (a *attribution) paired(q explain.Query, to *attributed, p shapley.Interactions, err error) (explain.Attribution, error) {
	if err != nil {
		return explain.Attribution{}, err
	}
	out := explain.Attribution{Values: make([]float64, a.d), Base: p.Base, Score: p.Score}
	var pairs [][]float64
	for j := range a.d {
		row := p.Values[j*a.d : (j+1)*a.d]
		for _, v := range row {
			out.Values[j] += v
		}
		pairs = append(pairs, row)
	}
	if q.Class == 0 {
		to.Interactions = append(to.Interactions, nil)
	}
	last := &to.Interactions[len(to.Interactions)-1]
	*last = append(*last, pairs)
	return out, nil
}

func (a *attribution) explain(cmd *cobra.Command) error {
	at := slices.IndexFunc(methods(), func(m method) bool { return m.name == a.method })
	if at < 0 {
		return usage(fmt.Sprintf("no method %q", a.method), "there is "+strings.Join(methodNames(), ", "), meant(a.method, methodNames(), "", "choose one of them"))
	}
	m := methods()[at]
	if m.background && a.backgroundFile == "" {
		return usage("--background is missing", m.name+" takes unknown features from other rows", "give a CSV file with some rows of the training data")
	}
	if m.name == "tree-shap-interactions" && a.backgroundFile != "" {
		return usage("--background has no use here", m.name+" takes unknown features from the trees' own counts", "leave it out")
	}
	if a.samples < 0 || a.samples > maxSamples {
		return usage(fmt.Sprintf("--samples cannot be %d", a.samples), fmt.Sprintf("it takes 0 to %d", maxSamples), "leave it out, and a number is chosen")
	}
	if err := a.load(cmd); err != nil {
		return err
	}
	if a.backgroundFile != "" {
		var err error
		if a.background, err = a.rows(cmd, a.backgroundFile); err != nil {
			return err
		}
	}
	if _, ok := a.Model.(model.Marginer); m.margin && !ok {
		return a.failed(m, 0, shapley.ErrNeedsTrees)
	}
	a.margin = a.margin || m.margin
	var err error
	if a.model, err = a.asked(); err != nil {
		return err
	}
	r, err := a.all(cmd, m)
	if err != nil {
		return err
	}
	if a.asJSON {
		return writeLine(cmd.OutOrStdout(), r)
	}
	return a.tables(cmd.OutOrStdout(), r)
}

// all explains every row and class. Chance starts anew for each row, so that
// what a row gets does not hang on the others.
func (a *attribution) all(cmd *cobra.Command, m method) (*attributed, error) {
	p := newProgress(cmd.ErrOrStderr())
	defer p.clear()
	report := pace(cmd.Context(), p)
	out := &attributed{Of: a.what(), Method: m.name, Features: make([]string, a.d)}
	for j := range out.Features {
		out.Features[j] = a.feature(j)
	}
	n := len(a.x) / a.d
	for i := range n {
		values, stderr := make([][]float64, a.k), make([][]float64, a.k)
		for class := range a.k {
			q := explain.Query{Model: a.model, X: a.x[i*a.d : (i+1)*a.d], Class: class, Background: a.background, Rand: rand.New(rand.NewPCG(a.seed, uint64(i)))}
			q.Pace = func(done, of int) error {
				return report(fmt.Sprintf("row %d of %d:", i+1, n), done, of)
			}
			s, err := m.run(a, q, out)
			if err != nil {
				return nil, a.failed(m, i, err)
			}
			values[class], stderr[class] = s.Values, s.StdErr
			if i == 0 {
				out.Base = append(out.Base, s.Base)
			}
		}
		out.Values = append(out.Values, values)
		if stderr[0] != nil {
			out.StdErr = append(out.StdErr, stderr)
		}
	}
	return out, nil
}

// failed says what kept a row from being explained.
func (a *attribution) failed(m method, row int, err error) error {
	what := fmt.Sprintf("row %d of %s cannot be explained by %s", row+1, a.dataFile, m.name)
	switch {
	case errors.Is(err, shapley.ErrNeedsTrees):
		return badInput(what, "it "+err.Error(), "use kernel-shap, or permutation-shap")
	case errors.Is(err, shapley.ErrNeedsCover):
		return badInput(what, "it "+err.Error()+", and this file does not say", "give --background rows")
	case errors.Is(err, explain.ErrTooMany):
		return badInput(what, err.Error(), "use tree-shap, or permutation-shap")
	}
	return interrupted(input{name: what}, err)
}

// tables writes a result for people: for each row and class the features,
// those that weigh most first.
func (a *attribution) tables(w io.Writer, r *attributed) error {
	var b strings.Builder
	for i, classes := range r.Values {
		for c, values := range classes {
			title := fmt.Sprintf("row %d", i+1)
			if a.k > 1 {
				title += ", " + a.class(c)
			}
			lines := [][]string{{title, "value", "share of the " + r.Of}, {"(base)", "", number(r.Base[c])}}
			order := make([]int, a.d)
			for j := range order {
				order[j] = j
			}
			slices.SortStableFunc(order, func(j, l int) int { return cmp.Compare(math.Abs(values[l]), math.Abs(values[j])) })
			sum := r.Base[c]
			for _, j := range order {
				line := []string{r.Features[j], strconv.FormatFloat(float64(a.x[i*a.d+j]), 'g', -1, 32), number(values[j])}
				if r.StdErr != nil {
					line = append(line, "± "+number(r.StdErr[i][c][j]))
				}
				lines = append(lines, line)
				sum += values[j]
			}
			lines = append(lines, []string{"(in all)", "", number(sum)})
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			table(&b, lines)
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return unwritten("standard output", err)
	}
	return nil
}
