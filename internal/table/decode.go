package table

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Names of encodings.
const (
	UTF8        = "UTF-8"
	UTF16LE     = "UTF-16LE"
	UTF16BE     = "UTF-16BE"
	Windows1252 = "Windows-1252" // Latin-1 with more signs, the usual one in the West
)

// Encodings lists what a Format may name.
func Encodings() []string { return []string{UTF8, UTF16LE, UTF16BE, Windows1252} }

// decode turns a file into UTF-8 without byte order mark. It finds the encoding
// where none is given: by the mark, by the zero bytes of UTF-16, and else UTF-8
// if the bytes are that, Windows-1252 if not.
func decode(file []byte, encoding string) (text, found string, notes []string, err error) {
	if len(file) == 0 {
		return "", "", nil, &Error{Code: CodeEmpty, What: "the file is empty", Fix: "check that it was saved or copied whole"}
	}
	if bytes.HasPrefix(file, []byte{0xff, 0xfe, 0, 0}) || bytes.HasPrefix(file, []byte{0, 0, 0xfe, 0xff}) {
		return "", "", nil, &Error{Code: CodeEncoding, Line: 1, What: "the file is UTF-32", Fix: "save it as UTF-8"}
	}
	found = encoding
	if found == "" {
		found = sniffEncoding(file)
	}
	switch found {
	case UTF8:
		body := bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
		if at := invalid(body); at >= 0 {
			if encoding != "" || mostlyUTF8(body) {
				return "", "", nil, &Error{Code: CodeEncoding, Line: lineOf(body, at), What: fmt.Sprintf("the byte 0x%02X is not UTF-8, as the rest of the file is", body[at]), Fix: "write the character anew, or choose the encoding Windows-1252"}
			}
			notes = append(notes, fmt.Sprintf("The byte 0x%02X in line %d is not UTF-8, so the file is read as Windows-1252 (Latin-1). Check letters with accents.", body[at], lineOf(body, at)))
			found, text = Windows1252, fromWindows1252(body)
			break
		}
		text = string(body)
	case UTF16LE, UTF16BE:
		if text, err = fromUTF16(file, found); err != nil {
			return "", "", nil, err
		}
	case Windows1252:
		text = fromWindows1252(file)
	default:
		return "", "", nil, &Error{Code: CodeEncoding, What: fmt.Sprintf("no encoding %q is known", short(encoding)), Fix: "choose one of " + strings.Join(Encodings(), ", ")}
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return "", "", nil, &Error{Code: CodeEncoding, Line: lineOf([]byte(text[:at]), at), What: "there is a zero byte, which no text has: the file is damaged, or no text", Fix: "save it as CSV in UTF-8"}
	}
	return text, found, notes, nil
}

func sniffEncoding(file []byte) string {
	switch {
	case bytes.HasPrefix(file, []byte{0xff, 0xfe}):
		return UTF16LE
	case bytes.HasPrefix(file, []byte{0xfe, 0xff}):
		return UTF16BE
	}
	// Text in Latin letters has every second byte zero in UTF-16.
	head := file[:min(len(file), 1024)&^1]
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i&1]++
		}
	}
	switch most := len(head) / 2; {
	case len(head) < 4:
	case zero[1]*10 > most*7 && zero[0] == 0:
		return UTF16LE
	case zero[0]*10 > most*7 && zero[1] == 0:
		return UTF16BE
	}
	return UTF8
}

// invalid returns the place of the first byte that is not UTF-8, or -1.
func invalid(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for at := 0; at < len(b); {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n <= 1 {
			return at
		}
		at += n
	}
	return -1
}

// mostlyUTF8 tells a file with a damaged spot from one in another encoding:
// there, bytes above 127 hardly ever stand together as UTF-8 wants them.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for at := 0; at < len(b); {
		if b[at] < utf8.RuneSelf {
			at++
			continue
		}
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n <= 1 {
			bad++
		} else {
			good++
		}
		at += n
	}
	return good > bad
}

// fromUTF16 decodes UTF-16 and takes the byte order mark off.
func fromUTF16(file []byte, encoding string) (string, error) {
	var order binary.ByteOrder = binary.LittleEndian
	if encoding == UTF16BE {
		order = binary.BigEndian
	}
	line := 1
	broken := func(why string) error {
		return &Error{Code: CodeEncoding, Line: line, What: "the file is not whole " + encoding + ": " + why, Fix: "save it again, as UTF-8"}
	}
	text := make([]byte, 0, len(file))
	for at := 0; at < len(file); at += 2 {
		if at+1 == len(file) {
			return "", broken("it ends within a character")
		}
		r := rune(order.Uint16(file[at:]))
		switch {
		case utf16.IsSurrogate(r):
			low := rune(0)
			if at+3 < len(file) {
				low = rune(order.Uint16(file[at+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return "", broken("half a character stands alone")
			}
			at += 2
		case r == 0xfeff && at == 0:
			continue
		case r == '\n':
			line++
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text), nil
}

// upper holds the characters of Windows-1252 from 0x80 to 0x9F. The five that
// it leaves open stand for themselves, as browsers read them.
var upper = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

func fromWindows1252(file []byte) string {
	text := make([]byte, 0, len(file)+len(file)/16)
	for _, b := range file {
		r := rune(b)
		if b >= 0x80 && b < 0xa0 {
			r = upper[b-0x80]
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text)
}

// lineOf counts the lines up to a byte.
func lineOf(b []byte, at int) int {
	line := 1
	for i, c := range b[:at] {
		if c == '\n' || c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			line++
		}
	}
	return line
}
