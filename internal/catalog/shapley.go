package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/shapley"
	"github.com/whybox/whybox/internal/knob"
)

func exactShapley() Explainer {
	return Explainer{Name: "exact-shapley", Title: "Shapley values, exact", Complete: true, Limit: shapley.MaxExact, Base: "average over the background rows",
		Help:    "Shares the score out fairly: each feature gets its average contribution over every order in which features could become known.",
		Formula: "φᵢ = Σ_S |S|!(d−|S|−1)!/d! · (v(S∪i) − v(S))",
		Paper:   "Shapley. A value for n-person games. 1953",
		Knobs:   []knob.Knob{background(50)}, Params: shapley.ExactParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Exact(q, shapley.ExactParams{})
		}}
}

func kernelShap() Explainer {
	return Explainer{Name: "kernel-shap", Title: "Shapley values, sampled (KernelSHAP)", Complete: true, Base: "average over the background rows",
		Help:    "Estimates the fair shares from a sample of feature subsets, with an error bar on each.",
		Formula: "min over φ of Σ_S π(S)·(v(S) − φ₀ − Σ_{i∈S} φᵢ)²",
		Paper:   "Lundberg, Lee. A unified approach to interpreting model predictions. NeurIPS 2017, arXiv:1705.07874",
		Knobs:   []knob.Knob{subsets(), background(30)}, Params: shapley.KernelParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Kernel(q, shapley.KernelParams{Samples: k.Int("samples")})
		}}
}

func permutationShap() Explainer {
	return Explainer{Name: "permutation-shap", Title: "Shapley values, sampled (orders)", Complete: true, Base: "average over the background rows",
		Help:    "Reveals the features in random orders, each forwards and backwards, and averages what each adds on arrival, with an error bar on each.",
		Formula: "φᵢ = mean over orders of v(those before i, and i) − v(those before i)",
		Paper:   "Castro, Gómez, Tejada. Polynomial calculation of the Shapley value based on sampling. Computers & Operations Research 2009; Mitchell et al. Sampling permutations for Shapley value estimation. JMLR 2022, arXiv:2104.12199",
		Knobs:   []knob.Knob{pairs(), background(30)}, Params: shapley.PermutationParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Permutation(q, shapley.PermutationParams{Pairs: k.Int("pairs")})
		}}
}

func treeShap() Explainer {
	return Explainer{Name: "tree-shap", Title: "Shapley values of trees (TreeSHAP)", Trees: true, Complete: true, Base: "average over the training rows, as the trees counted them",
		Help:    "Exact fair shares from the trees themselves: where a feature is unknown, a question about it goes both ways, as often as the training rows did.",
		Formula: "v(S) = Σ over leaves of value · Π over questions of (the row's answer if in S, else the share of training rows)",
		Paper:   "Lundberg et al. From local explanations to global understanding with explainable AI for trees. Nature Machine Intelligence 2020, arXiv:1905.04610",
		Params:  shapley.TreePathDependentParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return ofTrees(q, func(q explain.Query) (explain.Attribution, error) {
				return shapley.TreePathDependent(q, shapley.TreePathDependentParams{})
			})
		}}
}

func treeShapInterventional() Explainer {
	return Explainer{Name: "tree-shap-interventional", Title: "Shapley values of trees, over background rows", Trees: true, Complete: true, Base: "average over the background rows",
		Help:    "The same values as trying every subset of features over the background rows, but read off the trees, so any number of features will do.",
		Formula: "v(S) = mean over background rows b of f(x on S, b on the rest)",
		Paper:   "Lundberg et al. From local explanations to global understanding with explainable AI for trees. Nature Machine Intelligence 2020, arXiv:1905.04610",
		Knobs:   []knob.Knob{background(100)}, Params: shapley.TreeInterventionalParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return ofTrees(q, func(q explain.Query) (explain.Attribution, error) {
				return shapley.TreeInterventional(q, shapley.TreeInterventionalParams{})
			})
		}}
}

func owen() Explainer {
	return Explainer{Name: "owen", Title: "Owen values (features in groups)", Complete: true, Groups: true, Base: "average over the background rows",
		Help:    "Columns that measure the same thing first get a share together, like one feature, and then split it: a thing measured three times is not counted three times.",
		Formula: "φᵢ = mean over orders that keep groups together of v(those before i, and i) − v(those before i)",
		Paper:   "Owen. Values of games with a priori unions. In: Essays in Mathematical Economics and Game Theory, 1977",
		Knobs:   []knob.Knob{pairs(), background(30)}, Params: shapley.OwenParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Owen(q, shapley.OwenParams{Pairs: k.Int("pairs")})
		}}
}

func shapleyDifference() Explainer {
	return Explainer{Name: "shapley-difference", Title: "Difference to another row", Complete: true, Base: "score of the other row",
		Help:    "Why does this row get another score than that one? Shares the difference out among the features in which the two rows differ.",
		Formula: "φᵢ = mean over orders of f(this row up to i, the other after) − f(this row before i, the other from i on)",
		Paper:   "Sundararajan, Najmi. The many Shapley values for model explanation. ICML 2020, arXiv:1908.08474",
		Knobs: []knob.Knob{
			{Name: "against", Label: "Other row", Help: "Which row of the data to compare with.", Kind: knob.Integer, Min: 0, Max: 9999, Step: 1, Default: 0.0},
			subsets()},
		Params: shapley.DifferenceParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Difference(q, shapley.DifferenceParams{Samples: k.Int("samples")})
		}}
}

func causalShapley() Explainer {
	return Explainer{Name: "causal-shapley", Title: "Causal Shapley values", Causes: true, Complete: true, Limit: shapley.MaxExact, Base: "average over the simulated rows",
		Help:    "Also credits a feature with what it does through the features it causes: each is set by hand, and what follows from it is simulated.",
		Formula: "φᵢ = Σ_S |S|!(d−|S|−1)!/d! · (v(S∪i) − v(S)),  v(S) = E f(X | do(X_S = x_S))",
		Paper:   "Heskes, Sijben, Bucur, Claassen. Causal Shapley values. NeurIPS 2020, arXiv:2011.01625",
		Knobs:   []knob.Knob{worlds()}, Params: shapley.CausalParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Causal(q, shapley.CausalParams{Worlds: k.Int("worlds")})
		}}
}

func asymmetricShapley() Explainer {
	return Explainer{Name: "asymmetric-shapley", Title: "Asymmetric Shapley values", Causes: true, Complete: true, Limit: shapley.MaxExact, Base: "average over the simulated rows",
		Help:    "Reveals causes before what they cause, so the credit goes to where a difference began rather than to where it shows.",
		Formula: "φᵢ = mean over orders with causes first of v(those before i, and i) − v(those before i),  v(S) = E[f(X) | X_S = x_S]",
		Paper:   "Frye, Rowat, Feige. Asymmetric Shapley values. NeurIPS 2020, arXiv:1910.06358",
		Knobs:   []knob.Knob{worlds()}, Params: shapley.AsymmetricParams{},
		Attribute: func(q explain.Query, k knob.Values) (explain.Attribution, error) {
			return shapley.Asymmetric(q, shapley.AsymmetricParams{Worlds: k.Int("worlds")})
		}}
}

func meanAbsShap() Explainer {
	return Explainer{Name: "mean-abs-shap", Title: "Mean size of the Shapley values", Scores: true, Base: "average score",
		Help:    "Explains many rows and averages how far each feature moves the score, up or down, with a 95 % interval.",
		Formula: "Iᵢ = mean over rows of |φᵢ|",
		Paper:   "Lundberg et al. From local explanations to global understanding with explainable AI for trees. Nature Machine Intelligence 2020, arXiv:1905.04610",
		Knobs: []knob.Knob{
			{Name: "rows", Label: "Rows", Help: "How many rows to explain: more is slower and surer.", Kind: knob.Integer, Min: 10, Max: 500, Step: 10, Default: 50.0},
			subsets(), background(20)},
		Params: shapley.MeanAbsParams{},
		Rank: func(q explain.Query, k knob.Values) (explain.Importance, error) {
			return shapley.MeanAbs(q, shapley.MeanAbsParams{Rows: k.Int("rows"), Samples: k.Int("samples")})
		}}
}

func subsets() knob.Knob {
	return knob.Knob{Name: "samples", Label: "Subsets", Help: "How many subsets of features to try: more is slower and surer.", Kind: knob.Integer, Min: 32, Max: 8192, Step: 32, Default: 512.0}
}

func pairs() knob.Knob {
	return knob.Knob{Name: "pairs", Label: "Orders", Help: "How many random orders to try, each forwards and backwards: more is slower and surer.", Kind: knob.Integer, Min: 5, Max: 1000, Step: 5, Default: 20.0}
}

func worlds() knob.Knob {
	return knob.Knob{Name: "worlds", Label: "Simulated rows", Help: "How often what follows is simulated: more is slower and surer.", Kind: knob.Integer, Min: 10, Max: 1000, Step: 10, Default: 100.0}
}
