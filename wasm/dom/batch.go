package dom

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// The operations that dom.js applies, in step with its switch. Operands are
// 32-bit integers: node ids, indexes into the table of names, and lengths (in
// UTF-16 units) of the next piece of the batch's text.
const (
	opElement = iota + 1 // id, space, name: create
	opText               // id, length: create
	opComment            // id, length: create
	opInsert             // parent, id, next sibling or 0: put or move
	opRemove             // id: take out of its parent
	opFree               // id: forget
	opData               // id, length: change a text or comment
	opAttr               // id, name, length
	opAttrNS             // id, name of the namespace, name, length
	opUnset              // id, name: remove an attribute
	opProp               // id, name, length of the JSON value
	opHTML               // id, length: set the inner HTML
	opListen             // id, length: what listen says; 0 for nothing
	opFocus              // id
)

// batch collects operations for one call of the script.
type batch struct {
	ops   []byte          // little-endian int32
	text  strings.Builder // all strings, one after the other
	names map[string]uint32
	fresh []string // names the script has not seen
}

func newBatch() *batch {
	b := &batch{names: map[string]uint32{}}
	b.reset()
	return b
}

// reset forgets the operations and keeps the names.
func (b *batch) reset() {
	b.ops = b.ops[:0]
	b.fresh = nil
	b.text.Reset()
	b.text.WriteByte('.') // a byte order mark would be lost at the start
}

func (b *batch) op(ints ...uint32) {
	for _, v := range ints {
		b.ops = binary.LittleEndian.AppendUint32(b.ops, v)
	}
}

// name returns the index of an element, attribute or property name.
func (b *batch) name(s string) uint32 {
	if i, ok := b.names[s]; ok {
		return i
	}
	i := uint32(len(b.names))
	b.names[s] = i
	b.fresh = append(b.fresh, s)
	return i
}

// str adds a string and returns its length as the script counts it.
func (b *batch) str(s string) uint32 {
	n, ascii := uint32(0), true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		b.text.WriteString(s)
		return uint32(len(s))
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	b.text.WriteString(s)
	return n
}
