package dataset

import (
	_ "embed"
	"sync"
)

//go:embed data/wine.csv
var wineCSV string

// Wine returns the wine table: 178 Italian wines of three cultivars, 13
// chemical measurements. It is shared; do not change it.
func Wine() *Table { return wine() }

var wine = sync.OnceValue(func() *Table {
	v := parse(wineCSV)
	// The source gives no units.
	measured := func(name, help string, from, to, step float64) Column {
		return Column{Name: name, Help: help, Kind: Number, Min: from, Max: to, Step: step, Actionable: true}
	}
	whole := func(name, help string, from, to float64) Column {
		return Column{Name: name, Help: help, Kind: Integer, Min: from, Max: to, Step: 1, Actionable: true}
	}
	return &Table{
		Name:    "wine",
		Title:   "Wine",
		Help:    "Chemical analysis of wines grown in one region of Italy from three cultivars of grape. Which cultivar is it?",
		Source:  "Aeberhard, Forina, UCI Wine 1991, doi 10.24432/C5PC7J",
		Licence: "CC BY 4.0",
		Columns: []Column{
			measured("alcohol", "how much alcohol", 10.8, 15, 0.02),
			measured("malic acid", "how much malic acid, the acid of sour apples", 0.5, 6, 0.05),
			measured("ash", "how much mineral matter is left after burning", 1.3, 3.3, 0.01),
			measured("alcalinity of ash", "how alkaline that mineral matter is", 10, 31, 0.1),
			whole("magnesium", "how much magnesium", 65, 165),
			measured("total phenols", "how much of all phenols, which give bitterness and body", 0.8, 4, 0.02),
			measured("flavanoids", "how much of the phenols called flavanoids", 0, 5.4, 0.02),
			measured("nonflavanoid phenols", "how much of the other phenols", 0.1, 0.7, 0.005),
			measured("proanthocyanins", "how much proanthocyanins, the tannins of skins and seeds", 0.2, 3.8, 0.02),
			measured("color intensity", "how deep the colour is", 0, 14, 0.1),
			measured("hue", "which tint the colour has", 0.4, 1.8, 0.01),
			measured("od280/od315 of diluted wines", "ratio of two absorptions of light, a sign of protein and phenol content", 1, 4.2, 0.02),
			whole("proline", "how much proline, an amino acid", 200, 1800),
		},
		Target: Column{
			Name: "cultivar", Help: "the cultivar of grape; the source only numbers them",
			Kind: Category, Max: 2, Step: 1, Categories: []string{"cultivar 1", "cultivar 2", "cultivar 3"},
		},
		X: v.x, Y: v.y,
		Plane:       [2]int{6, 9}, // flavanoids, color intensity
		Unit:        "wine",
		Interesting: 95, // cultivar 2, close to cultivar 1
	}
})
