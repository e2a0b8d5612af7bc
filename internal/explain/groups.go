package explain

import "slices"

// Group is what some features get together.
type Group struct {
	Name    string  // "" where it has none
	Members [][]int // each mostly one feature; the columns of a one-hot category together, the one that gets their value first
	Value   float64 // sum of its features' values
	StdErr  float64 // 0 where it is exact
}

// Unions returns the groups that the features name, by first appearance, and the
// features of each.
func Unions(features []Feature) (names []string, groups [][]int) {
	for i, f := range features {
		if f.Group == "" {
			continue
		}
		g := slices.Index(names, f.Group)
		if g < 0 {
			g = len(names)
			names, groups = append(names, f.Group), append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return names, groups
}
