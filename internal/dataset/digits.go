package dataset

import (
	_ "embed"
	"strconv"
	"sync"
)

//go:embed data/digits.csv
var digitsCSV string

// Digits returns 1797 handwritten digits as 8×8 images of ink 0..16, classes
// 0 to 9. It is shared; do not change it.
func Digits() *Table { return digits() }

var digits = sync.OnceValue(func() *Table {
	const side = 8
	v := parse(digitsCSV)
	columns := make([]Column, 0, side*side)
	for row := 1; row <= side; row++ {
		for column := 1; column <= side; column++ {
			columns = append(columns, Column{
				Name: "row " + strconv.Itoa(row) + " column " + strconv.Itoa(column),
				Help: "how much ink this pixel holds, 0 none to 16 full",
				Kind: Integer, Max: 16, Step: 1, Actionable: true,
			})
		}
	}
	return &Table{
		Name:    "digits",
		Title:   "Handwritten digits",
		Help:    "Small pictures of digits that people wrote by hand. Which digit is it?",
		Source:  "Alpaydin, Kaynak, UCI Optical Recognition of Handwritten Digits 1998 (test part), doi 10.24432/C50P49",
		Licence: "CC BY 4.0",
		Columns: columns,
		Target: Column{
			Name: "digit", Help: "the digit that was meant",
			Kind: Category, Max: 9, Step: 1,
			Categories: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		},
		X: v.x, Y: v.y, Height: side, Width: side,
		Plane:       [2]int{21, 42}, // row 3 column 6, row 6 column 3
		Unit:        "image",
		Interesting: 329, // a 9 close to a 7
	}
})
