package importer

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Holds says what is in a file.
type Holds int

const (
	Other Holds = iota
	AModel
	Rows      // in a format that is not text
	RowsAsCSV // text in rows, as package table reads them
)

// Foreign names a file that Read cannot read for what it is.
type Foreign struct {
	Name  string // with its article: "a Parquet file"
	Why   string // what keeps it from being read
	Fix   string // what to do; code stands on lines of its own
	Holds Holds
}

// headBytes is how much of a file is looked at, but for the directory at the
// end of a zip file.
const headBytes = 64 << 10

// Identify tells by its content what a file is that is none of Read's formats.
// It returns false for those, and for what it does not know.
//
// Marks: the formats' own documents and the lists of file(1) and of Apache Tika.
func Identify(file []byte) (Foreign, bool) { return identify(file, 1) }

// identify looks through so many layers of packing. A stream may unpack to
// itself, so there must be an end to it.
func identify(file []byte, layers int) (Foreign, bool) {
	if len(file) == 0 {
		return Foreign{Name: "an empty file", Why: "it has no bytes", Fix: "save or copy it again"}, true
	}
	head := file[:min(len(file), headBytes)]
	if len(bytes.Trim(head, "\x00")) == 0 {
		return Foreign{Name: "nothing but zero bytes", Why: "a copy that failed leaves such a file", Fix: "save or copy it again"}, true
	}
	for _, m := range marks() {
		if at := head[min(m.at, len(head)):]; bytes.HasPrefix(at, []byte(m.mark)) && (m.also == nil || m.also(file)) && !m.isWord(head) {
			return m.Foreign, true
		}
	}
	for _, look := range []func(file, head []byte) (Foreign, bool){
		hdf5, archive, legacyTorch, pickled, safetensors, oldXGBoost, tensorflow, markup, object, inLines,
	} {
		if f, ok := look(file, head); ok {
			return f, true
		}
	}
	if layers == 0 {
		return Foreign{}, false
	}
	return packed(head, layers-1)
}

// refused is what Read says of such a file.
func (f Foreign) refused() error {
	return &Error{CodeKind, "", fmt.Sprintf("this is %s; %s", f.Name, f.Why), f.Fix}
}

// NotTable refuses a file that was given as a table of rows and is none: a
// model, or rows in a format that is not text. It is nil for all else, which
// package table says more about.
func NotTable(file []byte) error {
	if name := ours(file); name != "" {
		return &Error{CodeNoTable, "", fmt.Sprintf("this is %s, not a table of rows", name), "open it as the model, and give the rows as CSV"}
	}
	f, ok := Identify(file)
	switch {
	case !ok || f.Holds == RowsAsCSV:
		return nil
	case f.Holds == Rows:
		return &Error{CodeNoTable, "", fmt.Sprintf("this is %s, and rows are read from CSV", f.Name), f.Fix}
	case f.Holds == AModel:
		return &Error{CodeNoTable, "", fmt.Sprintf("this is %s, not a table of rows", f.Name), "give the rows as CSV; to open the model, " + f.Fix}
	case f.Name == plainText:
		return nil
	case f.Why == isPacked:
		return &Error{CodeNoTable, "", fmt.Sprintf("this is %s, not a table of rows", f.Name), f.Fix}
	}
	return &Error{CodeNoTable, "", fmt.Sprintf("this is %s, not a table of rows", f.Name), "give the rows as CSV"}
}

// ours names a file of one of Read's formats by its first bytes, "" for others.
func ours(file []byte) string {
	head := bytes.TrimLeft(file[:min(len(file), headBytes)], " \t\r\n")
	switch {
	case isLightGBM(file):
		return "a model of LightGBM"
	case looksONNX(file):
		return "an ONNX model"
	case len(head) > 1 && head[0] == '{' && bytes.IndexByte([]byte("iUIlL$#N"), head[1]) >= 0:
		return "a model of XGBoost"
	case len(head) > 1 && head[0] == '{' && has(topKeys(head), "learner"):
		return "a model of XGBoost"
	}
	return ""
}

// looksONNX tells the first fields of an ONNX model: its format's version, and then
// one of the texts or the graph. A version is a small number.
func looksONNX(file []byte) bool {
	fields := wireFields(file[:min(len(file), headBytes)], 3)
	if len(fields) < 2 || fields[0].number != 1 || fields[0].data != nil || fields[0].value < 1 || fields[0].value > 99 {
		return false
	}
	second := fields[1]
	switch second.number {
	case 2, 3, 4, 6: // producer, its version, domain, documentation
		return utf8.Valid(second.data) && (len(second.data) == 0 || second.data[0] >= ' ')
	case 7, 8: // graph, operator sets
		return second.data != nil
	}
	return false
}
