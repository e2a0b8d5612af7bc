package dataset

import (
	_ "embed"
	"sync"
)

//go:embed data/iris.csv
var irisCSV string

// Iris returns Fisher's table: 150 flowers of three species, 4 lengths in cm.
// It is shared; do not change it.
func Iris() *Table { return iris() }

var iris = sync.OnceValue(func() *Table {
	v := parse(irisCSV)
	length := func(name, help string, from, to float64) Column {
		return Column{Name: name, Unit: "cm", Help: help, Kind: Number, Min: from, Max: to, Step: 0.1, Actionable: true}
	}
	return &Table{
		Name:    "iris",
		Title:   "Iris flowers",
		Help:    "Petals and sepals measured on three species of iris. Which species is it?",
		Source:  "Fisher 1936, UCI, doi 10.24432/C56C76",
		Licence: "CC BY 4.0",
		Columns: []Column{
			length("sepal length", "how long the outer leaf under the flower is", 4, 8.5),
			length("sepal width", "how wide the outer leaf under the flower is", 1.5, 5),
			length("petal length", "how long the coloured leaf is", 0.5, 7.5),
			length("petal width", "how wide the coloured leaf is", 0, 3),
		},
		Target: Column{
			Name: "species", Help: "the species of the flower",
			Kind: Category, Max: 2, Step: 1, Categories: []string{"setosa", "versicolor", "virginica"},
		},
		X: v.x, Y: v.y,
		Plane:       [2]int{2, 3}, // petal length, petal width
		Unit:        "flower",
		Interesting: 68, // versicolor, close to virginica
	}
})
