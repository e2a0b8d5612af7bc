// Package golden compares what a test got with a file that a person has looked
// at. It is test help and no part of any program. UPDATE=1 in the environment
// rewrites the files; the change is then seen in review.
package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	digits  = 6   // kept by Round
	shown   = 8   // differing lines in a failure at the most
	context = 2   // equal lines before them
	widest  = 160 // bytes of a line shown
)

// Compare fails the test where got is not, byte for byte, what the file holds;
// path is relative to the test's folder. With UPDATE=1 it writes the file
// instead, making its folder if need be.
func Compare(t testing.TB, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") == "1" {
		if err := update(path, got); err != nil {
			t.Fatalf("golden: %v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Fatalf("golden: no file %s yet; UPDATE=1 go test writes it, then look at it", path)
		return
	}
	if err != nil {
		t.Fatalf("golden: %v", err)
		return
	}
	if d := diff(want, got); d != "" {
		t.Errorf("golden: %s differs; UPDATE=1 go test accepts what came now\n%s", path, d)
	}
}

func update(path string, got []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, got) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, got, 0o644)
}

// diff describes the first place where two texts differ: some lines before it,
// then the lines on both sides. "" means they are equal.
func diff(want, got []byte) string {
	if bytes.Equal(want, got) {
		return ""
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	// The common end is cut off, so that an inserted line shows as one.
	endA, endB := len(a), len(b)
	for endA > at && endB > at && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	var out strings.Builder
	for i := max(0, at-context); i < at; i++ {
		fmt.Fprintf(&out, "%6d   %s\n", i+1, clip(a[i], 0))
	}
	column := 0
	if at < endA && at < endB {
		column = firstDifference(a[at], b[at])
	}
	side(&out, "-", a[at:endA], at, column)
	side(&out, "+", b[at:endB], at, column)
	return out.String()
}

// side writes the lines of one side, the first of them clipped so that column
// is seen.
func side(out *strings.Builder, sign string, lines []string, first, column int) {
	for i, line := range lines {
		if i == shown {
			fmt.Fprintf(out, "       %s and %d more lines\n", sign, len(lines)-shown)
			return
		}
		if i > 0 {
			column = 0
		}
		fmt.Fprintf(out, "%6d %s %s\n", first+i+1, sign, clip(line, column))
	}
}

func firstDifference(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// clip shortens a long line to the part around column.
func clip(line string, column int) string {
	from := 0
	if column > widest/2 {
		from = column - widest/2
	}
	to := min(len(line), from+widest)
	text := line[from:to]
	if from > 0 {
		text = "…" + text
	}
	if to < len(line) {
		text += "…"
	}
	return strings.ToValidUTF8(text, "")
}

// Round returns a JSON document with every number rounded to 6 significant
// digits, all else as it was, so that a golden file does not hold the last
// bits. Whole numbers are rounded too. It panics where doc is no JSON.
func Round(doc []byte) []byte {
	if !json.Valid(doc) {
		panic("golden: not a JSON document")
	}
	var out bytes.Buffer
	for i := 0; i < len(doc); {
		end := i + 1
		switch c := doc[i]; {
		case c == '"':
			for doc[end] != '"' {
				if doc[end] == '\\' {
					end++
				}
				end++
			}
			end++
			out.Write(doc[i:end])
		case c == '-' || c >= '0' && c <= '9':
			for end < len(doc) && bytes.IndexByte([]byte("+-.eE0123456789"), doc[end]) >= 0 {
				end++
			}
			out.WriteString(round(string(doc[i:end])))
		default:
			out.WriteByte(c)
		}
		i = end
	}
	return out.Bytes()
}

// round rounds one number; -0 becomes 0, and one out of the range of float64
// stays as it is.
func round(number string) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	if v, err = strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64); err != nil || v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
