package ui

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// table is the person's table as it was read last, or nil where it is none.
func (s *Session) table() *shelf.Opened {
	o := s.Files.of(s.Spec().Data.File)
	if r := s.status.Data.Reading; o != nil && s.known && r != nil && r.File == o.File {
		return r
	}
	return o
}

// format changes how the text of the table is read. What was said of columns
// goes: they may be others now.
func (s *Session) format(edit func(*spec.Reading)) {
	s.read(func(r *spec.Reading) {
		edit(r)
		r.Target, r.Kinds, r.Expected = "", nil, nil
	})
}

// SetDelimiter says what stands between cells; "" takes what was found.
func (s *Session) SetDelimiter(name string) {
	s.format(func(r *spec.Reading) { r.Delimiter = name })
}

// SetDecimal says what the decimal sign is; "" takes what was found.
func (s *Session) SetDecimal(sign string) { s.format(func(r *spec.Reading) { r.Decimal = sign }) }

// SetHeader says whether the first line names the columns, "yes" or "no"; ""
// takes what was found.
func (s *Session) SetHeader(is string) {
	s.format(func(r *spec.Reading) {
		r.Header = nil
		if is != "" {
			yes := is == "yes"
			r.Header = &yes
		}
	})
}

// SetMissing says which words stand for a missing cell, with commas between;
// the words that were looked for by themselves are no choice.
func (s *Session) SetMissing(text string) {
	words := []string{}
	for _, w := range strings.Split(text, ",") {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if o := s.Files.of(s.Spec().Data.File); o != nil && o.Format != nil && slices.Equal(words, o.Format.Missing) {
		words = nil
	}
	s.format(func(r *spec.Reading) { r.Missing = words })
}

// found is how the table was read by itself.
func (c *DataStep) found() shelf.Format {
	if o := c.S.Files.of(c.S.Spec().Data.File); o != nil && o.Format != nil {
		return *o.Format
	}
	return shelf.Format{}
}

var (
	delimiterNames = map[string]string{",": "comma", ";": "semicolon", "tab": "tab", "|": "vertical bar |", "space": "spaces"}
	decimalNames   = map[string]string{".": "point: 1.5", ",": "comma: 1,5"}
	headerNames    = map[string]string{"yes": "names the columns", "no": "is a row like others"}
)

// choices offers what was found, and each of some words.
func choices(found string, words []string, names map[string]string) []Option {
	out := []Option{{Text: "as found: " + names[found]}}
	for _, w := range words {
		out = append(out, Option{Value: w, Text: names[w]})
	}
	return out
}

func (c *DataStep) delimiters() []Option {
	return choices(c.found().Delimiter, spec.DelimiterChoices(), delimiterNames)
}

func (c *DataStep) decimals() []Option {
	return choices(c.found().Decimal, spec.DecimalChoices(), decimalNames)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func (c *DataStep) headers() []Option {
	return choices(yesNo(c.found().Header), []string{"yes", "no"}, headerNames)
}

func (c *DataStep) header() string {
	if h := c.reading().Header; h != nil {
		return yesNo(*h)
	}
	return ""
}

// missing lists the words that stand for a missing cell.
func (c *DataStep) missing() string {
	words := c.reading().Missing
	if words == nil {
		words = c.found().Missing
	}
	return strings.Join(words, ", ")
}
