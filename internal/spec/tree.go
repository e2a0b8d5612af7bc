package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

type kind string

const (
	object  kind = "an object"
	list    kind = "a list"
	text    kind = "a text"
	number  kind = "a number"
	boolean kind = "true or false"
	null    kind = "null"
)

// node is one JSON value with its place in the document.
type node struct {
	kind       kind
	text       string   // text: its content; else as written
	members    []member // object, in document order
	items      []*node  // list
	start, end int      // byte offsets
}

type member struct {
	name  string
	at    int // byte offset of the name
	value *node
}

// member returns the value of the first member called name, or nil.
func (n *node) member(name string) *node {
	for _, m := range n.members {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// reader walks the tokens of a document known to be valid JSON.
type reader struct {
	data  []byte
	dec   *json.Decoder
	depth int
}

// readTree reads a whole JSON document. The error is an *Error.
func readTree(data []byte) (*node, error) {
	if len(data) > maxDocument {
		return nil, &Error{Code: CodeLimit, What: fmt.Sprintf("the document has %d bytes", len(data)),
			Why: fmt.Sprintf("a figure has at most %d", maxDocument), Fix: "leave out what is not part of the figure"}
	}
	if err := validate(data); err != nil {
		return nil, err
	}
	r := &reader{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	return r.value("")
}

// token returns the next token and where it starts.
func (r *reader) token() (json.Token, int) {
	at := int(r.dec.InputOffset())
	for at < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[at]) >= 0 {
		at++
	}
	t, err := r.dec.Token()
	if err != nil {
		panic("spec: valid JSON refused")
	}
	return t, at
}

func (r *reader) value(path string) (*node, error) {
	t, at := r.token()
	n := &node{start: at}
	var err error
	switch t := t.(type) {
	case json.Delim:
		if r.depth++; r.depth > maxDepth {
			return nil, r.limit(path, at, fmt.Sprintf("more than %d objects and lists within one another", maxDepth))
		}
		if t == '{' {
			n.kind = object
			err = r.object(n, path)
		} else {
			n.kind = list
			err = r.list(n, path)
		}
		r.depth--
	case string:
		n.kind, n.text = text, t
		most := maxText
		if strings.HasSuffix(path, "/view/brush") {
			most = MaxBrush
		}
		if len(t) > most {
			err = r.limit(path, at, fmt.Sprintf("a text of %d bytes, more than %d", len(t), most))
		}
	case json.Number:
		n.kind, n.text = number, t.String()
	case bool:
		n.kind, n.text = boolean, strconv.FormatBool(t)
	default:
		n.kind = null
	}
	n.end = int(r.dec.InputOffset())
	return n, err
}

func (r *reader) object(n *node, path string) error {
	for r.dec.More() {
		key, at := r.token()
		name := key.(string)
		if len(name) > maxText {
			return r.limit(path, at, fmt.Sprintf("a field name of %d bytes, more than %d", len(name), maxText))
		}
		if len(n.members) == maxItems {
			return r.limit(path, at, fmt.Sprintf("an object with more than %d fields", maxItems))
		}
		v, err := r.value(join(path, name))
		if err != nil {
			return err
		}
		n.members = append(n.members, member{name, at, v})
	}
	r.token()
	return nil
}

func (r *reader) list(n *node, path string) error {
	for r.dec.More() {
		if len(n.items) == maxItems {
			return r.limit(path, int(r.dec.InputOffset()), fmt.Sprintf("a list with more than %d items", maxItems))
		}
		v, err := r.value(join(path, fmt.Sprint(len(n.items))))
		if err != nil {
			return err
		}
		n.items = append(n.items, v)
	}
	r.token()
	return nil
}

func (r *reader) limit(path string, at int, what string) *Error {
	line, _ := place(r.data, at)
	return &Error{Code: CodeLimit, Path: path, What: what, Why: "no figure needs that", Fix: "make it smaller", Line: line}
}

// place returns the line and column, both from 1, of a byte offset.
func place(data []byte, at int) (line, column int) {
	before := data[:min(at, len(data))]
	line = 1 + bytes.Count(before, []byte("\n"))
	column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, column
}
