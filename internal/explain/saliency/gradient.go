package saliency

import "github.com/whybox/whybox/internal/explain"

// GradientParams has nothing to set.
type GradientParams struct{}

// Gradient tells how fast the score changes with each feature at the row, in
// score per data unit:
//
//	φᵢ = ∂f/∂xᵢ (x)
//
// Laws: dummy, symmetric, linear in the model, implementation-invariant. Not
// complete: Partial is set and Base is 0. A saturated score has small gradients
// however much it owes to a feature.
//
// Cost: 1 gradient, 1 prediction. Needs: a model with gradients.
//
// Paper: Simonyan, Vedaldi, Zisserman. Deep inside convolutional networks:
// visualising image classification models and saliency maps. ICLR workshop
// 2014, arXiv:1312.6034, equation 4. The paper shows the magnitude, the largest
// over colour channels; here the sign is kept.
func Gradient(q explain.Query, p GradientParams) (explain.Attribution, error) {
	return gradient(q, "the gradient")
}

// gradient is Gradient on behalf of the explainer called who.
func gradient(q explain.Query, who string) (explain.Attribution, error) {
	r, err := newGradientRun(q, who, 2)
	if err != nil {
		return explain.Attribution{}, err
	}
	score, err := r.scores(q.X)
	if err != nil {
		return explain.Attribution{}, err
	}
	g := make([]float32, r.D)
	if err := r.gradients(g, q.X); err != nil {
		return explain.Attribution{}, err
	}
	values := make([]float64, r.D)
	for i, v := range g {
		values[i] = float64(v)
	}
	return explain.Attribution{Values: values, Score: score[0], Partial: true}, nil
}
