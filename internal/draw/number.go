package draw

import (
	"math"
	"strconv"
	"strings"
)

// number formats v for reading: three significant digits, thousands separated,
// a true minus sign, powers of ten in superscript only where a person would
// otherwise count zeros.
func number(v float64) string {
	switch a := math.Abs(v); {
	case v == 0:
		return "0"
	case a >= 1e8 || a < 1e-6:
		return power(v)
	case a >= 100:
		return decimal(round3(v), 0)
	default:
		return trimZeros(decimal(v, decimalsFor(a)))
	}
}

// signed is number with a plus sign where v is positive.
func signed(v float64) string {
	if v > 0 {
		return "+" + number(v)
	}
	return number(v)
}

// decimalsFor returns the decimals that show a > 0 with three significant
// digits, 0..8.
func decimalsFor(a float64) int {
	d := 2
	for ; a < 1 && d < 8; d++ {
		a *= 10
	}
	for ; a >= 10 && d > 0; d-- {
		a /= 10
	}
	return d
}

// decimal formats v with the given decimals, thousands separated from 10,000 on.
func decimal(v float64, decimals int) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest := s, ""
	if dot := strings.IndexByte(s, '.'); dot >= 0 {
		whole, rest = s[:dot], s[dot:]
	}
	if len(whole) > 4 {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		return "−" + whole + rest
	}
	return whole + rest
}

// round3 rounds to three significant digits.
func round3(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 2, 64), 64)
	if err != nil {
		return v
	}
	return r
}

func trimZeros(s string) string {
	if strings.IndexByte(s, '.') < 0 {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// power formats v as "1.2 × 10⁻⁷".
func power(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'e', 2, 64)
	e := strings.IndexByte(s, 'e')
	exponent, _ := strconv.Atoi(s[e+1:])
	digits := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	out := trimZeros(s[:e]) + " × 10" + digits.Replace(strconv.Itoa(exponent))
	if v < 0 {
		out = "−" + out
	}
	return out
}

// amounts formats the amounts of one chart alike: with the decimals that the
// largest needs for three significant digits, at most one more for small ones.
type amounts struct {
	decimals int
	plain    bool // outside what decimals can show: fall back to number
}

func amountsOf(largest float64) amounts {
	if largest >= 1e8 || largest < 1e-6 {
		return amounts{plain: true}
	}
	return amounts{decimals: decimalsFor(largest)}
}

// text returns "+0.120", "−0.043" or "0"; an amount too small for the decimals
// is "≈ 0".
func (a amounts) text(v float64, sign bool) string {
	if v == 0 {
		return "0"
	}
	s := number(v)
	if !a.plain {
		s = decimal(v, a.decimals)
		if strings.Trim(s, "−0.,") == "" {
			return "≈ 0"
		}
	}
	if sign && v > 0 {
		return "+" + s
	}
	return s
}
