package dataset

import (
	_ "embed"
	"sync"
)

//go:embed data/diabetes.csv
var diabetesCSV string

// Diabetes returns 442 diabetes patients, 10 measurements in the units they
// were taken in, and how far the disease went in a year (regression). It is
// shared; do not change it.
func Diabetes() *Table { return diabetes() }

var diabetes = sync.OnceValue(func() *Table {
	const sex = 1
	v := parse(diabetesCSV)
	for i := sex; i < len(v.x); i += v.d {
		v.x[i]-- // the source codes 1 and 2; ours are indices
	}
	return &Table{
		Name:    "diabetes",
		Title:   "Diabetes progression",
		Help:    "Patients measured at the start of a study. How far has their diabetes progressed a year later?",
		Source:  "Efron, Hastie, Johnstone, Tibshirani, Least Angle Regression, Annals of Statistics 32, 2004, doi 10.1214/009053604000000067",
		Licence: "published with the paper, free to use",
		Columns: []Column{
			{Name: "age", Unit: "years", Help: "age of the patient", Kind: Integer, Min: 15, Max: 85, Step: 1},
			{Name: "sex", Help: "sex of the patient; the source codes it 1 and 2 and does not say which is which", Kind: Category, Max: 1, Step: 1, Categories: []string{"coded 1", "coded 2"}},
			{Name: "bmi", Unit: "kg/m²", Help: "body mass index: weight over height squared", Kind: Number, Min: 16, Max: 44, Step: 0.2, Actionable: true},
			{Name: "bp", Unit: "mm Hg", Help: "average blood pressure", Kind: Number, Min: 55, Max: 140, Step: 0.5, Actionable: true},
			{Name: "s1 tc", Help: "blood serum: total cholesterol", Kind: Integer, Min: 80, Max: 320, Step: 1, Actionable: true},
			{Name: "s2 ldl", Help: "blood serum: LDL, the harmful kind of cholesterol", Kind: Number, Min: 20, Max: 260, Step: 2, Actionable: true},
			{Name: "s3 hdl", Help: "blood serum: HDL, the helpful kind of cholesterol", Kind: Number, Min: 15, Max: 105, Step: 0.5, Actionable: true},
			{Name: "s4 tch", Help: "blood serum: total cholesterol over HDL", Kind: Number, Min: 1.5, Max: 9.5, Step: 0.05, Actionable: true},
			{Name: "s5 ltg", Help: "blood serum: logarithm of triglycerides, the fat in the blood", Kind: Number, Min: 3, Max: 6.2, Step: 0.02, Actionable: true},
			{Name: "s6 glu", Help: "blood serum: blood sugar", Kind: Integer, Min: 55, Max: 130, Step: 1, Actionable: true},
		},
		Target: Column{
			Name: "progression", Help: "a measure of how far the disease went in a year; higher is worse",
			Kind: Number, Min: 0, Max: 360, Step: 1,
		},
		X: v.x, Y: v.y,
		Plane:       [2]int{2, 8}, // bmi, s5 ltg
		Unit:        "patient",
		Interesting: 332, // among the fastest
	}
})
