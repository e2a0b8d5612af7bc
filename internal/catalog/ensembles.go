package catalog

import (
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/additive"
	"github.com/whybox/whybox/internal/model/tree"
)

// forest is the row of a forest, whichever way its trees are grown.
func forest(name, title, help, paper string, grow func(model.Problem, tree.ForestParams) (model.Trainer, error)) Model {
	return Model{Name: name, Title: title, Help: help, Paper: paper, Classification: true, Regression: true, Gaps: true, Trees: true,
		Knobs: []knob.Knob{
			{Name: "trees", Label: "Trees", Help: "How many trees vote: more are slower and steadier, and never fit worse.", Kind: knob.Integer, Min: 1, Max: 500, Step: 1, Default: 60.0},
			depth(8, 20), minLeaf(1),
			{Name: "features", Label: "Features a question", Help: "How many features a question may choose among; 0 takes the usual number. Fewer make the trees differ more.", Kind: knob.Integer, Min: 0, Max: 64, Step: 1, Default: 0.0}},
		New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
			return grow(p, tree.ForestParams{Trees: k.Int("trees"), Depth: k.Int("depth"), MinLeaf: k.Int("min-leaf"), Features: k.Int("features")})
		}}
}

// boostingBins is what LightGBM cuts a feature into, too.
const boostingBins = 255

func boosting() Model {
	return Model{Name: "boosting", Title: "Gradient boosted trees", Classification: true, Regression: true, Margin: true, Gaps: true, Trees: true,
		Help:  "Small trees in a row, each correcting what is still wrong after those before it.",
		Paper: "Friedman. Greedy function approximation: a gradient boosting machine. Annals of Statistics 2001; Chen, Guestrin. XGBoost. KDD 2016, arXiv:1603.02754; Ke et al. LightGBM. NeurIPS 2017",
		Knobs: []knob.Knob{
			rounds(100, "How many corrections are made at the most."), shrinkage(),
			depth(3, 12),
			{Name: "leaves", Label: "Most leaves", Help: "How many groups a tree may end in, the most telling splits first; 0 leaves that to the depth.", Kind: knob.Integer, Min: 0, Max: 256, Step: 1, Default: 0.0},
			minLeaf(5),
			{Name: "l2", Label: "Leaf penalty", Help: "Pulls the answers of small groups towards no correction (L2).", Kind: knob.Number, Min: 0, Max: 100, Log: true, Default: 1.0},
			share("rows", "Share of rows", "Each round learns from this share of the rows, drawn anew."),
			share("columns", "Share of features", "Each round may ask about this share of the features, drawn anew."),
			patience(0), heldOut(0.2, "The share of the training rows that only decide when to stop. Unused while patience is 0.")},
		New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
			return tree.NewBoosting(p, tree.BoostingParams{Rounds: k.Int("rounds"), Rate: k.Float("rate"), Depth: k.Int("depth"), Leaves: k.Int("leaves"),
				MinLeaf: k.Int("min-leaf"), MinWeight: 1e-3, L2: k.Float("l2"), Bins: boostingBins, Rows: k.Float("rows"), Columns: k.Float("columns"),
				Patience: k.Int("patience"), HeldOut: k.Float("held-out")})
		}}
}

// Settings of the explainable boosting machine that are no knobs: its authors'
// defaults, but for coarser pairs, which few rows fill.
const (
	ebmLeaves, ebmMinLeaf = 3, 2
	ebmBins, ebmPairBins  = 255, 16
)

func ebm() Model {
	return Model{Name: "ebm", Title: "Explainable boosting machine", Classification: true, Regression: true, Margin: true, Gaps: true, Curves: true,
		Help:  "One curve for each feature, and a map for a few pairs, added up: you can look at all that it knows.",
		Paper: "Lou, Caruana, Gehrke. Intelligible models for classification and regression. KDD 2012; with Hooker: Accurate intelligible models with pairwise interactions. KDD 2013; Nori, Jenkins, Koch, Caruana. InterpretML. 2019, arXiv:1909.09223",
		Knobs: []knob.Knob{
			rounds(100, "How often every feature gets its turn at the most, and after that every pair."), shrinkage(),
			{Name: "pairs", Label: "Pairs", Help: "How many pairs of features get a map of their own: those that say most together.", Kind: knob.Integer, Min: 0, Max: 20, Step: 1, Default: 3.0},
			{Name: "bags", Label: "Bags", Help: "How many models, each without some of the rows, are averaged: more make calmer curves, and tell how sure they are.", Kind: knob.Integer, Min: 1, Max: 16, Step: 1, Default: 3.0},
			patience(10), heldOut(0.15, "The share of the training rows that each bag does not learn from; they decide when it stops.")},
		New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
			return additive.NewEBM(p, additive.EBMParams{Rounds: k.Int("rounds"), Rate: k.Float("rate"), Leaves: ebmLeaves, MinLeaf: ebmMinLeaf,
				Bins: ebmBins, PairBins: ebmPairBins, Pairs: k.Int("pairs"), Bags: k.Int("bags"), Patience: k.Int("patience"), HeldOut: k.Float("held-out")})
		}}
}

func rounds(n float64, help string) knob.Knob {
	return knob.Knob{Name: "rounds", Label: "Rounds", Help: help, Kind: knob.Integer, Min: 1, Max: 1000, Step: 1, Default: n}
}

func shrinkage() knob.Knob {
	return knob.Knob{Name: "rate", Label: "Shrinkage", Help: "How much of each correction is kept: less needs more rounds and fits more smoothly.", Kind: knob.Number, Min: 0.01, Max: 1, Log: true, Default: 0.1}
}

func patience(n float64) knob.Knob {
	return knob.Knob{Name: "patience", Label: "Patience", Help: "Stops when so many rounds in a row did not help on rows held out of training; 0 never stops early.", Kind: knob.Integer, Min: 0, Max: 100, Step: 1, Default: n}
}

func heldOut(x float64, help string) knob.Knob {
	return knob.Knob{Name: "held-out", Label: "Held out", Help: help, Kind: knob.Number, Min: 0.05, Max: 0.5, Step: 0.05, Default: x}
}

func depth(n, most float64) knob.Knob {
	return knob.Knob{Name: "depth", Label: "Depth", Help: "How many questions in a row.", Kind: knob.Integer, Min: 1, Max: most, Step: 1, Default: n}
}

func minLeaf(n float64) knob.Knob {
	return knob.Knob{Name: "min-leaf", Label: "Smallest leaf", Help: "No group gets smaller than this many rows.", Kind: knob.Integer, Min: 1, Max: 100, Step: 1, Default: n}
}

// share is of what a round takes, all by default.
func share(name, label, help string) knob.Knob {
	return knob.Knob{Name: name, Label: label, Help: help, Kind: knob.Number, Min: 0.1, Max: 1, Step: 0.05, Default: 1.0}
}
