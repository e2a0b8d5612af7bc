package spec

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// maxFindings is how many findings one document lists.
const maxFindings = 20

// Parse reads a figure spec strictly and checks it against what exists. The
// error is an Errors with all findings in document order. No input makes it
// panic.
func Parse(data []byte, v Vocabulary) (*Spec, error) {
	root, err := readTree(data)
	if err != nil {
		return nil, Errors{err.(*Error)}
	}
	s := new(Spec)
	d := new(decoder)
	d.value(root, reflect.ValueOf(s).Elem(), "")
	found := d.found
	if root.kind == object {
		for _, e := range check(s, v) {
			if !covered(e.Path, d.found) {
				found = append(found, e)
			}
		}
	}
	if len(found) == 0 {
		return s, nil
	}
	return nil, locate(found, root, data)
}

// Check reports all that is wrong with s, as Parse does for a document. The
// error is nil or an Errors.
func Check(s *Spec, v Vocabulary) error {
	if found := check(s, v); len(found) > 0 {
		return found.cut()
	}
	return nil
}

// covered reports whether something at or above path was already found wrong,
// so that one mistake gives one finding.
func covered(path string, found Errors) bool {
	for _, e := range found {
		if e.Path == path || strings.HasPrefix(path, e.Path+"/") && e.Code != CodeDuplicate {
			return true
		}
	}
	return false
}

// locate gives findings their lines and puts them in document order.
func locate(found Errors, root *node, data []byte) Errors {
	at := make(map[string]int)
	root.offsets("", at)
	where := func(path string) int {
		for path != "" {
			if o, ok := at[path]; ok {
				return o
			}
			path = path[:strings.LastIndexByte(path, '/')]
		}
		return root.start
	}
	slices.SortStableFunc(found, func(a, b *Error) int { return where(a.Path) - where(b.Path) })
	found = found.cut()
	for _, e := range found {
		if e.Code != CodeMore {
			e.Line, _ = place(data, where(e.Path))
		}
	}
	return found
}

// offsets notes where each path starts: at the name of a field, at the value
// of an item. Of a name that comes twice it notes the last.
func (n *node) offsets(path string, at map[string]int) {
	for _, m := range n.members {
		p := join(path, m.name)
		at[p] = m.at
		m.value.offsets(p, at)
	}
	for i, item := range n.items {
		p := join(path, fmt.Sprint(i))
		at[p] = item.start
		item.offsets(p, at)
	}
}

// cut shortens a long list and says by how much.
func (e Errors) cut() Errors {
	if len(e) <= maxFindings {
		return e
	}
	more := len(e) - maxFindings + 1
	return append(e[:maxFindings-1:maxFindings-1], &Error{Code: CodeMore, What: fmt.Sprintf("%d more findings", more),
		Why: fmt.Sprintf("the list stops at %d", maxFindings), Fix: "mend these first"})
}
