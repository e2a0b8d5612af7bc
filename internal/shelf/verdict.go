package shelf

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// verdict says how well the expected scores are met.
func (a *answers) verdict(e *expected, r *reading) string {
	of, n := e.called(), len(r.gaps)
	if n == 0 {
		return "No row has an expected score in " + of + "."
	}
	if r.differ > 0 {
		return a.differs(e, r)
	}
	rows := fmt.Sprintf("All %d rows agree", n)
	if n == 1 {
		rows = "The one row agrees"
	}
	off := 0.0
	for _, g := range r.gaps {
		off = max(off, g.off)
	}
	if off == 0 {
		return fmt.Sprintf("%s with %s to the last bit.", rows, of)
	}
	return fmt.Sprintf("%s with %s to %s.", rows, of, upwards(off))
}

// differs says how many rows are off, and shows the worst.
func (a *answers) differs(e *expected, r *reading) string {
	verb, w, g := "differ", r.width, r.gaps[0]
	if r.differ == 1 {
		verb = "differs"
	}
	limit := upwards(Tolerance)
	for _, x := range r.gaps[:r.differ] {
		if math.Abs(float64(e.values[x.row*w+x.column])) > 1 {
			limit += " of the score"
			break
		}
	}
	at, place := g.row*w+g.column, ""
	if w > 1 {
		place = " in column " + e.names[g.column]
	}
	return fmt.Sprintf("%d of %d rows %s from %s by more than %s, most row %d%s: %s here, %s expected.", r.differ, len(r.gaps), verb, e.called(), limit,
		g.row, place, digits(float64(r.here[at])), digits(float64(e.values[at])))
}

// called is "column p", or the first and the last of several.
func (e *expected) called() string {
	if n := len(e.names); n > 1 {
		return fmt.Sprintf("columns %s to %s", e.names[0], e.names[n-1])
	}
	return "column " + e.names[0]
}

// remarks says what was assumed.
func (a *answers) remarks(e *expected, r *reading) string {
	what := a.what(r.margins)
	switch {
	case r.width > 1 && r.margins:
		what = "margins of the classes"
	case r.width > 1:
		what = "probabilities of the classes"
	case !a.m.Regression:
		classes := a.t.Classes()
		what += " of " + classes[len(classes)-1]
	}
	parts := []string{"Read as the " + what + ", which fits best."}
	if a.margins == nil {
		parts[0] = "Read as the " + what + "."
	}
	if e.guessed {
		parts = append(parts, "Taken for expected scores because of the name.")
	}
	if left := a.n - len(r.gaps); left > 0 {
		parts = append(parts, fmt.Sprintf("Rows without an expected score: %d.", left))
	}
	if r.differ > 0 && a.m.Gaps && strings.Contains(a.t.Source, " filled with ") {
		parts = append(parts, "Missing cells are filled here, which the other program need not have done.")
	}
	return strings.Join(parts, " ")
}

// tabulate lists the worst rows.
func (p *Parity) tabulate(a *answers, e *expected, r *reading) {
	heads := a.heads(a.what(r.margins), 0)
	heads = heads[len(heads)-r.width:]
	p.Caption = "The model's scores and the expected ones, the worst first"
	p.Columns = []string{"row"}
	for j, head := range heads {
		p.Columns = append(p.Columns, head+" here", e.names[j])
	}
	p.Columns = append(p.Columns, "difference")
	for _, g := range r.gaps[:min(len(r.gaps), parityRows)] {
		cells := []string{strconv.Itoa(g.row)}
		for at := g.row * r.width; at < (g.row+1)*r.width; at++ {
			cells = append(cells, digits(float64(r.here[at])), digits(float64(e.values[at])))
		}
		p.Rows = append(p.Rows, append(cells, tidy(strconv.FormatFloat(g.off, 'g', 2, 64))))
	}
}

// upwards writes a bound with one digit that is not under it: 3e-8.
func upwards(v float64) string {
	text := strconv.FormatFloat(v, 'e', 0, 64)
	if x, _ := strconv.ParseFloat(text, 64); x < v {
		exponent, _ := strconv.Atoi(text[len("1e"):])
		text = fmt.Sprintf("%de%d", text[0]-'0'+1, exponent)
	}
	x, _ := strconv.ParseFloat(text, 64)
	return tidy(strconv.FormatFloat(x, 'g', -1, 64))
}

// digits writes a score so that it can be compared by eye.
func digits(v float64) string { return tidy(strconv.FormatFloat(v, 'g', 6, 64)) }

// tidy takes the zero out of 3e-08.
func tidy(number string) string { return strings.Replace(number, "e-0", "e-", 1) }
