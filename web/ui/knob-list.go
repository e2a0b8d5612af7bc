package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// KnobList draws one control a knob.
type KnobList struct {
	Part   part
	Knobs  []knob.Knob
	Values knob.Values // as in the spec; what is missing has its default
	Set    func(p part, name string, value any)
	Drop   func()
}

// logSteps is how many places a logarithmic slider has, and logFloor the
// smallest number above zero on one that starts at zero.
const (
	logSteps = 200
	logFloor = 1e-6
)

func (c *KnobList) id(k knob.Knob) string { return "knob-" + string(c.Part) + "-" + k.Name }

func (c *KnobList) number(k knob.Knob) float64 {
	if v, ok := c.Values[k.Name].(float64); ok {
		return v
	}
	v, _ := k.Default.(float64)
	return v
}

func (c *KnobList) text(k knob.Knob) string {
	if v, ok := c.Values[k.Name].(string); ok {
		return v
	}
	v, _ := k.Default.(string)
	return v
}

func numeric(k knob.Knob) bool { return k.Kind == knob.Number || k.Kind == knob.Integer }

// logRange returns the exponents at the ends of a logarithmic slider; zero, if
// it has one, lies at its left end.
func logRange(k knob.Knob) (lo, hi float64) {
	return math.Log10(math.Max(k.Min, logFloor)), math.Log10(k.Max)
}

func sliderMin(k knob.Knob) string {
	if k.Log {
		return "0"
	}
	return plain(k.Min, k.Step)
}

func sliderMax(k knob.Knob) string {
	if k.Log {
		return strconv.Itoa(logSteps)
	}
	return plain(k.Max, k.Step)
}

func sliderStep(k knob.Knob) string {
	switch {
	case k.Log || k.Kind == knob.Integer && k.Step == 0:
		return "1"
	case k.Step == 0:
		return "any"
	}
	return strconv.FormatFloat(k.Step, 'f', -1, 64)
}

// sliderPlace is where the slider of a knob stands.
func sliderPlace(k knob.Knob, v float64) string {
	if !k.Log {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	lo, hi := logRange(k)
	if v <= 0 {
		return "0"
	}
	return strconv.Itoa(int(math.Round((math.Log10(v) - lo) / (hi - lo) * logSteps)))
}

// sliderValue is the value of a knob whose slider stands at a place.
func sliderValue(k knob.Knob, at float64) float64 {
	if !k.Log {
		return clamp(at, k.Min, k.Max, 0)
	}
	if at <= 0 {
		return k.Min
	}
	lo, hi := logRange(k)
	v := math.Pow(10, lo+at/logSteps*(hi-lo))
	digits, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return math.Max(k.Min, math.Min(k.Max, digits))
}

// Slide takes a step of a slider.
func (c *KnobList) Slide(k knob.Knob, at float64) { c.Set(c.Part, k.Name, sliderValue(k, at)) }

// Type takes a number typed into a field; what is no number of the knob's
// range is brought into it or dropped.
func (c *KnobList) Type(k knob.Knob, text string) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(v) {
		return
	}
	if k.Kind == knob.Integer {
		v = math.Round(v)
	}
	c.Set(c.Part, k.Name, clamp(v, k.Min, k.Max, 0))
	c.Drop()
}

// Choose takes a word from a menu.
func (c *KnobList) Choose(k knob.Knob, text string) {
	c.Set(c.Part, k.Name, text)
	c.Drop()
}

// TypeSizes takes a list of whole numbers, or any text where there is no largest
// number; anything else is dropped.
func (c *KnobList) TypeSizes(k knob.Knob, text string) {
	if k.Max == 0 {
		c.Choose(k, text)
		return
	}
	list, ok := sizes(text, k.Min, k.Max)
	if ok {
		c.Choose(k, list)
	}
}

// sizes puts "16, 16" into its canonical form.
func sizes(text string, lo, hi float64) (string, bool) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || float64(n) < lo || float64(n) > hi {
			return "", false
		}
	}
	return strings.Join(fields, ","), true
}

func (c *KnobList) options(k knob.Knob) []Option {
	out := make([]Option, len(k.Choices))
	for i, n := range k.Choices {
		out[i] = Option{Value: n, Text: n}
	}
	return out
}
