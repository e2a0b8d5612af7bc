package catalog

import (
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/explain/counterfactual"
	"github.com/whybox/whybox/internal/knob"
)

func counterfactuals() []Counterfactual {
	return []Counterfactual{
		{Name: "growing-spheres", Title: "Growing spheres", Help: "Tries random rows in ever larger spheres until one flips, then undoes every change that is not needed. Works with any model.",
			Paper:  "Laugel, Lesot, Marsala, Renard, Detyniecki. Comparison-based inverse classification. IPMU 2018, arXiv:1712.08443",
			Knobs:  []knob.Knob{count()},
			Params: counterfactual.GrowingSpheresParams{},
			Search: func(q explain.Query, g explain.Goal, k knob.Values) ([]explain.Counterfactual, error) {
				g.Count = k.Int("count")
				return counterfactual.GrowingSpheres(q, g, counterfactual.DefaultGrowingSpheres())
			}},
		{Name: "wachter", Title: "Gradient search (Wachter)", Help: "Follows the slope of the score towards the other decision and pays for every change, so that few features move.", Gradient: true,
			Paper:  "Wachter, Mittelstadt, Russell. Counterfactual explanations without opening the black box. Harvard J. Law & Tech. 2018, arXiv:1711.00399",
			Knobs:  []knob.Knob{count()},
			Params: counterfactual.WachterParams{},
			Search: func(q explain.Query, g explain.Goal, k knob.Values) ([]explain.Counterfactual, error) {
				g.Count = k.Int("count")
				return counterfactual.Wachter(q, g, counterfactual.DefaultWachter())
			}},
	}
}

func count() knob.Knob {
	return knob.Knob{Name: "count", Label: "How many", Help: "Different ways to flip the decision, at the most.", Kind: knob.Integer, Min: 1, Max: 6, Step: 1, Default: 3.0}
}
