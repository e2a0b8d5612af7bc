package dataset

import (
	_ "embed"
	"sync"
)

//go:embed data/breast_cancer.csv
var breastCancerCSV string

// BreastCancer returns the Wisconsin diagnostic breast cancer table: 569
// tumours, 30 measurements of their cell nuclei, class 0 malignant and 1
// benign. It is shared; do not change it.
func BreastCancer() *Table { return breastCancer() }

var breastCancer = sync.OnceValue(func() *Table {
	v := parse(breastCancerCSV)
	return &Table{
		Name:    "breast_cancer",
		Title:   "Breast cancer",
		Help:    "Cell nuclei measured under the microscope in a sample from a breast lump. Is the lump malignant or benign?",
		Source:  "Wolberg, Street, Mangasarian, UCI Breast Cancer Wisconsin (Diagnostic) 1995, doi 10.24432/C5DW2B",
		Licence: "CC BY 4.0",
		Columns: breastCancerColumns(),
		Target: Column{
			Name: "diagnosis", Help: "what the lump turned out to be",
			Kind: Category, Max: 1, Step: 1, Categories: []string{"malignant", "benign"},
		},
		X: v.x, Y: v.y,
		Plane:       [2]int{20, 27}, // worst radius, worst concave points
		Unit:        "tumour",
		Interesting: 184, // malignant, but close to the border
	}
})

// breastCancerColumns crosses the three statistics with the ten measures. The
// source gives no unit: lengths are in units of the digitised image.
func breastCancerColumns() []Column {
	statistics := [...]struct{ name, help string }{
		{"mean", ": average over the nuclei in the image"},
		{"error", ": standard error over the nuclei in the image"},
		{"worst", ": mean of the three largest nuclei in the image"},
	}
	measures := [...]struct{ name, help string }{
		{"radius", "distance from the centre of a nucleus to its outline, in image units"},
		{"texture", "how much the grey values inside a nucleus vary"},
		{"perimeter", "length of the outline of a nucleus, in image units"},
		{"area", "area of a nucleus, in square image units"},
		{"smoothness", "how much the radius jumps from one point of the outline to the next"},
		{"compactness", "how far the outline is from a circle (perimeter squared over area)"},
		{"concavity", "how deep the dents in the outline are"},
		{"concave points", "how much of the outline is dented"},
		{"symmetry", "how unlike the two halves of a nucleus are"},
		{"fractal dimension", "how ragged the outline is, as a coastline is"},
	}
	ranges := [30][3]float64{ // min, max, step
		{6, 30, 0.2}, {8, 42, 0.2}, {30, 200, 1}, {0, 2600, 20}, {0.04, 0.17, 0.001},
		{0, 0.36, 0.002}, {0, 0.44, 0.002}, {0, 0.22, 0.002}, {0.1, 0.31, 0.001}, {0.048, 0.1, 0.0002},
		{0, 3, 0.02}, {0.2, 5.2, 0.02}, {0, 24, 0.2}, {0, 600, 5}, {0, 0.034, 0.0002},
		{0, 0.14, 0.001}, {0, 0.42, 0.002}, {0, 0.055, 0.0005}, {0.005, 0.085, 0.0005}, {0, 0.032, 0.0002},
		{6, 38, 0.2}, {10, 52, 0.2}, {40, 260, 2}, {0, 4400, 20}, {0.06, 0.23, 0.001},
		{0, 1.1, 0.01}, {0, 1.3, 0.01}, {0, 0.3, 0.002}, {0.1, 0.7, 0.005}, {0.05, 0.22, 0.001},
	}
	columns := make([]Column, 0, len(ranges))
	for i, s := range statistics {
		for j, m := range measures {
			r := ranges[i*len(measures)+j]
			columns = append(columns, Column{
				Name: s.name + " " + m.name, Help: m.help + s.help,
				Kind: Number, Min: r[0], Max: r[1], Step: r[2], Actionable: true, Group: m.name,
			})
		}
	}
	return columns
}
