package spec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// groups checks which features belong together.
func (c *checker) groups() {
	groups := c.s.Explain.Groups
	const path = "/explain/groups"
	if n := len(groups); n > MaxGroups {
		c.add(CodeLimit, path, fmt.Sprintf("%d groups", n), fmt.Sprintf("at most %d can be told apart", MaxGroups), "join some of them")
		return
	}
	of := map[string]string{} // feature -> its group
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		at := join(path, name)
		if n := utf8.RuneCountInString(name); n > MaxGroupName || strings.TrimSpace(name) == "" {
			c.add(CodeRange, at, fmt.Sprintf("a group is called %q", shorten(name)), fmt.Sprintf("its name stands beside a bar and has 1 to %d characters", MaxGroupName), "give it a short name")
		}
		if len(groups[name]) == 0 {
			c.add(CodeRange, at, fmt.Sprintf("the group %q is empty", shorten(name)), "a group has at least one feature", "put a feature in, or remove the group")
		}
		for i, feature := range groups[name] {
			c.grouped(feature, name, of, join(at, strconv.Itoa(i)))
		}
	}
}

// grouped checks one feature of a group, and notes it in of.
func (c *checker) grouped(feature, group string, of map[string]string, path string) {
	other, twice := of[feature]
	of[feature] = group
	switch {
	case twice && other == group:
		c.add(CodeDuplicate, path, fmt.Sprintf("%q comes twice in the group %q", shorten(feature), shorten(group)), "once is enough", "remove one")
	case twice:
		c.add(CodeDuplicate, path, fmt.Sprintf("%q is in the groups %q and %q", shorten(feature), shorten(other), shorten(group)),
			"its share goes to one group", "leave it in one of them")
	case c.table != nil:
		c.feature(feature, path)
	}
}

// split checks the groups that are shown feature by feature. Those that the data
// suggests are not known here.
func (c *checker) split(names []string) {
	const path = "/view/split"
	if n := len(names); n > MaxGroups {
		c.add(CodeLimit, path, fmt.Sprintf("%d groups", n), fmt.Sprintf("there are at most %d", MaxGroups), "keep those that matter")
		return
	}
	groups := c.s.Explain.Groups
	known := slices.Sorted(maps.Keys(groups))
	for i, name := range names {
		at := join(path, strconv.Itoa(i))
		switch {
		case slices.Contains(names[:i], name):
			c.add(CodeDuplicate, at, fmt.Sprintf("the group %q comes twice in the list", shorten(name)), "once is enough", "remove one")
		case len(groups) > 0 && groups[name] == nil:
			c.add(CodeName, at, fmt.Sprintf("no group called %q", shorten(name)), exist(known), meant(name, known, "choose one of them"))
		case groups != nil && len(groups) == 0:
			c.add(CodeName, at, fmt.Sprintf("no group called %q", shorten(name)), `"groups" of the explanation is empty`, "remove it")
		}
	}
}

// by checks what parts the rows.
func (c *checker) by(name string) {
	const path = "/view/by"
	switch {
	case name == "" || c.table == nil:
	case !slices.Contains(Cohorts(), name):
		c.feature(name, path)
	case c.regression():
		c.add(CodeUnfit, path, fmt.Sprintf("rows parted by %q, but %q has no classes", name, c.s.Data.Name), "its target is a quantity", "name a feature, or leave the field out")
	}
}
