package table_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/table"
)

// FuzzCSV reads files that may be anything: an *Error, or a sheet that keeps
// every row. What encoding/csv can read too, it must count alike, and a data
// set made of it must be well formed.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b,y\n1,2.5,no\n2,3.5,yes\n", "\ufeffa;b\r\n1,5;2\r\n", "a\tb\n1\t\n", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00",
		"a,\"b\n\"\"c\"\"\",y\n1,2,3\n", "sep=;\na;b\n1;2\n", "gr\xf6n,y\n1,2\n", "a,a,\n1,1'234,\n", "x\n1,5\n2,5\n",
		"d,n,z\n2024-01-02,-,01\n3.4.2025,45%,007\n", "1e38,$5\n-1e39,€ 6\n", "\r\r\"\"\r",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := table.Read(file)
		if err != nil {
			wantError(t, err)
			return
		}
		if s.Rows < 1 || len(s.Columns) < 1 || s.Target >= len(s.Columns) {
			t.Fatalf("%d rows, %d columns, target %d", s.Rows, len(s.Columns), s.Target)
		}
		if hand, err := s.As(table.Choice{Delimiter: ' ', Decimal: ',', Header: new(bool), Missing: []string{}}); err != nil {
			wantError(t, err)
		} else if hand.Rows < 1 || hand.Header {
			t.Fatalf("by hand %d rows, names %v", hand.Rows, hand.Header)
		}
		if s.Encoding == table.UTF8 && !bytes.HasPrefix(file, []byte("sep=")) {
			sameRecords(t, file, s)
		}
		for j := range s.Columns { // all columns are taken in, with what fits them
			if c := &s.Columns[j]; c.Kind == table.Skip && c.Distinct > 1 && c.Distinct <= table.MaxCategories {
				c.Kind = dataset.Category
			}
		}
		d, _, err := s.Table("fuzz", "Fuzz")
		if err != nil {
			wantError(t, err)
			return
		}
		if d.Rows() != s.Rows {
			t.Fatalf("%d rows became %d", s.Rows, d.Rows())
		}
		wellFormed(t, d)
	})
}

func wantError(t *testing.T, err error) {
	t.Helper()
	var e *table.Error
	if !errors.As(err, &e) || e.What == "" || e.Fix == "" {
		t.Fatalf("an error of another kind: %v", err)
	}
}

// sameRecords compares with encoding/csv where that can read the file: the
// names, the number of rows, and the missing cells of each column.
func sameRecords(t *testing.T, file []byte, s *table.Sheet) {
	t.Helper()
	body := bytes.TrimPrefix(file, []byte("\ufeff"))
	if bytes.Contains(bytes.ReplaceAll(body, []byte("\r\n"), nil), []byte("\r")) {
		return // there CR alone is no end of a line
	}
	if len(s.Columns) == 1 && bytes.Contains(body, []byte(`"`)) {
		return // a cell of "" alone is a row here
	}
	r := csv.NewReader(bytes.NewReader(body))
	r.Comma, r.FieldsPerRecord = rune(s.Delimiter), -1
	records, err := r.ReadAll()
	if err != nil {
		return
	}
	records = slices.DeleteFunc(records, func(record []string) bool { return len(record) == 1 && strings.Trim(record[0], " \t") == "" })
	if s.Header && len(records) > 0 {
		for j, name := range s.Names {
			if strings.TrimSpace(records[0][j]) != name {
				t.Fatalf("name %d is %q, was %q", j, name, records[0][j])
			}
		}
		records = records[1:]
	}
	if len(records) != s.Rows {
		t.Fatalf("%d rows, encoding/csv finds %d", s.Rows, len(records))
	}
	x := make([]int, len(s.Columns))
	for _, record := range records {
		for j := range x {
			if strings.TrimSpace(record[j]) == "" {
				x[j]++
			}
		}
	}
	for j, c := range s.Columns {
		if x[j] > c.Missing {
			t.Fatalf("column %d: %d cells are missing, encoding/csv finds %d", j, c.Missing, x[j])
		}
	}
}
