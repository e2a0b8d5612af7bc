package spec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// validate reports where data stops being JSON, and how to mend it.
func validate(data []byte) error {
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		return syntax(data, 0, "a byte order mark stands before the document", "save the file as UTF-8 without a byte order mark")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return &Error{Code: CodeSyntax, What: "the document is empty", Why: "a figure is one JSON object",
			Fix: `start from an example, or from {"$schema": "` + Version + `"}`, Line: 1}
	}
	if at := invalidUTF8(data); at >= 0 {
		return syntax(data, at, "a byte that is not UTF-8", "save the file as UTF-8")
	}
	var raw json.RawMessage
	err := json.Unmarshal(data, &raw)
	if err == nil {
		return nil
	}
	var bad *json.SyntaxError
	if !errors.As(err, &bad) {
		return syntax(data, 0, err.Error(), "write one JSON object")
	}
	why, fix := mend(data, bad)
	return syntax(data, int(bad.Offset)-1, why, fix)
}

func syntax(data []byte, at int, why, fix string) *Error {
	line, column := place(data, max(at, 0))
	return &Error{Code: CodeSyntax, What: fmt.Sprintf("not JSON from line %d, column %d", line, column), Why: why, Fix: fix, Line: line}
}

func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}

// mend puts a syntax error into plain words. The decoder's own words remain
// where nothing better is known.
func mend(data []byte, bad *json.SyntaxError) (why, fix string) {
	at := max(int(bad.Offset)-1, 0)
	said := bad.Error()
	if strings.Contains(said, "unexpected end") {
		return "it ends too early", "close it with " + closing(data)
	}
	if strings.Contains(said, "max depth") {
		return "it nests too deep", "make it flatter"
	}
	c := data[min(at, len(data)-1)]
	before := bytes.TrimRight(data[:at], " \t\r\n")
	var last byte
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	digit := c >= '0' && c <= '9' || c == '.'
	switch {
	case strings.Contains(said, "after top-level value"):
		return "something follows the end of the object", "remove it"
	case strings.Contains(said, "in string literal"):
		return "a control character inside a text", `write \n for a line break and \t for a tab`
	case strings.Contains(said, "in string escape"), strings.Contains(said, `hexadecimal character escape`):
		return "an escape that JSON does not have", `write a backslash as \\`
	case c == '\'':
		return "single quotes", `put texts and names in double quotes: "..."`
	case c == '/' || c == '#':
		return "JSON has no comments", "remove the comment; the description field has room for words"
	case (c == '}' || c == ']') && last == ',':
		return fmt.Sprintf("a comma before %q", string(c)), "remove the comma"
	case c == ',' && last == ',':
		return "two commas in a row", "remove one"
	case digit && at > 0 && (data[at-1] == '0' || data[at-1] == '-'), c == '+', c == '.':
		return "a number that JSON does not know", "write numbers as 12, -0.5 or 1e-3"
	case strings.Contains(said, "after object key:value pair"), strings.Contains(said, "after array element"):
		return "two values without a comma between them", "add a comma before this place"
	case strings.Contains(said, "after object key"):
		return "a name without a value", `write "name": value`
	case strings.Contains(said, "object key string"):
		return "a field name without double quotes", `write "name": value`
	case strings.Contains(said, "looking for beginning of value"), strings.Contains(said, "in literal"):
		return "a value that JSON does not know", "write texts in double quotes, numbers as 12 or -0.5; there is no NaN and no Infinity"
	}
	return said, "write it as JSON"
}

// closing returns what is missing at the end of data.
func closing(data []byte) string {
	var open []byte
	inText, escaped := false, false
	for _, c := range data {
		switch {
		case escaped:
			escaped = false
		case inText:
			escaped = c == '\\'
			inText = c != '"'
		case c == '"':
			inText = true
		case c == '{':
			open = append(open, '}')
		case c == '[':
			open = append(open, ']')
		case (c == '}' || c == ']') && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	var b strings.Builder
	if inText {
		b.WriteByte('"')
	}
	if len(open) > 8 {
		return "its missing brackets"
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteByte(open[i])
	}
	if b.Len() == 0 {
		return "the rest of the last value"
	}
	return b.String()
}
