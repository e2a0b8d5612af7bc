package bench

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// WriteTable writes the report for a reader.
func (r *Report) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := []string{"ms a run, median"}
	for _, c := range r.Contenders {
		head = append(head, c.Name)
	}
	fmt.Fprintln(t, strings.Join(append(head, "ratio", "target", "", ""), "\t"))
	group := ""
	for _, x := range r.Rows {
		if x.Group != group {
			group = x.Group
			fmt.Fprintln(t, group+strings.Repeat("\t", len(head)+3))
		}
		cells := []string{x.Title}
		for _, c := range r.Contenders {
			cells = append(cells, x.time(c.Key))
		}
		fmt.Fprintln(t, strings.Join(append(cells, x.verdict()...), "\t")+"\t")
	}
	return t.Flush()
}

// time returns a cell.
func (x Result) time(key string) string {
	for _, t := range x.Timings {
		if t.Key == key {
			return fmt.Sprintf("%.3g", t.Median)
		}
	}
	return "-"
}

// verdict returns the cells on the right: ratio, target, and whether it is met.
func (x Result) verdict() []string {
	if x.Error != "" {
		return []string{"", "", "wrong"}
	}
	out := []string{"", "", ""}
	if x.Ratio > 0 {
		out[0] = fmt.Sprintf("%.2f×", x.Ratio)
	}
	if x.Target > 0 {
		out[1] = fmt.Sprintf("%.2g×", x.Target)
		out[2] = "met"
		if !x.Met {
			out[2] = "missed"
		}
	}
	return out
}
