package saliency

import "github.com/whybox/whybox/internal/explain"

// GradientXInputParams has nothing to set.
type GradientXInputParams struct{}

// GradientXInput multiplies the gradient by the feature's value, in score
// units:
//
//	φᵢ = xᵢ · ∂f/∂xᵢ (x)
//
// Laws: dummy, linear in the model, implementation-invariant; free of the
// feature's unit, but not of its zero: degrees Celsius and kelvin give different
// answers. Complete only where f is linear through zero, so Partial is set and
// Base is 0.
//
// Cost: 1 gradient, 1 prediction. Needs: a model with gradients.
//
// Paper: Shrikumar, Greenside, Shcherbina, Kundaje. Not just a black box:
// learning important features through propagating activation differences. 2016,
// arXiv:1605.01713.
func GradientXInput(q explain.Query, p GradientXInputParams) (explain.Attribution, error) {
	a, err := gradient(q, "gradient × input")
	if err != nil {
		return explain.Attribution{}, err
	}
	for i, x := range q.X {
		a.Values[i] *= float64(x)
	}
	return a, nil
}
