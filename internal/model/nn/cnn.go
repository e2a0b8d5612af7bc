package nn

import (
	"errors"
	"fmt"

	"github.com/whybox/whybox/internal/autodiff"
	"github.com/whybox/whybox/internal/kernel"
	"github.com/whybox/whybox/internal/model"
)

// CNNParams describes a small convolutional network and how it is trained.
type CNNParams struct {
	Filters   int     // of the first convolution, 1..64; the second has twice as many
	Optimizer string  // "sgd" or "adam"
	Rate      float64 // learning rate, > 0
	Batch     int     // rows a step, ≥ 1; the whole training set where it is smaller
	Epochs    int     // passes over the training rows, ≥ 1
	L2        float64 // adds L2/2·Σw² over the weights, not the biases, to the loss; ≥ 0
}

const (
	maxFilters = 64
	cnnChunk   = 8
)

// NewCNN returns a trainer of a convolutional network for the images of p, its
// weights drawn from p.Seed: 3×3 convolution, ReLU, 2×2 maximum, the same again
// with twice the filters, and a dense layer. It returns an error where p has no
// images of at least 4×4 pixels, a parameter is outside its range, or p cannot
// be learnt.
func NewCNN(p model.Problem, params CNNParams) (model.Trainer, error) {
	h, w, f := p.Height, p.Width, params.Filters
	if h == 0 || w == 0 {
		return nil, errors.New("a convolutional network needs image data")
	}
	if h < 4 || w < 4 {
		return nil, fmt.Errorf("images are %d×%d pixels; a convolutional network needs at least 4×4", h, w)
	}
	if f < 1 || f > maxFilters {
		return nil, fmt.Errorf("there are %d filters; 1 to %d are allowed", f, maxFilters)
	}
	flat := (h / 4) * (w / 4) * 2 * f
	return newTrainer(p, plan{
		layers: []layer{
			{[]int{3, 3, 1, f}, true},
			{[]int{3, 3, f, 2 * f}, true},
			{[]int{flat, p.K}, false},
		},
		sizes: []int{h * w, h * w * f, (h / 2) * (w / 2) * 2 * f, p.K},
		shape: []int{h, w, 1},
		chunk: cnnChunk,
		build: func(g *autodiff.Graph, x *autodiff.Node, w, b []*autodiff.Node) (output, first, seen *autodiff.Node) {
			x = g.MaxPool(g.Conv2D(x, w[0], b[0], kernel.ActReLU))
			x = g.MaxPool(g.Conv2D(x, w[1], b[1], kernel.ActReLU))
			return g.Dense(x, w[2], b[2], kernel.ActNone), nil, x
		},
	}, schedule{params.Optimizer, params.Rate, params.Batch, params.Epochs, params.L2})
}
