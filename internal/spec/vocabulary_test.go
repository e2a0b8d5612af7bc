package spec

import (
	"testing"

	"github.com/whybox/whybox/internal/knob"
)

// sample is a small vocabulary: a generator with a knob, a table with classes,
// one with a quantity.
func sample() Vocabulary {
	flowers := Table{Rows: 150, Columns: []Column{
		{Name: "sepal length", Min: 4, Max: 8},
		{Name: "petal length", Min: 1, Max: 7},
		{Name: "od280/od315", Min: 1, Max: 4},
		{Name: "leaves", Min: 0, Max: 12, Whole: true},
	}, Classes: []string{"setosa", "versicolor", "virginica"}}
	moons := Table{Rows: 300, Columns: []Column{{Name: "x", Min: -2, Max: 3}, {Name: "y", Min: -2, Max: 2}}, Classes: []string{"lower", "upper"}}
	diabetes := Table{Rows: 442, Columns: []Column{{Name: "age", Min: 19, Max: 79, Whole: true}, {Name: "bmi", Min: 15, Max: 45}}}
	return Vocabulary{
		Data: []Term{
			{Name: "iris", Help: "flowers", Table: func(knob.Values) Table { return flowers }},
			{Name: "moons", Help: "two half circles", Knobs: []knob.Knob{
				{Name: "noise", Help: "spread of the points", Kind: knob.Number, Min: 0, Max: 1, Default: 0.2},
				{Name: "count", Help: "how many points", Kind: knob.Integer, Min: 20, Max: 1000, Default: 300.0},
			}, Table: func(v knob.Values) Table {
				t := moons
				t.Rows = v.Int("count")
				v.Float("noise")
				return t
			}},
			{Name: "diabetes", Help: "patients", Table: func(knob.Values) Table { return diabetes }},
		},
		Models: []Term{
			{Name: "logistic", Help: "a straight border"},
			{Name: "ebm", Help: "a sum of curves", Curves: true},
			{Name: "mlp", Help: "a small network", Knobs: []knob.Knob{
				{Name: "sizes", Help: "neurons in each hidden layer", Kind: knob.Sizes, Min: 1, Max: 128, Default: "16,16"},
				{Name: "activation", Help: "the bend", Kind: knob.Choice, Choices: []string{"relu", "tanh"}, Default: "relu"},
				{Name: "learning-rate", Help: "step width", Kind: knob.Number, Min: 0.0001, Max: 1, Log: true, Default: 0.01},
				{Name: "epochs", Help: "passes over the data", Kind: knob.Integer, Min: 1, Max: 500, Default: 60.0},
			}},
		},
		Explainers: []Term{
			{Name: "gradient", Help: "slope"},
			{Name: "integrated-gradients", Help: "slopes along a path", Knobs: []knob.Knob{
				{Name: "steps", Help: "how finely", Kind: knob.Integer, Min: 8, Max: 512, Default: 64.0},
				{Name: "baseline", Help: "where the path starts", Kind: knob.Choice, Choices: []string{"mean", "zero"}, Default: "mean"},
			}},
			{Name: "partial-dependence", Help: "mean effect"},
		},
		Counterfactuals: []Term{{Name: "growing-spheres", Help: "search outwards", Knobs: []knob.Knob{
			{Name: "count", Help: "how many", Kind: knob.Integer, Min: 1, Max: 5, Default: 3.0}}}},
		Views: []Term{{Name: "surface", Help: "map of decisions"}, {Name: "waterfall", Help: "from base to score"}, {Name: "effect", Help: "effect of one feature"}},
	}
}

const full = `{
  "$schema": "urn:whybox:figure:1",
  "title": "Why \"setosa\" <here>?",
  "description": "A figure with everything.",
  "seed": 9007199254740992,
  "data": {
    "name": "iris",
    "test": 0.3
  },
  "model": {
    "name": "mlp",
    "knobs": {
      "activation": "tanh",
      "learning-rate": 0.05,
      "sizes": "8,4"
    },
    "stop": 0
  },
  "explain": {
    "name": "integrated-gradients",
    "knobs": {
      "steps": 128
    },
    "row": 0,
    "edit": {
      "leaves": 3,
      "od280/od315": 2.5
    },
    "class": "setosa",
    "output": "margin",
    "groups": {
      "flower": [
        "petal length",
        "sepal length"
      ],
      "leaf": [
        "od280/od315"
      ]
    },
    "compare": {
      "name": "gradient"
    },
    "counterfactual": {
      "name": "growing-spheres",
      "knobs": {
        "count": 2
      },
      "target": "virginica",
      "fixed": [
        "leaves"
      ],
      "free": [
        "petal length"
      ]
    }
  },
  "view": {
    "name": "surface",
    "x": "sepal length",
    "y": "petal length",
    "rows": 60,
    "order": "similarity",
    "brush": "3-7,12",
    "tree": 3,
    "open": [
      4,
      0
    ],
    "split": [
      "flower"
    ],
    "by": "predicted",
    "width": 800,
    "height": 600
  },
  "params": [
    {
      "path": "/explain/edit/od280~1od315",
      "label": "dilution",
      "min": 1,
      "max": 4,
      "step": 0.1
    },
    {
      "path": "/model/knobs/epochs",
      "min": 10,
      "max": 100
    }
  ]
}
`

const minimal = `{"$schema":"urn:whybox:figure:1","data":{"name":"moons"},"model":{"name":"logistic"},"explain":{"name":"gradient"},"view":{"name":"waterfall"}}`

func parsed(t *testing.T, document string) *Spec {
	t.Helper()
	s, err := Parse([]byte(document), sample())
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return s
}
