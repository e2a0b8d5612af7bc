package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/view"
)

// test is what a node asks of a value.
type test struct {
	threshold   float32
	closed      bool // the threshold itself is a yes
	categorical bool
	codes       []int32
}

// yes answers for a value that is not missing.
func (q test) yes(x float64) bool {
	t := float64(q.threshold)
	return x < t || q.closed && x == t
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// questionText writes what is asked of a column, and the value x of the row
// with as many digits as it takes to see the answer.
func questionText(c *dataset.Column, q test, x float32) (asks, value string) {
	value = "missing"
	if x == x {
		value = valueText(c, float64(x))
	}
	switch {
	case q.categorical:
		return "is " + codesText(c, q.codes), value
	case c.Kind == dataset.Category:
		var codes []int32
		for code := range c.Categories {
			if q.yes(float64(code)) {
				codes = append(codes, int32(code))
			}
		}
		return "is " + codesText(c, codes), value
	case q.threshold >= math.MaxFloat32:
		return "is known", value
	case q.threshold < -math.MaxFloat32:
		return "< −∞", value
	case c.Kind == dataset.Integer && x == float32(math.Trunc(float64(x))):
		last := math.Floor(float64(q.threshold))
		if !q.yes(last) {
			last--
		}
		return "≤ " + valueText(c, last), value
	}
	return thresholdText(c, q, x)
}

// thresholdText finds the fewest digits with which the threshold is close to
// what it is and, both rounded as they are written, the value on its side of it.
func thresholdText(c *dataset.Column, q test, x float32) (asks, value string) {
	sign := "< "
	if q.closed {
		sign = "≤ "
	}
	t, v, least := float64(q.threshold), float64(x), decimals(c.Step)
	for n := least; n <= mostDecimals; n++ {
		at := roundTo(t, n)
		if math.Abs(at-t) > 0.1*c.Step {
			continue
		}
		if v != v {
			return sign + finer(c, t, n), "missing"
		}
		for m := least; m <= mostDecimals; m++ {
			if to := roundTo(v, m); q.yes(v) == (to < at || q.closed && to == at) {
				return sign + finer(c, t, n), finer(c, v, m)
			}
		}
	}
	return sign + exact(c, q.threshold), exact(c, x)
}

// mostDecimals are what valueText writes.
const mostDecimals = 6

// finer writes a value of a column with n decimals.
func finer(c *dataset.Column, v float64, n int) string {
	fine := *c
	fine.Step = math.Pow10(-n)
	return valueText(&fine, v)
}

// roundTo returns the number that v reads as with n decimals.
func roundTo(v float64, n int) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', n, 64), 64)
	return out
}

// exact writes a float32 with every digit it has.
func exact(c *dataset.Column, v float32) string {
	if v != v {
		return "missing"
	}
	text := strconv.FormatFloat(float64(v), 'g', -1, 32)
	if c.Unit != "" {
		text += " " + c.Unit
	}
	return text
}

// codesText lists categories: "rents, owns or lives with parents".
func codesText(c *dataset.Column, codes []int32) string {
	const most = 12
	var names []string
	for _, code := range codes {
		if c.Kind == dataset.Category && int(code) < len(c.Categories) {
			names = append(names, c.Categories[code])
		} else {
			names = append(names, strconv.Itoa(int(code)))
		}
	}
	if len(names) > most {
		names = append(names[:most-1], fmt.Sprintf("one of %d others", len(codes)-most+1))
	}
	switch n := len(names); n {
	case 0:
		return "none of its values"
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
}

// treeScore names what the leaves of a tree speak of.
func (f *Figure) treeScore(g *grove) string {
	switch {
	case !g.linked:
		return f.scoreName()
	case f.table.Regression():
		return "raw score of " + f.table.Target.Name
	}
	return "margin of " + f.className()
}

// leafText writes what a leaf says: what it adds, or its own answer.
func (o *outline) leafText(amount float64) string {
	switch {
	case o.g.votes():
		return o.f.answerText(o.g, amount/o.g.weight)
	case o.tiny(amount):
		return "≈ 0"
	}
	return signed(amount)
}

// tiny reports whether an amount is nothing beside what other leaves add.
func (o *outline) tiny(amount float64) bool {
	return amount != 0 && math.Abs(amount) < 1e-4*o.largest
}

// answerText writes a value of what the trees add up to.
func (f *Figure) answerText(g *grove, v float64) string {
	switch {
	case g.linked:
		return strings.Replace(number(v), "-", "−", 1)
	case f.table.Regression():
		return valueText(&f.table.Target, v)
	}
	return percent(v)
}

func (f *Figure) treeHead(v *view.Tree, g *grove, o *outline) view.Head {
	h := view.Head{Name: "tree-outline", Title: fmt.Sprintf("Tree %d of %d", v.Number, v.Of), Table: f.treeTable(v, g, o)}
	subject := h.Title
	if v.Of == 1 {
		h.Title, subject = "The questions of the tree", "The tree"
	}
	asks := "asks nothing of"
	if n := len(o.path) - 1; n > 0 {
		asks = "asks " + plural(n, "question") + " of"
	}
	amount, whole := o.value[o.leaf()], f.answerText(g, float64(predict(g, f.x)[f.class]))
	says := "leaves the " + v.Score + " as it is"
	switch {
	case !v.Adds:
		says = "gives it " + f.treeAnswer(g, amount/g.weight)
	case o.tiny(amount):
		says = "hardly moves the " + v.Score
	case amount > 0:
		says = "raises the " + v.Score + " by " + number(amount)
	case amount < 0:
		says = "lowers the " + v.Score + " by " + number(-amount)
	}
	h.Summary = fmt.Sprintf("%s %s this %s and %s.", subject, asks, f.table.Unit, says)
	switch {
	case v.Of > 1 && !v.Adds:
		h.Note = fmt.Sprintf("The model takes the mean of its %d trees: %s.", v.Of, whole)
	case v.Adds:
		h.Note = fmt.Sprintf("The model starts at %s; with what its %s, the %s is %s%s.", f.answerText(g, g.base), addsText(v.Of), v.Score, whole, f.madeOf(g))
	}
	if f.s.View.Tree > v.Of {
		h.Note += fmt.Sprintf(" There is no tree %d: this is tree %d, the last.", f.s.View.Tree, v.Of)
	}
	h.Note = strings.TrimSpace(h.Note)
	return h
}

// madeOf says what the link makes of the sum of the trees.
func (f *Figure) madeOf(g *grove) string {
	switch {
	case !g.linked:
		return ""
	case f.table.Regression():
		return ", which makes " + valueText(&f.table.Target, float64(f.scores[f.class]))
	}
	return ", which makes a probability of " + percent(float64(f.scores[f.class]))
}

func addsText(n int) string {
	if n == 1 {
		return "one tree adds"
	}
	return fmt.Sprintf("%d trees add", n)
}

// treeAnswer says what a tree answers by itself.
func (f *Figure) treeAnswer(g *grove, v float64) string {
	what := f.treeScore(g)
	if f.table.Regression() && !g.linked {
		what = f.table.Target.Name // the value has the unit
	}
	return article(what) + " of " + f.answerText(g, v)
}

// treeTable lists the row's way.
func (f *Figure) treeTable(v *view.Tree, g *grove, o *outline) view.Table {
	t := view.Table{Caption: fmt.Sprintf("The way of this %s through tree %d", f.table.Unit, v.Number),
		Columns: []string{"question", "this " + f.table.Unit, "answer"}}
	if v.Share != "" {
		t.Columns = append(t.Columns, "share of the "+v.Share+" that comes here")
	}
	for at, i := range o.path {
		n := view.TreeNode{Index: i, OnPath: true}
		row := []string{"leaf: " + v.Score, "", o.leafText(o.value[i])}
		if o.feature[i] >= 0 {
			o.ask(&n)
			row = []string{n.Feature + " " + n.Asks + "?", n.Value, yesNo(o.path[at+1] == i+1)}
		}
		if v.Share != "" {
			row = append(row, percent(float64(o.cover[i])/float64(o.cover[0])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
