package ui

import (
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

// SetFormat says how the table is read, by a field of spec.Reading; "" takes
// what was found, or for words no word. Where the text is read otherwise, what
// was said of columns goes: they may be others now.
func (s *Session) SetFormat(field, value string) {
	s.read(func(r *spec.Reading) {
		switch field {
		case "gaps":
			r.Gaps = value
			return
		case "delimiter":
			r.Delimiter = value
		case "decimal":
			r.Decimal = value
		case "header":
			yes := value == "yes"
			if r.Header = &yes; value == "" {
				r.Header = nil
			}
		default:
			r.Missing = strings.Split(value, ",")
		}
		r.Target, r.Kinds, r.Expected = "", nil, nil
	})
}

// said is what SetFormat said of a field.
func (c *DataStep) said(a shelf.Asked) string {
	r := c.reading()
	switch {
	case a.Field == "gaps":
		return r.Gaps
	case a.Field == "delimiter":
		return r.Delimiter
	case a.Field == "decimal":
		return r.Decimal
	case a.Field != "header":
		if r.Missing != nil {
			return strings.Join(r.Missing, ",")
		}
		return a.Words
	case r.Header == nil:
		return ""
	case *r.Header:
		return "yes"
	}
	return "no"
}

// understood is one thing that was found out about a table, to be changed.
type understood struct {
	Picker
	About string
}

// picker asks for one thing.
func (c *DataStep) picker(a shelf.Asked) Picker {
	p := Picker{ID: a.Field, Label: a.Label, Value: c.said(a), Set: func(value string) { c.S.SetFormat(a.Field, value) }}
	for _, o := range a.Options {
		p.Options = append(p.Options, Option{Value: o[0], Text: o[1]})
	}
	return p
}

// understood lists how the text of the table was read, and then its columns.
func (c *DataStep) understood() []understood {
	var out []understood
	for _, a := range c.S.Files.of(c.S.Spec().Data.File).Format {
		out = append(out, understood{Picker: c.picker(a)})
	}
	for _, x := range c.opened().Columns {
		out = append(out, understood{Picker{ID: "kind-" + x.Name, Label: x.Name, Value: c.kind(x), Options: c.kinds(), Set: func(kind string) { c.S.SetKind(x.Name, kind) }}, c.about(x)})
	}
	return out
}
