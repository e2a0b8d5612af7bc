package importer

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
)

// jsonFile reads JSON. Beyond the standard, a number may be NaN, Infinity or
// -Infinity, as XGBoost writes them.
type jsonFile struct{ cursor }

// peek passes white space and returns the byte that stands next, 0 at the end.
func (f *jsonFile) peek() byte {
	for f.pos < len(f.data) {
		switch b := f.data[f.pos]; b {
		case ' ', '\t', '\n', '\r':
			f.pos++
		default:
			return b
		}
	}
	return 0
}

func (f *jsonFile) next() kind {
	switch b := f.peek(); {
	case b == '{':
		return isObject
	case b == '[':
		return isArray
	case b == '"':
		return isText
	case b == 't' || b == 'f':
		return isTruth
	case b == 'n':
		return isNull
	case b == '-' || b == 'N' || b == 'I' || b >= '0' && b <= '9':
		return isNumber
	}
	return isBroken
}

// take passes one byte that must stand next.
func (f *jsonFile) take(want byte) error {
	switch b := f.peek(); {
	case b == want:
		f.pos++
		return nil
	case f.pos == len(f.data):
		return f.broken("the file ends where %q belongs", want)
	default:
		return f.broken("%q stands where %q belongs", b, want)
	}
}

func (f *jsonFile) object(each func(key string) error) error {
	return f.list('{', '}', func(int) error {
		f.on("", -1)
		key, err := f.text()
		if err != nil {
			return err
		}
		if err := f.take(':'); err != nil {
			return err
		}
		f.on(key, -1)
		return each(key)
	})
}

func (f *jsonFile) array(each func(i int) error) error {
	return f.list('[', ']', func(i int) error {
		f.on("", i)
		return each(i)
	})
}

// list reads elements between two brackets, commas between them.
func (f *jsonFile) list(open, end byte, each func(i int) error) error {
	if err := f.take(open); err != nil {
		return err
	}
	if err := f.enter(); err != nil {
		return err
	}
	defer f.leave()
	if f.peek() == end {
		f.pos++
		return nil
	}
	for i := 0; ; i++ {
		if err := each(i); err != nil {
			return err
		}
		if f.peek() != ',' {
			return f.take(end)
		}
		f.pos++
	}
}

func (f *jsonFile) text() (string, error) {
	if err := f.take('"'); err != nil {
		return "", err
	}
	from := f.pos
	for plain := true; f.pos < len(f.data); f.pos++ {
		switch f.data[f.pos] {
		case '\\':
			plain = false
			f.pos++
		case '"':
			f.pos++
			if plain {
				return string(f.data[from : f.pos-1]), nil
			}
			var s string
			if err := json.Unmarshal(f.data[from-1:f.pos], &s); err != nil {
				return "", f.broken("the text cannot be read: %v", err)
			}
			return s, nil
		}
	}
	f.pos = len(f.data)
	return "", f.broken("the file ends within a text")
}

func (f *jsonFile) number(bits int) (float64, error) {
	if f.next() != isNumber {
		return 0, f.broken("a number belongs here")
	}
	from := f.pos
	for f.pos < len(f.data) && isOfNumber(f.data[f.pos]) {
		f.pos++
	}
	word := f.data[from:f.pos]
	switch string(word) {
	case "NaN":
		return math.NaN(), nil
	case "Infinity":
		return math.Inf(1), nil
	case "-Infinity":
		return math.Inf(-1), nil
	}
	if len(word) > 64 || bytes.IndexFunc(word, notDecimal) >= 0 {
		return 0, f.broken("%q is not a number", short(string(word)))
	}
	v, err := strconv.ParseFloat(string(word), bits)
	if err != nil {
		return 0, f.broken("%q is not a number of %d bits", short(string(word)), bits)
	}
	return v, nil
}

// isOfNumber tells the bytes of numbers and of the words for them.
func isOfNumber(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '+' || b == '.'
}

// notDecimal finds what strconv takes and JSON does not: hexadecimal, infinity.
func notDecimal(r rune) bool { return (r < '0' || r > '9') && !bytes.ContainsRune([]byte("+-.eE"), r) }

func (f *jsonFile) truth() (bool, error) {
	f.peek()
	for word, v := range map[string]bool{"true": true, "false": false} {
		if bytes.HasPrefix(f.data[f.pos:], []byte(word)) {
			f.pos += len(word)
			return v, nil
		}
	}
	return false, f.broken("true or false belongs here")
}

func (f *jsonFile) null() error {
	if f.next() != isNull || !bytes.HasPrefix(f.data[f.pos:], []byte("null")) {
		return f.broken("a value belongs here")
	}
	f.pos += len("null")
	return nil
}
