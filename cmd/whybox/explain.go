package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
)

func newExplain() *cobra.Command {
	a := &attribution{}
	cmd := &cobra.Command{
		Use:   "explain [--json] SPEC | --model FILE --data CSV [--method NAME] [--background CSV] [--json]",
		Short: "Print the numbers of a figure, or explain a model from another program",
		Long: `With SPEC, print the numbers of a figure: scores, explanation, counterfactuals.

With --model, explain every row of --data for a model from another program.
tree-shap gives exact Shapley values of the margin: over the --background rows
where there are some, else over the training rows as the trees counted them.
tree-shap-interactions splits these among pairs. kernel-shap, permutation-shap,
owen (one-hot columns count as one feature), exact-shapley and
shapley-interactions (15 features at most) need --background and explain
predictions, or margins with --margin.

` + aboutRows,
		Example: "  whybox explain figure.json\n  whybox explain --json figure.json | jq .attribution.values\n" +
			"  whybox explain --model model.json --data rows.csv --method tree-shap --json",
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("model") {
				return takes(0, 0, "no SPEC beside --model")(cmd, args)
			}
			if err := takes(1, 1, "one SPEC, or --model")(cmd, args); err != nil {
				return err
			}
			return onlyWithModel(cmd)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("model") {
				return a.explain(cmd)
			}
			in, s, err := load(cmd, args[0])
			if err != nil {
				return err
			}
			f, err := build(cmd, in, s)
			if err != nil {
				return err
			}
			r, err := f.Result()
			if err != nil {
				return interrupted(in, err)
			}
			if a.asJSON {
				return writeJSON(cmd.OutOrStdout(), r)
			}
			if _, err := io.WriteString(cmd.OutOrStdout(), tables(r)); err != nil {
				return unwritten("standard output", err)
			}
			return nil
		},
	}
	a.flags(cmd)
	cmd.Flags().BoolVar(&a.asJSON, "json", false, "write every number as JSON, bit for bit")
	return cmd
}

// tables writes a result for people, one table a part.
func tables(r figure.Result) string {
	var b strings.Builder
	if r.Title != "" {
		fmt.Fprintf(&b, "%s\n\n", r.Title)
	}
	table(&b, [][]string{
		{"data", r.Data}, {"model", fmt.Sprintf("%s, %d training steps", r.Model, r.Steps)}, {"row", strconv.Itoa(r.Row)},
		{"predicted", r.Predicted}, {"explained", r.Explained},
	})
	scores := [][]string{{"score", ""}}
	for i, s := range r.Scores {
		name := "value"
		if i < len(r.Classes) {
			name = r.Classes[i]
		}
		scores = append(scores, []string{name, number(float64(s))})
	}
	part(&b, scores)
	shares(&b, r, r.Attribution, "base", "share of the score")
	shares(&b, r, r.Compare, "base", "share of the score")
	if i := r.Importance; i != nil {
		what, e := "rise of the error", catalog.ExplainerOf(i.Method)
		if e.Scores {
			what = "average move of the score"
		}
		shares(&b, r, i, e.Base, what)
	}
	if e := r.Effect; e != nil {
		lines := [][]string{{e.Feature, "mean score"}}
		for i := range e.Grid {
			lines = append(lines, []string{number(e.Grid[i]), number(e.Mean[i])})
		}
		part(&b, lines)
	}
	flips(&b, r)
	return b.String()
}

func shares(b *strings.Builder, r figure.Result, s *figure.Shares, base, what string) {
	if s == nil {
		return
	}
	order := make([]int, len(s.Values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch x, y := s.Values[i]*s.Values[i], s.Values[j]*s.Values[j]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	lines := [][]string{{s.Method, what}, {"(" + base + ")", number(s.Base)}}
	for _, i := range order {
		line := []string{r.Features[i], number(s.Values[i])}
		if i < len(s.StdErr) {
			line = append(line, "± "+number(s.StdErr[i]))
		}
		lines = append(lines, line)
	}
	if s.Gap != nil {
		lines = append(lines, []string{"(gap)", number(*s.Gap)})
	}
	part(b, lines)
}

// flips lists what each counterfactual changes, from what to what.
func flips(b *strings.Builder, r figure.Result) {
	for i, c := range r.Counterfactuals {
		lines := [][]string{{fmt.Sprintf("flip %d", i+1), "cost " + number(c.Cost)}}
		for _, name := range c.Changed {
			line := []string{name}
			if j := slices.Index(r.Features, name); j >= 0 {
				line = append(line, number(float64(r.X[j])), "→", number(float64(c.X[j])))
			}
			lines = append(lines, line)
		}
		part(b, lines)
	}
}

// part writes lines as a table after an empty line.
func part(b *strings.Builder, lines [][]string) {
	b.WriteByte('\n')
	table(b, lines)
}

func table(b *strings.Builder, lines [][]string) {
	w := tabwriter.NewWriter(b, 0, 8, 2, ' ', 0)
	for _, l := range lines {
		fmt.Fprintln(w, strings.Join(l, "\t"))
	}
	w.Flush() // a strings.Builder takes everything
}

// number writes six digits, as the page shows.
func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
