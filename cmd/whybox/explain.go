package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/figure"
)

func newExplain() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "explain [--json] SPEC",
		Short:   "Print the numbers of a figure: scores, explanation, counterfactuals",
		Example: "  whybox explain figure.json\n  whybox explain --json figure.json | jq .attribution.values",
		Args:    takes(1, 1, "one SPEC"),
		RunE: func(cmd *cobra.Command, args []string) error {
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
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), r)
			}
			if _, err := io.WriteString(cmd.OutOrStdout(), tables(r)); err != nil {
				return unwritten("standard output", err)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write every number as JSON, bit for bit")
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
	shares(&b, r, r.Importance, "error with every feature intact", "rise of the error")
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
