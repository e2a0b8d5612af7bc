package nn

import (
	"fmt"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// MLPParams describes a multilayer perceptron and how it is trained.
type MLPParams struct {
	Hidden     []int   // units of each hidden layer, 1..256, at most 6 layers; empty makes a linear model
	Activation string  // of the hidden layers: "relu", "tanh" or "sigmoid"
	Optimizer  string  // "sgd" or "adam"
	Rate       float64 // learning rate, > 0
	Batch      int     // rows a step, ≥ 1; the whole training set where it is smaller
	Epochs     int     // passes over the training rows, ≥ 1
	L2         float64 // adds L2/2·Σw² over the weights, not the biases, to the loss; ≥ 0
}

const (
	maxLayers = 6
	maxUnits  = 256
	mlpChunk  = 64
)

var activations = map[string]kernel.Activation{
	"relu": kernel.ActReLU, "tanh": kernel.ActTanh, "sigmoid": kernel.ActSigmoid,
}

// NewMLP returns a trainer of a multilayer perceptron for p, its weights drawn
// from p.Seed. The loss is the mean cross-entropy of a softmax, or the mean
// squared error of the standardised target. It returns an error where a
// parameter is outside its range or p cannot be learnt.
func NewMLP(p model.Problem, params MLPParams) (model.Trainer, error) {
	act, ok := activations[params.Activation]
	if !ok {
		return nil, fmt.Errorf("activation is %q; it can be relu, tanh or sigmoid", params.Activation)
	}
	if len(params.Hidden) > maxLayers {
		return nil, fmt.Errorf("there are %d hidden layers; at most %d are allowed", len(params.Hidden), maxLayers)
	}
	sizes := []int{p.D}
	for i, units := range params.Hidden {
		if units < 1 || units > maxUnits {
			return nil, fmt.Errorf("hidden layer %d has %d units; 1 to %d are allowed", i+1, units, maxUnits)
		}
		sizes = append(sizes, units)
	}
	sizes = append(sizes, p.K)
	firstAct := act
	if len(params.Hidden) == 0 {
		firstAct = kernel.ActNone
	}
	var layers []layer
	for i, out := range sizes[1:] {
		last := i == len(sizes)-2
		layers = append(layers, layer{[]int{sizes[i], out}, act == kernel.ActReLU && !last})
	}
	return newTrainer(p, plan{
		layers: layers,
		sizes:  sizes,
		shape:  []int{p.D},
		chunk:  mlpChunk,
		act:    firstAct,
		build: func(g *autodiff.Graph, x *autodiff.Node, w, b []*autodiff.Node) (output, first, seen *autodiff.Node) {
			for i := range w {
				if i == len(w)-1 {
					x = g.Dense(x, w[i], b[i], kernel.ActNone)
				} else {
					x = g.Dense(x, w[i], b[i], act)
				}
				if i == 0 {
					first = x
				}
			}
			return x, first, nil
		},
	}, schedule{params.Optimizer, params.Rate, params.Batch, params.Epochs, params.L2})
}
