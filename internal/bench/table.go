package bench

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteTable writes the report for a reader: a line a row, what each contender
// took in ms, how many times as fast as its peer whybox is, and the target.
func (r *Report) WriteTable(w io.Writer) error {
	lines := [][]string{r.head()}
	for _, x := range r.Rows {
		lines = append(lines, r.line(x))
	}
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	group := ""
	for i, line := range lines {
		if i > 0 && r.Rows[i-1].Group != group {
			group = r.Rows[i-1].Group
			fmt.Fprintf(&b, "\n%s\n", group)
		}
		for j, cell := range line {
			space := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
			if j == 0 {
				b.WriteString(cell + space)
			} else {
				b.WriteString("  " + space + cell)
			}
		}
		b.WriteByte('\n')
		if i > 0 {
			b.WriteString(r.Rows[i-1].remarks())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) head() []string {
	head := []string{"median ms a run"}
	for _, c := range r.Contenders {
		head = append(head, c.Name)
	}
	return append(head, "ratio", "to", "target", "")
}

func (r *Report) line(x Result) []string {
	cells := []string{"  " + x.Title}
	for _, c := range r.Contenders {
		cells = append(cells, x.time(c.Key))
	}
	return append(cells, x.verdict()...)
}

// time returns a cell.
func (x Result) time(key string) string {
	if t := x.timing(key); t != nil {
		return fmt.Sprintf("%.3g", t.Median)
	}
	return "-"
}

func (x Result) timing(key string) *Timing {
	for i := range x.Timings {
		if x.Timings[i].Key == key {
			return &x.Timings[i]
		}
	}
	return nil
}

// verdict returns the cells on the right: ratio, to whom, target, and whether
// it is met.
func (x Result) verdict() []string {
	out := []string{"", "", "", ""}
	if x.Error != "" {
		out[3] = "wrong"
		return out
	}
	if x.Ratio > 0 {
		out[0], out[1] = fmt.Sprintf("%.2f×", x.Ratio), x.Best
	}
	if x.Target > 0 {
		out[2], out[3] = fmt.Sprintf("%.2g×", x.Target), "met"
		if !x.Met {
			out[3] = "missed"
		}
	}
	return out
}

// remarks returns lines below a row: what went wrong, why a target is missed,
// and products a second.
func (x Result) remarks() string {
	var b strings.Builder
	if x.Error != "" {
		first, _, _ := strings.Cut(x.Error, "\n")
		fmt.Fprintf(&b, "    %s\n", first)
	}
	if x.Why != "" {
		fmt.Fprintf(&b, "    %s\n", x.Why)
	}
	if len(x.GFLOPS) > 0 {
		fmt.Fprintf(&b, "    %.1f GFLOP/s of %.1f\n", x.GFLOPS["go"], x.GFLOPS["bound"])
	}
	return b.String()
}
