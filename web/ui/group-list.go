package ui

import "strconv"

// GroupList shows which features belong together, and lets a person change it.
type GroupList struct {
	S *Session

	open bool
}

// Turn opens or closes the list.
func (c *GroupList) Turn() { c.open = !c.open }

func (c *GroupList) label() string {
	switch n := len(c.S.groups()); n {
	case 0:
		return "Group features"
	case 1:
		return "1 group of features"
	default:
		return strconv.Itoa(n) + " groups of features"
	}
}

// others lists the features that are not in a group, with where they are; those
// that stand alone come first.
func (c *GroupList) others(group string) []Option {
	in := map[string]string{}
	for _, g := range c.S.groups() {
		for _, name := range g.Features {
			in[name] = g.Name
		}
	}
	var alone, elsewhere []Option
	for _, name := range c.S.status.Data.Features {
		switch at := in[name]; {
		case at == "":
			alone = append(alone, Option{Value: name, Text: name})
		case at != group:
			elsewhere = append(elsewhere, Option{Value: name, Text: name + " (" + at + ")"})
		}
	}
	return append(alone, elsewhere...)
}
