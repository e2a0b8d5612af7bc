package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/spec"
)

// plain writes a value with the decimals of its step, for an input field.
func plain(v, step float64) string {
	return strconv.FormatFloat(v, 'f', places(step, v), 64)
}

// places is how many decimals a step needs, at most 6; without a step, those
// of three significant digits of v.
func places(step, v float64) int {
	if step <= 0 {
		if v == 0 {
			return 0
		}
		return min(6, max(0, 2-int(math.Floor(math.Log10(math.Abs(v))))))
	}
	n := 0
	for ; n < 6 && math.Abs(step-math.Round(step)) > 1e-9; n++ {
		step *= 10
	}
	return n
}

// orMissing writes a value of a feature, which may be missing.
func orMissing(v float64, text string) string {
	if math.IsNaN(v) {
		return spec.Missing
	}
	return text
}

// count writes a whole number with a comma between thousands.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent writes a share for a small label.
func percent(p float64) string {
	switch {
	case p > 0 && p < 0.005:
		return "<1 %"
	case p < 1 && p > 0.995:
		return ">99 %"
	}
	return strconv.Itoa(int(math.Round(100*p))) + " %"
}

// share writes a fraction of a length as CSS.
func share(x float64) string {
	return strconv.FormatFloat(100*math.Max(0, math.Min(1, x)), 'f', 2, 64) + "%"
}

// capital starts a sentence; one that starts with the name of a file stays.
func capital(s string) string {
	if first, _, _ := strings.Cut(s, " "); s == "" || strings.Contains(first, ".") {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// clamp brings v into lo..hi and onto the grid of step from lo, where there is
// one.
func clamp(v, lo, hi, step float64) float64 {
	if step > 0 {
		v = lo + math.Round((v-lo)/step)*step
		scale := math.Pow(10, float64(places(step, v)))
		if p := places(lo, lo); places(step, v) >= p || step == math.Round(step) {
			v = math.Round(v*scale) / scale
		}
	}
	return math.Max(lo, math.Min(hi, v))
}

// shortNumber writes six significant digits, tiny numbers in powers of ten.
func shortNumber(v float64) string {
	text := strconv.FormatFloat(v, 'g', 6, 64)
	if a := math.Abs(v); a != 0 && a < 1e-4 {
		return text
	}
	rounded, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
