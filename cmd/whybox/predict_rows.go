package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// aboutRows says in the help how rows are read.
const aboutRows = `Where the model names its features, columns are found by the names in the first
line, in any order, and further columns are left alone. Otherwise there must be
one column a feature, in the model's order; a first line of names is passed
over. An empty cell and "nan" are missing values. Categories are their codes.`

// maxRows is the largest CSV file that is read, in bytes.
const maxRows = 256 << 20

// rows reads a CSV file, n×d.
func (f *foreign) rows(cmd *cobra.Command, name string) ([]float32, error) {
	content, err := readAll(cmd, name, maxRows+1)
	if err != nil {
		return nil, err
	}
	if len(content) > maxRows {
		return nil, badInput(name+" is too large", fmt.Sprintf("at most %d MB are read", maxRows>>20), "split it")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\uFEFF"))))
	r.TrimLeadingSpace, r.ReuseRecord, r.FieldsPerRecord = true, true, -1
	var columns []int // of the record, by feature
	width := 0
	var x []float32
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, badInput(fmt.Sprintf("%s: %v", name, err), "", "check the quotes")
		}
		line, _ := r.FieldPos(0)
		if columns == nil {
			width = len(record)
			header := slices.ContainsFunc(record, func(cell string) bool { _, err := value(cell); return err != nil })
			if columns, err = f.columns(name, record, header); err != nil {
				return nil, err
			}
			if header {
				continue
			}
		}
		if len(record) != width {
			return nil, badInput(fmt.Sprintf("%s:%d: %d cells, where the first line has %d", name, line, len(record), width), "", "give every line the same columns")
		}
		for j, c := range columns {
			v, err := value(record[c])
			if err != nil {
				return nil, badInput(fmt.Sprintf("%s:%d: %q is not a number", name, line, record[c]), fmt.Sprintf("it stands in column %d, for %s", c+1, f.feature(j)), "write numbers, and leave the cell empty where the value is missing")
			}
			x = append(x, v)
		}
	}
	if len(x) == 0 {
		return nil, badInput(name+" has no rows", "", "give at least one row below the names")
	}
	return x, nil
}

// columns finds the column of each feature.
func (f *foreign) columns(name string, first []string, header bool) ([]int, error) {
	columns := make([]int, f.d)
	if f.Features == nil || !header {
		if len(first) != f.d {
			return nil, badInput(fmt.Sprintf("%s has %d columns", name, len(first)), fmt.Sprintf("the model has %d features, and the columns are read in their order", f.d), "give one column a feature")
		}
		for j := range columns {
			columns[j] = j
		}
		return columns, nil
	}
	at := map[string]int{}
	for c, cell := range first {
		cell = strings.TrimSpace(cell)
		if _, twice := at[cell]; twice {
			return nil, badInput(fmt.Sprintf("%s has two columns %q", name, cell), "", "rename or remove one")
		}
		at[cell] = c
	}
	for j, feature := range f.Features {
		c, ok := at[feature]
		if !ok {
			names := slices.Clone(first)
			return nil, badInput(fmt.Sprintf("%s has no column %q", name, feature), "the model needs it; there is "+strings.Join(names[:min(len(names), 40)], ", "), meant(feature, names, "", "add it, with empty cells where it is not known"))
		}
		columns[j] = c
	}
	return columns, nil
}

// feature names one feature.
func (f *foreign) feature(j int) string {
	if f.Features == nil {
		return fmt.Sprintf("feature %d", j)
	}
	return f.Features[j]
}

// value reads one cell.
func value(cell string) (float32, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" || strings.EqualFold(cell, "nan") {
		return float32(math.NaN()), nil
	}
	v, err := strconv.ParseFloat(cell, 32)
	if err == nil && v-v != 0 {
		err = strconv.ErrRange
	}
	return float32(v), err
}
