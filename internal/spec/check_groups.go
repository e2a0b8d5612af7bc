package spec

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// groups checks which features belong together.
func (c *checker) groups() {
	of := map[string]string{} // feature -> its group
	for _, name := range slices.Sorted(maps.Keys(c.s.Explain.Groups)) {
		at, features := join("/explain/groups", name), c.s.Explain.Groups[name]
		if len(features) == 0 || len(name) > MaxGroupName || strings.TrimSpace(name) == "" {
			c.add(CodeRange, at, fmt.Sprintf("the group %q has %d features", shorten(name), len(features)),
				fmt.Sprintf("a group has a name of 1 to %d bytes, and at least one feature", MaxGroupName), "name it, and put a feature in, or remove it")
		}
		if c.table != nil {
			c.features(features, at)
		}
		for _, feature := range features {
			if other := of[feature]; other != "" && other != name {
				c.add(CodeDuplicate, at, fmt.Sprintf("%q is in the group %q too", shorten(feature), shorten(other)), "its share goes to one group", "leave it in one of them")
			}
			of[feature] = name
		}
	}
}
