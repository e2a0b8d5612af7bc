package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/spec"
)

// What can be chosen beside the names of groups.
const (
	alone    = "(alone)"
	newGroup = "(a new group)"

	suggested = "as the data suggests"
	ownGroups = "my own"
	noGroups  = "none"
)

// The knobs of groups stand beside a method's: where the groups come from, and,
// where they are a person's own, the name of each group and the group of each
// feature, by their places.
const (
	groupsKnob = "groups"
	nameKnob   = "name-"
	memberKnob = "in-"
)

// groups returns the group of each feature, "" for none, and their names by first
// appearance, as bars count them: as the spec has them, else as the data suggests.
func (s *Session) groups() (in, names []string) {
	in = make([]string, len(s.status.Data.Features))
	own := s.Spec().Explain.Groups
	if own == nil {
		copy(in, s.status.Groups)
	}
	for i, f := range s.status.Data.Features {
		for name, features := range own {
			if slices.Contains(features, f) {
				in[i] = name
			}
		}
		if in[i] != "" && !slices.Contains(names, in[i]) {
			names = append(names, in[i])
		}
	}
	return in, names
}

// turnGroups answers a knob of groups; it reports whether the name is that of one.
func (s *Session) turnGroups(name, text string) bool {
	in, names := s.groups()
	member, named := strings.HasPrefix(name, memberKnob), strings.HasPrefix(name, nameKnob)
	i, _ := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	switch {
	case named:
		text = strings.TrimSpace(strings.ToValidUTF8(text[:min(len(text), spec.MaxGroupName)], ""))
		for j := range in {
			if in[j] == names[i] && text != "" {
				in[j] = text
			}
		}
	case member:
		for n := 1; text == newGroup || n > 1 && slices.Contains(names, text); n++ {
			text = "group " + strconv.Itoa(n)
		}
		if text == alone {
			text = ""
		}
		in[i] = text
	case name != groupsKnob:
		return false
	case text == noGroups:
		clear(in)
	case text == ownGroups && names == nil:
		in[0] = "group 1" // one to begin with
	}
	s.change("", func(sp *spec.Spec) {
		sp.Explain.Groups = nil
		if text == suggested && !named {
			return
		}
		sp.Explain.Groups = map[string][]string{}
		for i, f := range s.status.Data.Features {
			if in[i] != "" {
				sp.Explain.Groups[in[i]] = append(sp.Explain.Groups[in[i]], f)
			}
		}
	})
	return true
}

// SplitGroup shows the features of a group, by its place, each by itself, or the
// group as one again.
func (s *Session) SplitGroup(g int) {
	_, names := s.groups()
	if g >= len(names) {
		return
	}
	name := names[g]
	s.change("", func(sp *spec.Spec) {
		if at := slices.Index(sp.View.Split, name); at >= 0 {
			sp.View.Split = slices.Delete(sp.View.Split, at, at+1)
		} else {
			sp.View.Split = append(sp.View.Split, name)
		}
	})
}

// knobs lists what can be set of a method.
func (c *WhyStep) knobs(method string) []knob.Knob {
	e := c.S.Menu.explainer(method)
	if !e.Groups {
		return e.Knobs
	}
	out := append(slices.Clone(e.Knobs), knob.Knob{Name: groupsKnob, Label: "Groups", Help: "Which features belong together.", Kind: knob.Choice, Choices: []string{suggested, ownGroups, noGroups}})
	if len(c.S.Spec().Explain.Groups) == 0 {
		return out
	}
	_, names := c.S.groups()
	for i, name := range names {
		out = append(out, knob.Knob{Name: nameKnob + strconv.Itoa(i), Label: "Name", Help: "What the group is called.", Kind: knob.Sizes, Default: name})
	}
	choices := append(append([]string{alone}, names...), newGroup)
	for i, f := range c.S.status.Data.Features {
		out = append(out, knob.Knob{Name: memberKnob + strconv.Itoa(i), Label: f, Help: f, Kind: knob.Choice, Choices: choices})
	}
	return out
}

// values adds to a method's values those of the knobs of groups.
func (c *WhyStep) values(of knob.Values) knob.Values {
	out := knob.Values{groupsKnob: ownGroups}
	for name, v := range of {
		out[name] = v
	}
	in, names := c.S.groups()
	switch {
	case c.S.Spec().Explain.Groups == nil:
		out[groupsKnob] = suggested
	case names == nil:
		out[groupsKnob] = noGroups
	}
	for i, name := range in {
		if name == "" {
			name = alone
		}
		out[memberKnob+strconv.Itoa(i)] = name
	}
	return out
}

// SetKnob turns one of knobs.
func (c *WhyStep) SetKnob(p part, name string, value any) {
	text, _ := value.(string)
	if !c.S.turnGroups(name, text) {
		c.S.SetKnob(p, name, value)
	}
}
