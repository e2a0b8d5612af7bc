package catalog

import (
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/knob"
)

func dataSets() []Data {
	return []Data{
		{Name: "moons", Title: "Two moons", Help: "Two half circles that hook into each other: no straight line parts them.", Group: "Toy problems",
			Knobs: []knob.Knob{rows(300), noise(0.18)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.Moons(k.Int("rows"), k.Float("noise"), seed)
			}},
		{Name: "circles", Title: "Circles", Help: "A ring around a disc: only the distance from the centre matters.", Group: "Toy problems",
			Knobs: []knob.Knob{rows(300), noise(0.12)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.Circles(k.Int("rows"), k.Float("noise"), seed)
			}},
		{Name: "spirals", Title: "Spirals", Help: "Two spiral arms: hard for small models.", Group: "Toy problems",
			Knobs: []knob.Knob{rows(400), noise(0.08)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.Spirals(k.Int("rows"), k.Float("noise"), seed)
			}},
		{Name: "xor", Title: "XOR", Help: "The class depends on both features together and on neither alone.", Group: "Toy problems",
			Knobs: []knob.Knob{rows(300), noise(0.12)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.XOR(k.Int("rows"), k.Float("noise"), seed)
			}},
		{Name: "blobs", Title: "Blobs", Help: "Round clouds, one a class: easy for every model.", Group: "Toy problems",
			Knobs: []knob.Knob{rows(300),
				{Name: "classes", Label: "Classes", Help: "How many clouds.", Kind: knob.Integer, Min: 2, Max: 5, Step: 1, Default: 3.0}, noise(0.25)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.Blobs(k.Int("rows"), k.Int("classes"), k.Float("noise"), seed)
			}},
		{Name: "loans", Title: "Loans", Help: "Made-up loan applicants from equations we know, so an explanation can be checked against the truth.", Group: "Known truth",
			Knobs: []knob.Knob{rows(800)},
			Load: func(k knob.Values, seed uint64) *dataset.Table {
				return dataset.Loans(k.Int("rows"), seed)
			}},
		{Name: "breast_cancer", Title: "Breast cancer", Help: "569 tumours measured under the microscope: malignant or benign?", Group: "Measured", Load: fixed(dataset.BreastCancer)},
		{Name: "wine", Title: "Wine", Help: "178 Italian wines of three cultivars, told apart by 13 chemical measurements.", Group: "Measured", Load: fixed(dataset.Wine)},
		{Name: "iris", Title: "Iris", Help: "150 flowers of three species, measured with a ruler.", Group: "Measured", Load: fixed(dataset.Iris)},
		{Name: "diabetes", Title: "Diabetes", Help: "442 patients: how far will the disease go within a year? The answer is a number, not a class.", Group: "Measured", Load: fixed(dataset.Diabetes)},
		{Name: "digits", Title: "Handwritten digits", Help: "1,797 digits of 8×8 pixels. Draw your own.", Group: "Images", Load: fixed(dataset.Digits)},
	}
}

func fixed(load func() *dataset.Table) func(knob.Values, uint64) *dataset.Table {
	return func(knob.Values, uint64) *dataset.Table { return load() }
}

func rows(n float64) knob.Knob {
	return knob.Knob{Name: "rows", Label: "Rows", Help: "How many rows to draw.", Kind: knob.Integer, Min: 40, Max: 2000, Step: 20, Default: n}
}

func noise(x float64) knob.Knob {
	return knob.Knob{Name: "noise", Label: "Noise", Help: "How far the points scatter.", Kind: knob.Number, Min: 0, Max: 0.6, Step: 0.01, Default: x}
}
