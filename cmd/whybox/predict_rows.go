package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/importer"
	csv "github.com/whybox/whybox/internal/table"
)

// aboutRows says in the help how rows are read.
const aboutRows = `Where the model names its features, columns are found by the names in the first
line, in any order, and further columns are left alone. Otherwise there must be
one column a feature, in the model's order; a first line of names is passed
over. Delimiter, decimal sign and encoding are found out. An empty cell, "nan"
and the like are missing values. Categories are their codes.`

// rows reads a CSV file, n×d.
func (f *foreign) rows(cmd *cobra.Command, name string) ([]float32, error) {
	content, err := readAll(cmd, name, csv.MaxBytes, csv.TooLarge)
	if err != nil {
		return nil, err
	}
	if err := importer.NotTable(content); err != nil {
		return nil, badInput(fmt.Sprintf("%s: %v", name, err), "", "")
	}
	sheet, err := csv.Read(content)
	if err != nil {
		return nil, unread(name, err, "")
	}
	columns, err := f.columns(name, sheet)
	if err != nil {
		return nil, err
	}
	x, err := sheet.Matrix(columns)
	var e *csv.Error
	if errors.As(err, &e) {
		return nil, unread(name, err, f.feature(slices.Index(columns, e.Column-1)))
	}
	return x, err
}

// unread says where rows cannot be read; feature is what the column is for.
func unread(name string, err error, feature string) error {
	var e *csv.Error
	if !errors.As(err, &e) {
		return badInput(fmt.Sprintf("%s: %v", name, err), "", "")
	}
	if e.Line > 0 {
		name = fmt.Sprintf("%s:%d", name, e.Line)
	}
	why := ""
	switch {
	case feature != "":
		why = fmt.Sprintf("it stands in column %d, for %s", e.Column, feature)
	case e.Column > 0:
		why = fmt.Sprintf("it stands in column %d", e.Column)
	}
	return badInput(name+": "+e.What, why, e.Fix)
}

// columns finds the column of each feature.
func (f *foreign) columns(name string, sheet *csv.Sheet) ([]int, error) {
	columns := make([]int, f.d)
	if f.Features == nil || !sheet.Header {
		if n := len(sheet.Columns); n != f.d {
			return nil, badInput(fmt.Sprintf("%s has %d columns", name, n), fmt.Sprintf("the model has %d features, and the columns are read in their order", f.d), "give one column a feature")
		}
		for j := range columns {
			columns[j] = j
		}
		return columns, nil
	}
	at := map[string]int{}
	for c, cell := range sheet.Names {
		if _, twice := at[cell]; twice && slices.Contains(f.Features, cell) {
			return nil, badInput(fmt.Sprintf("%s has two columns %q", name, cell), "", "rename or remove one")
		}
		at[cell] = c
	}
	for j, feature := range f.Features {
		c, ok := at[feature]
		if !ok {
			names := sheet.Names
			return nil, badInput(fmt.Sprintf("%s has no column %q", name, feature), "the model needs it; there is "+strings.Join(names[:min(len(names), 40)], ", "), meant(feature, names, "", "add it, with empty cells where it is not known"))
		}
		columns[j] = c
	}
	return columns, nil
}

// feature names one feature.
func (f *foreign) feature(j int) string {
	switch {
	case j < 0:
		return ""
	case f.Features == nil:
		return fmt.Sprintf("feature %d", j)
	}
	return f.Features[j]
}
