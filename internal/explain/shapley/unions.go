package shapley

import (
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/explain"
)

// newUnions reads the groups of a query, or those given.
func newUnions(q explain.Query, given [][]int) (*unions, error) {
	d, _ := q.Dims()
	u := &unions{d: d}
	player := make([]int, d) // by feature
	for i := range player {
		player[i] = -1
	}
	if given == nil {
		for _, set := range oneHot(q) {
			for _, i := range set {
				player[i] = len(u.players)
			}
			u.players = append(u.players, set)
		}
	}
	for i := range player {
		if player[i] < 0 {
			player[i] = len(u.players)
			u.players = append(u.players, []int{i})
		}
	}
	grouped := make([]bool, d)
	if given == nil {
		given = named(q.Features)
	}
	for g, features := range given {
		var own []int
		for _, i := range features {
			if i < 0 || i >= d {
				return nil, explain.Refuse("name features by their place", "group %d has a feature %d, of features 0 to %d", g, i, d-1)
			}
			if grouped[i] {
				return nil, explain.Refuse("leave it in one of them", "feature %d is in two groups", i)
			}
			grouped[i] = true
			if !slices.Contains(own, player[i]) {
				own = append(own, player[i])
			}
		}
		if len(own) > 0 {
			u.groups = append(u.groups, own)
		}
	}
	for p, features := range u.players {
		if !grouped[features[0]] {
			u.groups = append(u.groups, []int{p})
		}
	}
	return u, nil
}

// named returns the groups that the features name.
func named(features []explain.Feature) [][]int {
	var out [][]int
	at := map[string]int{}
	for i, f := range features {
		if f.Group == "" {
			continue
		}
		g, ok := at[f.Group]
		if !ok {
			g = len(out)
			at[f.Group] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], i)
	}
	return out
}

// oneHot returns the sets of columns that hold one category in one-hot form: at
// least two side by side, of the same group, whose names begin alike up to a "="
// or "_", and of which exactly one is 1 and the others 0, in the row and in every
// background row. The column that is 1 in the row comes first.
func oneHot(q explain.Query) [][]int {
	d, _ := q.Dims()
	if len(q.Features) != d {
		return nil
	}
	var out [][]int
	for from := 0; from < d; from++ {
		to := alike(q.Features, from)
		for ; to > from+1; to-- {
			if oneOf(q, from, to) {
				break
			}
		}
		if to <= from+1 {
			continue
		}
		set := make([]int, 0, to-from)
		for i := from; i < to; i++ {
			set = append(set, i)
		}
		hot := slices.IndexFunc(set, func(i int) bool { return q.X[i] == 1 })
		set[0], set[hot] = set[hot], set[0]
		out = append(out, set)
		from = to - 1
	}
	return out
}

// alike returns the end of the columns from one on whose names begin with what
// stands before the same "=" or "_".
func alike(features []explain.Feature, from int) int {
	name := features[from].Name
	cut := strings.IndexAny(name, "=_") + 1
	to := from + 1
	for cut > 1 && to < len(features) && features[to].Group == features[from].Group && strings.HasPrefix(features[to].Name, name[:cut]) {
		to++
	}
	return to
}

// oneOf reports whether exactly one of the columns is 1 and the others 0.
func oneOf(q explain.Query, from, to int) bool {
	d := len(q.X)
	one := func(row []float32) bool {
		ones := 0
		for _, v := range row[from:to] {
			if v != 0 && v != 1 {
				return false
			}
			if v == 1 {
				ones++
			}
		}
		return ones == 1
	}
	for b := 0; b < len(q.Background); b += d {
		if !one(q.Background[b : b+d]) {
			return false
		}
	}
	return one(q.X)
}
