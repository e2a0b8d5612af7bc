// Package importer reads models that other programs have trained. One format a
// file. A file may come from anywhere: every length in it is checked against
// the bytes that are there before anything is allocated, and what does not fit
// gives an *Error, never a panic.
package importer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/model"
)

// Limits of a file. A tree and a category take more memory than they need take
// bytes in a file, so there are limits to them too.
const (
	MaxBytes = 128 << 20
	maxTrees = 1 << 17
	maxCodes = 1 << 22 // categories in all splits of a model
)

// tooMany refuses a model with more trees, or categories in them, than that.
func tooMany(where string, trees, codes int) error {
	switch {
	case trees > maxTrees:
		return &Error{CodeSize, where, fmt.Sprintf("the model has more than %d trees", maxTrees), "train fewer trees"}
	case codes > maxCodes:
		return &Error{CodeSize, where, fmt.Sprintf("the splits name more than %d categories", maxCodes), "train with fewer categories or trees"}
	}
	return nil
}

// Imported is a model and what its file says of it.
type Imported struct {
	Model     model.Model // *tree.Ensemble or *Linear, both model.Marginers, or one of package graph
	Source    string      // the program and its version: "XGBoost 1.7.4"
	Objective string      // in the words of that program: "binary:logistic"
	Features  []string    // d names; nil where the file has none
	Types     []string    // d types in the words of that program, "c" is categorical; nil where the file has none
	Classes   []string    // k names of classes; nil where the file has none
}

// Read reads a file of any of the formats, which it tells by its first bytes. A
// file that is something else is named for what it is, with the way to a format
// that is read.
func Read(file []byte) (*Imported, error) {
	if err := TooLarge(int64(len(file))); err != nil {
		return nil, err
	}
	if isLightGBM(file) {
		return LightGBM(file)
	}
	if f, ok := Identify(file); ok {
		return nil, f.refused()
	}
	if isONNX(file) {
		return ONNX(file)
	}
	return XGBoost(file)
}

// TooLarge refuses a file of so many bytes, so that it need not be read. It is
// nil for a file that is small enough.
func TooLarge(bytes int64) error {
	if bytes <= MaxBytes {
		return nil
	}
	return &Error{CodeSize, "", fmt.Sprintf("the file has %d bytes, and at most %d MB are read", bytes, MaxBytes>>20), "train fewer or shallower trees"}
}

// Codes of errors.
const (
	CodeSyntax = "E-MODEL-SYNTAX" // the file is broken
	CodeField  = "E-MODEL-FIELD"  // a part is missing or does not fit the rest
	CodeKind   = "E-MODEL-KIND"   // a kind of model that cannot be read
	CodeSize   = "E-MODEL-SIZE"   // more than the limits allow

	CodeNoTable = "E-TABLE-KIND" // given as rows, and none
)

// Error says what is wrong with a file. It reads "code at where: what; fix".
type Error struct {
	Code  string
	Where string // the place in the file, as a path of keys and a byte
	What  string // what is wrong and why
	Fix   string
}

func (e *Error) Error() string {
	at := ""
	if e.Where != "" {
		at = " at " + e.Where
	}
	return fmt.Sprintf("%s%s: %s; %s", e.Code, at, e.What, e.Fix)
}

// kind is what sort of value stands next in a document.
type kind int

const (
	isObject kind = iota
	isArray
	isText
	isNumber
	isTruth // true or false
	isNull
	isBroken // nothing that may stand there
)

// document is a JSON-like file that is read once, from front to back. Each
// value must be taken by exactly one of its methods.
type document interface {
	next() kind
	object(each func(key string) error) error
	array(each func(i int) error) error
	text() (string, error)
	number(bits int) (float64, error) // rounded once, to 32 or 64 bits
	truth() (bool, error)
	null() error
	fail(code, fix, format string, args ...any) error // an *Error about this place
}

// maxNesting is how deep objects and arrays may lie in each other.
const maxNesting = 64

// cursor is a place in a file.
type cursor struct {
	data []byte
	pos  int
	path []step // the objects and arrays around it
}

// step is a key of an object, or an index of an array.
type step struct {
	key   string
	index int // -1 for keys
}

// resave is the way out of a broken file.
const resave = "save the model again and check that the file was copied whole"

func (c *cursor) fail(code, fix, format string, args ...any) error {
	var b strings.Builder
	for _, s := range c.path {
		if s.index >= 0 {
			b.WriteString("/" + strconv.Itoa(s.index))
		} else if s.key != "" { // a key that is still being read has no name
			b.WriteString("/" + short(s.key))
		}
	}
	if b.Len() > 0 {
		b.WriteString(", ")
	}
	fmt.Fprintf(&b, "byte %d", c.pos)
	return &Error{code, b.String(), fmt.Sprintf(format, args...), fix}
}

func (c *cursor) broken(format string, args ...any) error {
	return c.fail(CodeSyntax, resave, format, args...)
}

// enter is called on the way into an object or array, leave on the way out.
func (c *cursor) enter() error {
	if len(c.path) == maxNesting {
		return c.fail(CodeSize, resave, "objects and arrays lie more than %d deep in each other", maxNesting)
	}
	c.path = append(c.path, step{index: -1})
	return nil
}

func (c *cursor) leave() { c.path = c.path[:len(c.path)-1] }

// on names the element that comes next.
func (c *cursor) on(key string, index int) { c.path[len(c.path)-1] = step{key, index} }

// short cuts what a file says, for messages.
func short(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}

// skipValue passes over one value of any kind.
func skipValue(d document) (err error) {
	switch d.next() {
	case isObject:
		return d.object(func(string) error { return skipValue(d) })
	case isArray:
		return d.array(func(int) error { return skipValue(d) })
	case isText:
		_, err = d.text()
	case isNumber:
		_, err = d.number(64)
	case isTruth:
		_, err = d.truth()
	default:
		return d.null()
	}
	return err
}
