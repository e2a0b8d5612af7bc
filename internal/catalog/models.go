package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/linear"
	"github.com/whybox/whybox/internal/model/nn"
	"github.com/whybox/whybox/internal/model/tree"
)

func models() []Model {
	return []Model{
		{Name: "linear", Title: "Linear regression", Help: "A weighted sum of the features.", Regression: true, Gradient: true,
			Paper: "Hoerl, Kennard. Ridge regression: biased estimation for nonorthogonal problems. Technometrics 1970",
			Knobs: []knob.Knob{l2(1e-3)},
			New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
				return linear.NewLinear(p, linear.LinearParams{L2: k.Float("l2")})
			}},
		{Name: "logistic", Title: "Logistic regression", Help: "A weighted sum, squeezed into a probability: one straight border.", Classification: true, Gradient: true, Margin: true,
			Paper: "Cox. The regression analysis of binary sequences. J. R. Stat. Soc. B 1958",
			Knobs: []knob.Knob{l2(1e-2),
				{Name: "steps", Label: "Most steps", Help: "Newton steps at the most; it stops by itself when nothing changes.", Kind: knob.Integer, Min: 1, Max: 100, Step: 1, Default: 30.0}},
			New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
				return linear.NewLogistic(p, linear.LogisticParams{L2: k.Float("l2"), Steps: k.Int("steps")})
			}},
		{Name: "tree", Title: "Decision tree", Help: "A list of yes-or-no questions, asked one after another.", Classification: true, Regression: true, Trees: true,
			Paper: "Breiman, Friedman, Olshen, Stone. Classification and Regression Trees. 1984",
			Knobs: []knob.Knob{depth(4, 12), minLeaf(5)},
			New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
				return tree.NewTree(p, tree.TreeParams{Depth: k.Int("depth"), MinLeaf: k.Int("min-leaf")})
			}},
		forest("forest", "Random forest", "Many decision trees, each grown on a random sample of the rows, vote together: steadier than one tree.",
			"Breiman. Random forests. Machine Learning 2001", tree.NewRandomForest),
		forest("extra-trees", "Extremely randomised trees", "A forest whose trees guess their thresholds and keep the best guess: smoother borders, grown faster.",
			"Geurts, Ernst, Wehenkel. Extremely randomized trees. Machine Learning 2006", tree.NewExtraTrees),
		boosting(), ebm(),
		{Name: "mlp", Title: "Neural network", Help: "Layers of simple units that bend the border into any shape.", Classification: true, Regression: true, Gradient: true, Margin: true,
			Paper: "Rumelhart, Hinton, Williams. Learning representations by back-propagating errors. Nature 1986",
			Knobs: []knob.Knob{
				{Name: "hidden", Label: "Hidden layers", Help: "Units in each hidden layer, from input to output.", Kind: knob.Sizes, Min: 1, Max: 256, Default: "16,16"},
				{Name: "activation", Label: "Activation", Help: "The bend each unit applies.", Kind: knob.Choice, Choices: []string{"relu", "tanh", "sigmoid"}, Default: "tanh"},
				optimizer(), rate(0.01), batch(32), epochs(60), l2(1e-4)},
			New: newMLP},
		{Name: "cnn", Title: "Convolutional network", Help: "Small filters slide over the image, so that a stroke is found wherever it lies.", Classification: true, Image: true, Gradient: true, Margin: true,
			Paper: "LeCun, Bottou, Bengio, Haffner. Gradient-based learning applied to document recognition. Proc. IEEE 1998",
			Knobs: []knob.Knob{
				{Name: "filters", Label: "Filters", Help: "How many patterns the first layer looks for; the second looks for twice as many.", Kind: knob.Integer, Min: 2, Max: 16, Step: 1, Default: 8.0},
				optimizer(), rate(0.005), batch(32), epochs(6), l2(1e-4)},
			New: func(p model.Problem, k knob.Values) (model.Trainer, error) {
				return nn.NewCNN(p, nn.CNNParams{Filters: k.Int("filters"), Optimizer: k.Text("optimizer"), Rate: k.Float("rate"),
					Batch: k.Int("batch"), Epochs: k.Int("epochs"), L2: k.Float("l2")})
			}},
	}
}

func newMLP(p model.Problem, k knob.Values) (model.Trainer, error) {
	hidden, err := sizes(k.Text("hidden"))
	if err != nil {
		return nil, err
	}
	return nn.NewMLP(p, nn.MLPParams{Hidden: hidden, Activation: k.Text("activation"), Optimizer: k.Text("optimizer"),
		Rate: k.Float("rate"), Batch: k.Int("batch"), Epochs: k.Int("epochs"), L2: k.Float("l2")})
}

// sizes reads a list such as "16,16"; "" is the empty list.
func sizes(s string) ([]int, error) {
	if s == "" {
		return nil, nil
	}
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("layer size %q is not a whole number", part)
		}
		out = append(out, n)
	}
	return out, nil
}

func optimizer() knob.Knob {
	return knob.Knob{Name: "optimizer", Label: "Optimiser", Help: "How a step is taken: plain descent, or Adam with a step size of its own for every weight.",
		Kind: knob.Choice, Choices: []string{"adam", "sgd"}, Default: "adam"}
}

func rate(x float64) knob.Knob {
	return knob.Knob{Name: "rate", Label: "Learning rate", Help: "How far each step goes. Too far and the loss explodes.", Kind: knob.Number, Min: 1e-5, Max: 100, Log: true, Default: x}
}

func batch(n float64) knob.Knob {
	return knob.Knob{Name: "batch", Label: "Batch", Help: "Rows looked at in one step.", Kind: knob.Integer, Min: 1, Max: 512, Step: 1, Default: n}
}

func epochs(n float64) knob.Knob {
	return knob.Knob{Name: "epochs", Label: "Epochs", Help: "How often training goes through all rows.", Kind: knob.Integer, Min: 1, Max: 1000, Step: 1, Default: n}
}

func l2(x float64) knob.Knob {
	return knob.Knob{Name: "l2", Label: "Weight penalty", Help: "Keeps weights small, so that the border stays smooth (L2).", Kind: knob.Number, Min: 0, Max: 10, Log: true, Default: x}
}
