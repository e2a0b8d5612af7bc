package shapley

import (
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// unions are the groups of players, and the players' features.
type unions struct {
	d       int
	players [][]int  // each one's features, the one that gets its value first
	groups  [][]int  // players
	names   []string // of the groups
}

// newUnions reads the groups of a query, or those given, in their order; after
// them come the players that stand alone.
func newUnions(q explain.Query, given [][]int) (*unions, error) {
	d, _ := q.Dims()
	u := &unions{d: d}
	player := make([]int, d) // by feature
	for i := range player {
		player[i] = -1
	}
	var names []string
	if given == nil {
		u.players = oneHot(q)
		for p, columns := range u.players {
			for _, i := range columns {
				player[i] = p
			}
		}
		names, given = explain.Unions(q.Features)
	}
	for i := range player {
		if player[i] < 0 {
			player[i] = len(u.players)
			u.players = append(u.players, []int{i})
		}
	}
	grouped := make([]bool, d)
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
			name := ""
			if names != nil {
				name = names[g]
			}
			u.groups, u.names = append(u.groups, own), append(u.names, name)
		}
	}
	for p, features := range u.players {
		if !grouped[features[0]] {
			u.groups, u.names = append(u.groups, []int{p}), append(u.names, u.alone(q.Features, features))
		}
	}
	return u, nil
}

// alone names a player that is in no group.
func (u *unions) alone(features []explain.Feature, own []int) string {
	switch {
	case len(features) != u.d:
		return ""
	case len(own) > 1:
		return features[own[0]].OneHot
	}
	return features[own[0]].Name
}

// oneHot returns the columns of each category in one-hot form that are of one
// group. The first that is 1 in the row comes first.
func oneHot(q explain.Query) [][]int {
	type set struct{ group, category string }
	var sets []set
	var out [][]int
	for i, f := range q.Features {
		if f.OneHot == "" {
			continue
		}
		own := set{f.Group, f.OneHot}
		s := slices.Index(sets, own)
		if s < 0 {
			s = len(sets)
			sets, out = append(sets, own), append(out, nil)
		}
		out[s] = append(out[s], i)
	}
	for _, columns := range out {
		if hot := slices.IndexFunc(columns, func(i int) bool { return q.X[i] == 1 }); hot > 0 {
			columns[0], columns[hot] = columns[hot], columns[0]
		}
	}
	return out
}
