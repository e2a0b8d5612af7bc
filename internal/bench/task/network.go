package task

import (
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/nn"
)

// newNetwork returns the task's network with the given weights, or with those
// it starts with where they are nil. Its standardisation changes nothing but
// takes its time, as in every network of whybox.
func newNetwork(t Task, weights []float32) nn.Classifier {
	p := model.Problem{D: t.D, K: t.scores(), TrainX: make([]float32, t.D), TrainY: []float32{0}, Seed: seed}
	var tr model.Trainer
	var err error
	if t.Images() {
		p.Height, p.Width = Side, Side
		tr, err = nn.NewCNN(p, nn.CNNParams{Filters: Filters, Optimizer: "adam", Rate: Rate, Batch: 1, Epochs: 1})
	} else {
		tr, err = nn.NewMLP(p, mlpParams(1))
	}
	if err != nil {
		panic("task: a network cannot be made")
	}
	m := tr.Model().(nn.Classifier)
	if weights != nil && m.SetState(weights) != nil {
		panic("task: weights do not fit the network")
	}
	return m
}

func mlpParams(batch int) nn.MLPParams {
	return nn.MLPParams{Hidden: []int{Hidden, Hidden}, Activation: "relu", Optimizer: "adam", Rate: Rate, Batch: batch, Epochs: 1}
}
