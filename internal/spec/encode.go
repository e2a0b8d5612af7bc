package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Encode writes s in its one canonical form: the fields in the order of the
// type, knobs and edits sorted, two spaces of indent, a line feed at the end.
// Parse gives s back. The error means a number that is not finite.
func Encode(s *Spec) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("write figure spec: %w", err)
	}
	return b.Bytes(), nil
}

// Clone returns a copy of s that shares nothing with it.
func Clone(s *Spec) *Spec {
	c := *s
	c.Data.Knobs = maps.Clone(s.Data.Knobs)
	c.Data.Test = copied(s.Data.Test)
	c.Data.File, c.Model.File = copied(s.Data.File), copied(s.Model.File)
	if c.Data.Read = copied(s.Data.Read); c.Data.Read != nil {
		c.Data.Read.Kinds = maps.Clone(s.Data.Read.Kinds)
		c.Data.Read.Expected = slices.Clone(s.Data.Read.Expected)
		c.Data.Read.Header = copied(s.Data.Read.Header)
		c.Data.Read.Missing = slices.Clone(s.Data.Read.Missing)
	}
	c.Model.Knobs = maps.Clone(s.Model.Knobs)
	c.Model.Stop = copied(s.Model.Stop)
	c.Model.Edits = slices.Clone(s.Model.Edits)
	for i, e := range c.Model.Edits {
		c.Model.Edits[i].From, c.Model.Edits[i].To = copied(e.From), copied(e.To)
	}
	c.Explain.Knobs = maps.Clone(s.Explain.Knobs)
	c.Explain.Row = copied(s.Explain.Row)
	c.Explain.Edit = maps.Clone(s.Explain.Edit)
	if s.Explain.Groups != nil {
		c.Explain.Groups = make(map[string][]string, len(s.Explain.Groups))
		for name, features := range s.Explain.Groups {
			c.Explain.Groups[name] = slices.Clone(features)
		}
	}
	if c.Explain.Compare = copied(s.Explain.Compare); c.Explain.Compare != nil {
		c.Explain.Compare.Knobs = maps.Clone(s.Explain.Compare.Knobs)
	}
	if f := copied(s.Explain.Counterfactual); f != nil {
		f.Knobs = maps.Clone(f.Knobs)
		f.Fixed = slices.Clone(f.Fixed)
		f.Free = slices.Clone(f.Free)
		c.Explain.Counterfactual = f
	}
	c.View.Open, c.View.Split = slices.Clone(s.View.Open), slices.Clone(s.View.Split)
	c.Params = slices.Clone(s.Params)
	return &c
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}
