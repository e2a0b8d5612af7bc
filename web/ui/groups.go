package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// groups lists the groups of features: the spec's by name, else those that the
// data suggests.
func (s *Session) groups() []figure.Group {
	own := s.Spec().Explain.Groups
	if own == nil {
		return s.status.Groups
	}
	var out []figure.Group
	for _, name := range slices.Sorted(maps.Keys(own)) {
		out = append(out, figure.Group{Name: name, Features: own[name]})
	}
	return out
}

// regroup changes the groups. Those that are empty then are dropped, and so is
// what the views say of groups that are gone.
func (s *Session) regroup(edit func(groups map[string][]string)) {
	before := s.groups()
	s.change("", func(sp *spec.Spec) {
		groups := make(map[string][]string, len(before))
		for _, g := range before {
			groups[g.Name] = slices.Clone(g.Features)
		}
		edit(groups)
		maps.DeleteFunc(groups, func(_ string, features []string) bool { return len(features) == 0 })
		sp.Explain.Groups = groups
		sp.View.Split = slices.DeleteFunc(sp.View.Split, func(name string) bool { return groups[name] == nil })
	})
}

// TakeOut lets a feature stand alone.
func (s *Session) TakeOut(feature string) {
	s.regroup(func(groups map[string][]string) { takeOut(groups, feature) })
}

// PutIn moves a feature into a group; what is no feature is dropped.
func (s *Session) PutIn(feature, group string) {
	if !slices.Contains(s.status.Data.Features, feature) {
		return
	}
	s.regroup(func(groups map[string][]string) {
		takeOut(groups, feature)
		groups[group] = append(groups[group], feature)
	})
}

// StartGroup makes a group of one feature, for others to join.
func (s *Session) StartGroup(feature string) {
	have := s.groups()
	if len(have) >= spec.MaxGroups {
		return
	}
	name := ""
	for n := 1; name == "" || slices.ContainsFunc(have, func(g figure.Group) bool { return g.Name == name }); n++ {
		name = "group " + strconv.Itoa(n)
	}
	s.PutIn(feature, name)
}

// NameGroup gives a group another name; that of another group joins the two. An
// empty name is dropped.
func (s *Session) NameGroup(old, name string) {
	runes := []rune(strings.TrimSpace(name))
	name = strings.TrimSpace(string(runes[:min(len(runes), spec.MaxGroupName)]))
	if name == "" || name == old {
		return
	}
	s.regroup(func(groups map[string][]string) {
		groups[name] = append(groups[name], groups[old]...)
		delete(groups, old)
	})
}

// SuggestedGroups goes back to the groups that the data suggests.
func (s *Session) SuggestedGroups() {
	s.change("", func(sp *spec.Spec) { sp.Explain.Groups, sp.View.Split = nil, nil })
}

// SplitGroup shows the features of a group, by its place, each by itself, or the
// group as one again.
func (s *Session) SplitGroup(g int) {
	if g >= len(s.status.Groups) {
		return
	}
	name := s.status.Groups[g].Name
	s.change("", func(sp *spec.Spec) {
		if at := slices.Index(sp.View.Split, name); at >= 0 {
			sp.View.Split = slices.Delete(sp.View.Split, at, at+1)
		} else {
			sp.View.Split = append(sp.View.Split, name)
		}
	})
}

func takeOut(groups map[string][]string, feature string) {
	for name, features := range groups {
		groups[name] = slices.DeleteFunc(features, func(f string) bool { return f == feature })
	}
}
