package dataset

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// variable is one equation of a structural causal model. Its mean is linear in
// its causes, and every spread has mean 0 around it; so the total effect of
// one unit of any cause on the mean of any later variable is a sum over paths
// of products of coefficients, exactly.
type variable struct {
	name   string
	base   float64
	causes []cause // earlier variables
	spread spread
	width  float64 // of the spread; what it means says the spread
	parts  float64 // the value is rounded to 1/parts of a unit
}

// cause is one term of an equation: effect units for each unit of an earlier
// variable.
type cause struct {
	of     int // place in the causalModel
	effect float64
}

type spread int

const (
	// additive: mean ± width units, triangular.
	additive spread = iota
	// relative: mean × (1 ± width), triangular; so a positive mean with
	// width ≤ 1 never gives a negative value.
	relative
	// share: mean × (0 .. 2), uniform.
	share
	// trials: width tries, each with the chance mean/width: a whole number.
	trials
)

// causalModel is a list of equations in causal order: each variable comes
// after its causes. The last is the log-odds of the outcome.
type causalModel []variable

// draw samples one row: the values of all variables in order. fixed sets
// variables from outside, whatever their causes say (an intervention), where it
// is not NaN; nil sets none. An intervened variable takes its chances all the
// same, so that with the same rng every other chance stays as it was. The last
// value is not rounded and has no spread.
func (m causalModel) draw(rng *rand.Rand, fixed []float64) []float64 {
	row := make([]float64, len(m))
	for i, v := range m {
		mean := v.base
		for _, c := range v.causes {
			mean += float64(c.effect * row[c.of])
		}
		row[i] = mean
		if i < len(m)-1 {
			row[i] = rounded(v.around(mean, rng), v.parts)
		}
		if fixed != nil && !math.IsNaN(fixed[i]) {
			row[i] = fixed[i]
		}
	}
	return row
}

// around adds the spread to the mean. The comparison in trials is between
// numbers that are the same on every machine, since neither side is ever
// fused.
func (v variable) around(mean float64, rng *rand.Rand) float64 {
	switch v.spread {
	case additive:
		return mean + float64(v.width*triangle(rng))
	case relative:
		return mean * (1 + float64(v.width*triangle(rng)))
	case share:
		return mean * (2 * rng.Float64())
	}
	hits := 0.0
	for range int(v.width) {
		if rng.Float64() < mean/v.width {
			hits++
		}
	}
	return hits
}

// triangle draws from -1..1, most often near 0.
func triangle(rng *rand.Rand) float64 { return rng.Float64() + rng.Float64() - 1 }

// effects returns for each variable but the last the total effect of one unit
// on the mean of the last. It runs backwards through the equations: a
// variable's effect is its coefficient in each later equation times the effect
// of that one.
func (m causalModel) effects() map[string]float64 {
	total := make([]float64, len(m))
	total[len(m)-1] = 1
	for i := len(m) - 1; i >= 0; i-- {
		for _, c := range m[i].causes {
			total[c.of] += float64(c.effect * total[i])
		}
	}
	named := make(map[string]float64, len(m)-1)
	for i, v := range m[:len(m)-1] {
		named[v.name] = total[i]
	}
	return named
}

// truth writes the model down for people. target names the outcome in the
// edges.
func (m causalModel) truth(target string) *Truth {
	t := &Truth{Effects: m.effects()}
	for i, v := range m {
		effect := v.name
		if i == len(m)-1 {
			effect = target
		}
		for _, c := range v.causes {
			t.Edges = append(t.Edges, [2]string{m[c.of].name, effect})
		}
		t.Equations = append(t.Equations, m.equation(i))
	}
	return t
}

// equation writes the equation of variable i as plain text.
func (m causalModel) equation(i int) string {
	var b strings.Builder
	v := m[i]
	plain := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	b.WriteString(plain(v.base))
	for _, c := range v.causes {
		sign := " + "
		if c.effect < 0 {
			sign = " - "
		}
		b.WriteString(sign + plain(math.Abs(c.effect)) + "·" + m[c.of].name)
	}
	mean := b.String()
	switch {
	case i == len(m)-1:
		return v.name + " = " + mean
	case v.spread == additive:
		return v.name + " = " + mean + " + " + plain(v.width) + "·triangular(-1, 1)"
	case v.spread == relative:
		return v.name + " = (" + mean + ")·(1 + " + plain(v.width) + "·triangular(-1, 1))"
	case v.spread == share:
		return v.name + " = (" + mean + ")·uniform(0, 2)"
	}
	if v.width == 1 {
		return v.name + " = 1 with chance " + mean + ", else 0"
	}
	return v.name + " = hits in " + plain(v.width) + " tries with chance (" + mean + ")/" + plain(v.width) + " each"
}
