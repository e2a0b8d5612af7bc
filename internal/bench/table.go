package bench

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteTable writes the report for a reader: a line a row, what each contender
// took in ms, how many times as fast as its peer whybox is, and the target; one
// more where helpers take part.
func (r *Report) WriteTable(w io.Writer) error {
	lines := [][]string{r.head()}
	before := map[int]string{} // what stands before a line
	group := ""
	for _, x := range r.Rows {
		if x.Group != group {
			group = x.Group
			before[len(lines)] += "\n" + group + "\n"
		}
		lines = append(lines, r.line(x))
		if x.Pool != nil {
			before[len(lines)] += x.Verdict.remark()
			lines = append(lines, r.poolLine(x))
		}
		before[len(lines)] += x.remarks()
	}
	var b strings.Builder
	write(&b, lines, before)
	_, err := io.WriteString(w, b.String())
	return err
}

// write writes lines in columns, the first to the left and the others to the
// right.
func write(b *strings.Builder, lines [][]string, before map[int]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for i, line := range lines {
		b.WriteString(before[i])
		for j, cell := range line {
			space := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell))
			if j == 0 {
				b.WriteString(cell + space)
			} else {
				b.WriteString("  " + space + cell)
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString(before[len(lines)])
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
	if x.Error != "" {
		return append(cells, "", "", "", "wrong")
	}
	return append(cells, x.Verdict.cells(x.Best)...)
}

// poolLine is the line below, of which only the verdict is new.
func (r *Report) poolLine(x Result) []string {
	cells := append([]string{"    with the pool"}, make([]string, len(r.Contenders))...)
	return append(cells, x.Pool.cells(x.Best)...)
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

// cells returns those on the right: ratio, to whom, target, and whether it is
// met.
func (v Verdict) cells(best string) []string {
	out := []string{"", "", "", ""}
	if v.Ratio > 0 {
		out[0], out[1] = fmt.Sprintf("%.2f×", v.Ratio), best
	}
	if v.Target > 0 {
		out[2] = fmt.Sprintf("%.2g×", v.Target)
	}
	if v.Limit > 0 {
		out[2] = strings.TrimSpace(out[2] + fmt.Sprintf(" ≤ %.3g ms", v.Limit))
	}
	if out[2] != "" {
		out[3] = "met"
		if !v.Met {
			out[3] = "missed"
		}
	}
	return out
}

// remark returns the line below that says why a target is missed, or "".
func (v Verdict) remark() string {
	if v.Why == "" {
		return ""
	}
	return "    " + v.Why + "\n"
}

// remarks returns lines below a row: what went wrong, why a target is missed,
// products a second, and what else is to be known.
func (x Result) remarks() string {
	var b strings.Builder
	if x.Error != "" {
		first, _, _ := strings.Cut(x.Error, "\n")
		fmt.Fprintf(&b, "    %s\n", first)
	}
	if x.Pool == nil {
		b.WriteString(x.Verdict.remark())
	} else {
		b.WriteString(x.Pool.remark())
	}
	if len(x.GFLOPS) > 0 {
		fmt.Fprintf(&b, "    %.1f GFLOP/s of %.1f\n", x.GFLOPS["go"], x.GFLOPS["bound"])
	}
	if x.Few > 0 {
		fmt.Fprintf(&b, "    Median of %d repeats.\n", x.Few)
	}
	if x.Note != "" {
		fmt.Fprintf(&b, "    %s\n", x.Note)
	}
	return b.String()
}
