package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// valueText writes a value of a column as a person would: with the decimals of
// its step, its unit, or the category's name.
func valueText(c *dataset.Column, v float64) string {
	if math.IsNaN(v) {
		return spec.Missing
	}
	if c.Kind == dataset.Category {
		if i := int(v); i >= 0 && i < len(c.Categories) {
			return c.Categories[i]
		}
	}
	text := strconv.FormatFloat(v, 'f', decimals(c.Step), 64)
	if v < 0 && !strings.ContainsAny(text, "123456789") {
		text = text[1:] // no minus sign on a rounded zero
	}
	text = grouped(text)
	switch {
	case c.Unit == "":
		return text
	case text == "1":
		return text + " " + strings.Replace(c.Unit, "years", "year", 1)
	}
	return text + " " + c.Unit
}

// grouped puts commas between the thousands of a number of five digits or
// more, as the axes do.
func grouped(text string) string {
	sign, digits, rest := "", text, ""
	if strings.HasPrefix(text, "-") {
		sign, digits = "-", text[1:]
	}
	if dot := strings.IndexByte(digits, '.'); dot >= 0 {
		digits, rest = digits[:dot], digits[dot:]
	}
	if len(digits) < 5 {
		return text
	}
	out := ""
	for len(digits) > 3 {
		out = "," + digits[len(digits)-3:] + out
		digits = digits[:len(digits)-3]
	}
	return sign + digits + out + rest
}

// decimals is how many places a step of that size needs, at most 6.
func decimals(step float64) int {
	n := 0
	for ; n < 6 && step > 0 && math.Abs(step-math.Round(step)) > 1e-9; n++ {
		step *= 10
	}
	return n
}

// axisOf names a column with its unit and range.
func axisOf(c *dataset.Column) view.Axis {
	return view.Axis{Label: labelOf(c), Min: c.Min, Max: c.Max}
}

func labelOf(c *dataset.Column) string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// percent writes a probability; the ends say that they are not quite 0 or 1.
func percent(p float64) string {
	switch {
	case p == 0 || p == 1:
		return strconv.FormatFloat(100*p, 'f', 0, 64) + " %"
	case p > 0 && p < 0.001:
		return "under 0.1 %"
	case p < 1 && p > 0.999:
		return "over 99.9 %"
	case p < 0.0995 || p > 0.9905:
		return strconv.FormatFloat(100*p, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(100*p, 'f', 0, 64) + " %"
}

// number writes a quantity with three significant digits, more before the
// decimal point if it has them.
func number(v float64) string {
	a := math.Abs(v)
	switch {
	case a == 0:
		return "0"
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case a >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case a >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case a >= 0.0001:
		return strconv.FormatFloat(v, 'f', 2-int(math.Floor(math.Log10(a))), 64)
	}
	return strconv.FormatFloat(v, 'e', 2, 64)
}

// signed writes a quantity with its sign.
func signed(v float64) string {
	if v > 0 {
		return "+" + number(v)
	}
	return strings.Replace(number(v), "-", "−", 1)
}

// lower makes a title fit inside a sentence.
func lower(title string) string {
	if len(title) > 1 && title[1] >= 'A' && title[1] <= 'Z' {
		return title // an abbreviation
	}
	if strings.HasPrefix(title, "Shapley") || strings.HasPrefix(title, "Owen") {
		return title // a name
	}
	return strings.ToLower(title[:1]) + title[1:]
}

// article puts "a" or "an" before a title.
func article(title string) string {
	t := lower(title)
	if strings.ContainsRune("aeiouX", rune(t[0])) {
		return "an " + t
	}
	return "a " + t
}

// plural writes a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// outcome says what the model makes of scores: "benign, 93 %" or "152".
func (f *Figure) outcome(scores []float32) string {
	if f.table.Regression() {
		return valueText(&f.table.Target, float64(scores[0]))
	}
	best := model.Best(scores)
	return f.table.Classes()[best] + ", " + percent(float64(scores[best]))
}

// scoreName names the explained quantity: "probability of benign".
func (f *Figure) scoreName() string {
	switch {
	case f.table.Regression():
		return labelOf(&f.table.Target)
	case f.s.Explain.Output == "margin":
		return "margin of " + f.className()
	}
	return "probability of " + f.className()
}

func (f *Figure) className() string { return f.table.Classes()[f.class] }

// scoreText writes a value of the explained quantity.
func (f *Figure) scoreText(v float64) string {
	switch {
	case f.table.Regression():
		return valueText(&f.table.Target, v)
	case f.s.Explain.Output == "margin":
		return "margin " + strings.TrimPrefix(signed(v), "+")
	}
	return percent(v)
}

// capital starts a sentence with a plain English word.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
