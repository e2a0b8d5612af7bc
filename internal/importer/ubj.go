package importer

import (
	"encoding/binary"
	"math"
)

// ubjFile reads Universal Binary JSON, draft 12 (ubjson.org): every value has a
// one-letter marker before it, numbers are big-endian, and an array may name
// the type of all its elements once.
type ubjFile struct {
	cursor
	typed byte // the marker that an array named for the element that comes next; 0 where it has its own
}

// marker returns the marker of the next value without taking it; 0 at the end.
func (f *ubjFile) marker() byte {
	if f.typed != 0 {
		return f.typed
	}
	for f.pos < len(f.data) && f.data[f.pos] == 'N' { // stands for nothing
		f.pos++
	}
	if f.pos == len(f.data) {
		return 0
	}
	return f.data[f.pos]
}

// take passes the marker of the next value.
func (f *ubjFile) take() {
	if f.typed == 0 {
		f.pos++
	}
	f.typed = 0
}

func (f *ubjFile) next() kind {
	switch f.marker() {
	case '{':
		return isObject
	case '[':
		return isArray
	case 'S', 'C':
		return isText
	case 'i', 'U', 'I', 'l', 'L', 'd', 'D':
		return isNumber
	case 'T', 'F':
		return isTruth
	case 'Z':
		return isNull
	}
	return isBroken
}

// bytes takes n bytes.
func (f *ubjFile) bytes(n int) ([]byte, error) {
	if n > len(f.data)-f.pos {
		return nil, f.broken("the file ends where %d more bytes belong", n)
	}
	b := f.data[f.pos : f.pos+n]
	f.pos += n
	return b, nil
}

// width returns how many bytes a number of a type takes; 0 for other types.
func width(marker byte) int {
	switch marker {
	case 'i', 'U':
		return 1
	case 'I':
		return 2
	case 'l', 'd':
		return 4
	case 'L', 'D':
		return 8
	}
	return 0
}

func (f *ubjFile) number(bits int) (float64, error) {
	m := f.marker()
	n := width(m)
	if n == 0 {
		return 0, f.broken("a number belongs here")
	}
	f.take()
	b, err := f.bytes(n)
	if err != nil {
		return 0, err
	}
	switch m {
	case 'i':
		return float64(int8(b[0])), nil
	case 'U':
		return float64(b[0]), nil
	case 'I':
		return float64(int16(binary.BigEndian.Uint16(b))), nil
	case 'l':
		return float64(int32(binary.BigEndian.Uint32(b))), nil
	case 'L':
		return float64(int64(binary.BigEndian.Uint64(b))), nil
	case 'd':
		return float64(math.Float32frombits(binary.BigEndian.Uint32(b))), nil
	}
	v := math.Float64frombits(binary.BigEndian.Uint64(b))
	if bits == 32 {
		v = float64(float32(v))
	}
	return v, nil
}

// length takes a count of things of at least size bytes each, all of which must
// still be in the file.
func (f *ubjFile) length(size int) (int, error) {
	m := f.marker()
	if m == 'd' || m == 'D' || width(m) == 0 {
		return 0, f.broken("a length belongs here")
	}
	n, err := f.number(64)
	if err != nil {
		return 0, err
	}
	if n < 0 || n*float64(size) > float64(len(f.data)-f.pos) {
		return 0, f.broken("%.0f elements of %d bytes or more are announced, where %d bytes follow", n, size, len(f.data)-f.pos)
	}
	return int(n), nil
}

func (f *ubjFile) text() (string, error) {
	switch f.marker() {
	case 'C':
		f.take()
		b, err := f.bytes(1)
		return string(b), err
	case 'S':
		f.take()
		return f.key()
	}
	return "", f.broken("a text belongs here")
}

// key takes a length and as many bytes.
func (f *ubjFile) key() (string, error) {
	n, err := f.length(1)
	if err != nil {
		return "", err
	}
	b, err := f.bytes(n)
	return string(b), err
}

func (f *ubjFile) object(each func(key string) error) error {
	return f.list('{', '}', func(int) error {
		f.on("", -1)
		key, err := f.key()
		if err != nil {
			return err
		}
		f.on(key, -1)
		return nil
	}, func(int) error { return each(f.path[len(f.path)-1].key) })
}

func (f *ubjFile) array(each func(i int) error) error {
	return f.list('[', ']', func(i int) error {
		f.on("", i)
		return nil
	}, each)
}

// list reads the elements of an object or array: as many as it announces, or up
// to the end. before is called where an element begins, and each for its value.
func (f *ubjFile) list(open, end byte, before, each func(i int) error) error {
	if f.marker() != open {
		return f.broken("%q belongs here", open)
	}
	f.take()
	if err := f.enter(); err != nil {
		return err
	}
	defer f.leave()
	typed, count, err := f.announced()
	if err != nil {
		return err
	}
	for i := 0; count < 0 || i < count; i++ {
		if count < 0 && f.marker() == end {
			f.pos++
			return nil
		}
		if err := before(i); err != nil {
			return err
		}
		f.typed = typed
		if err := each(i); err != nil {
			return err
		}
	}
	return nil
}

// announced takes what may stand at the front of an object or array: the type
// of all its values, and their count (-1 where it is open). Types whose values
// take no bytes are refused: they would let a short file ask for any amount.
func (f *ubjFile) announced() (typed byte, count int, err error) {
	size := 1
	if f.marker() == '$' {
		f.pos++
		if typed = f.marker(); width(typed) == 0 && typed != 'S' && typed != 'C' {
			return 0, 0, f.broken("%q cannot be the type of a whole array", typed)
		}
		f.pos++
		size = max(1, width(typed))
		if f.marker() != '#' {
			return 0, 0, f.broken("an array of one type needs a count")
		}
	}
	if f.marker() != '#' {
		return 0, -1, nil
	}
	f.pos++
	count, err = f.length(size)
	return typed, count, err
}

func (f *ubjFile) truth() (bool, error) {
	m := f.marker()
	if m != 'T' && m != 'F' {
		return false, f.broken("true or false belongs here")
	}
	f.take()
	return m == 'T', nil
}

func (f *ubjFile) null() error {
	if f.next() != isNull {
		return f.broken("a value belongs here")
	}
	f.take()
	return nil
}
