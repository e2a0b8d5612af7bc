package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/effect"
	"github.com/whybox/whybox/internal/explain/saliency"
	"github.com/whybox/whybox/internal/knob"
)

func explainers() []Explainer {
	return []Explainer{
		exactShapley(), kernelShap(), permutationShap(), treeShap(), treeShapInterventional(), owen(), shapleyDifference(), causalShapley(), asymmetricShapley(),
		integratedGradients(), gradientXInput(), gradient(), smoothGrad(), occlusion(),
		permutationImportance(), meanAbsShap(), partialDependence(),
	}
}

func integratedGradients() Explainer {
	return Explainer{Name: "integrated-gradients", Title: "Integrated gradients", Gradient: true, Complete: true, Base: "score at the baseline",
		Help:    "Walks in a straight line from a neutral row to this one and adds up how steeply the score changes along the way.",
		Formula: "φᵢ = (xᵢ − x′ᵢ) · ∫₀¹ ∂f/∂xᵢ (x′ + t(x − x′)) dt",
		Paper:   "Sundararajan, Taly, Yan. Axiomatic attribution for deep networks. ICML 2017, arXiv:1703.01365",
		Knobs: []knob.Knob{
			{Name: "steps", Label: "Steps", Help: "Stops on the way: more shrinks the gap.", Kind: knob.Integer, Min: 1, Max: 1024, Step: 1, Default: 64.0},
			baseline()},
		Params: saliency.IntegratedGradientsParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return saliency.IntegratedGradients(q, saliency.IntegratedGradientsParams{Steps: k.Int("steps"), Baseline: k.Text("baseline")})
		}}
}

func gradientXInput() Explainer {
	return Explainer{Name: "gradient-x-input", Title: "Gradient × input", Gradient: true, Base: "zero",
		Help:    "The slope times the value: exact for a straight line through zero, a rough guess elsewhere.",
		Formula: "φᵢ = xᵢ · ∂f/∂xᵢ",
		Paper:   "Shrikumar, Greenside, Shcherbina, Kundaje. Not just a black box. 2016, arXiv:1605.01713",
		Params:  saliency.GradientXInputParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return saliency.GradientXInput(q, saliency.GradientXInputParams{})
		}}
}

func gradient() Explainer {
	return Explainer{Name: "gradient", Title: "Gradient", Gradient: true, Base: "zero",
		Help:    "How much the score would change if a feature moved a tiny bit.",
		Formula: "φᵢ = ∂f/∂xᵢ",
		Paper:   "Simonyan, Vedaldi, Zisserman. Deep inside convolutional networks. 2013, arXiv:1312.6034",
		Params:  saliency.GradientParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return saliency.Gradient(q, saliency.GradientParams{})
		}}
}

func smoothGrad() Explainer {
	return Explainer{Name: "smoothgrad", Title: "SmoothGrad", Gradient: true, Base: "zero",
		Help:    "The gradient averaged over noisy copies of the row, which calms its jitter.",
		Formula: "φᵢ = 1/n Σ ∂f/∂xᵢ (x + ε),  ε ~ N(0, σ²)",
		Paper:   "Smilkov, Thorat, Kim, Viégas, Wattenberg. SmoothGrad. 2017, arXiv:1706.03825",
		Knobs: []knob.Knob{
			{Name: "samples", Label: "Copies", Help: "How many noisy copies to average.", Kind: knob.Integer, Min: 2, Max: 500, Step: 1, Default: 50.0},
			{Name: "noise", Label: "Noise", Help: "Size of the noise, as a share of each feature's range.", Kind: knob.Number, Min: 0, Max: 0.5, Step: 0.01, Default: 0.1}},
		Params: saliency.SmoothGradParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return saliency.SmoothGrad(q, saliency.SmoothGradParams{Samples: k.Int("samples"), Noise: k.Float("noise")})
		}}
}

func occlusion() Explainer {
	return Explainer{Name: "occlusion", Title: "Occlusion", Base: "score at the baseline",
		Help:    "Hides one feature (or one patch of the image) at a time and watches how far the score falls.",
		Formula: "φᵢ = f(x) − f(x with xᵢ = x′ᵢ)",
		Paper:   "Zeiler, Fergus. Visualizing and understanding convolutional networks. ECCV 2014, arXiv:1311.2901",
		Knobs: []knob.Knob{baseline(),
			{Name: "patch", Label: "Patch", Help: "Side of the hidden square, in pixels. Images only.", Kind: knob.Integer, Min: 1, Max: 8, Step: 1, Default: 2.0},
			{Name: "stride", Label: "Stride", Help: "How far the square moves at a time, in pixels. Images only.", Kind: knob.Integer, Min: 1, Max: 8, Step: 1, Default: 1.0}},
		Params: saliency.OcclusionParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return saliency.Occlusion(q, saliency.OcclusionParams{Baseline: k.Text("baseline"), Patch: k.Int("patch"), Stride: k.Int("stride")})
		}}
}

func permutationImportance() Explainer {
	return Explainer{Name: "permutation-importance", Title: "Permutation importance", Base: "error with every feature intact",
		Help:    "Shuffles one column at a time: the more the error rises, the more the model leans on that feature.",
		Formula: "Iᵢ = loss(shuffled column i) − loss",
		Paper:   "Breiman. Random forests. Machine Learning 2001; Fisher, Rudin, Dominici. JMLR 2019, arXiv:1801.01489",
		Knobs: []knob.Knob{
			{Name: "repeats", Label: "Repeats", Help: "How often each column is shuffled.", Kind: knob.Integer, Min: 2, Max: 50, Step: 1, Default: 10.0}},
		Params: effect.PermutationImportanceParams{},
		Rank: func(q explain.Query, k knob.Values) (explain.Importance, error) {
			return effect.PermutationImportance(q, effect.PermutationImportanceParams{Repeats: k.Int("repeats")})
		}}
}

func partialDependence() Explainer {
	return Explainer{Name: "partial-dependence", Title: "Partial dependence with ICE", Base: "average score",
		Help:    "Moves one feature through its range for many rows at once: the bold line is their average, each thin line one row.",
		Formula: "PD(z) = mean over rows of f(x with xᵢ = z)",
		Paper:   "Friedman. Greedy function approximation. Annals of Statistics 2001; Goldstein et al. Peeking inside the black box. 2015, arXiv:1309.6392",
		Knobs: []knob.Knob{
			{Name: "grid", Label: "Grid", Help: "How many values of the feature to try.", Kind: knob.Integer, Min: 5, Max: 100, Step: 1, Default: 30.0},
			{Name: "rows", Label: "Rows", Help: "How many rows get a line of their own.", Kind: knob.Integer, Min: 1, Max: 200, Step: 1, Default: 40.0}},
		Params: effect.PartialDependenceParams{},
		Trace: func(q explain.Query, k knob.Values, feature int) (explain.Effect, error) {
			return effect.PartialDependence(q, effect.PartialDependenceParams{Feature: feature, Grid: k.Int("grid"), Rows: k.Int("rows")})
		}}
}

func baseline() knob.Knob {
	return knob.Knob{Name: "baseline", Label: "Baseline", Help: "The neutral row that stands for knowing nothing.", Kind: knob.Choice, Choices: []string{"mean", "median", "zero"}, Default: "mean"}
}

// background is not a parameter of the method: it says how many training rows
// go into Query.Background.
func background(n float64) knob.Knob {
	return knob.Knob{Name: "background", Label: "Background rows", Help: "How many training rows stand in for an unknown feature.", Kind: knob.Integer, Min: 1, Max: 200, Step: 1, Default: n}
}
