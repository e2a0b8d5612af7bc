package spec

import (
	"fmt"
	"strings"
)

// Nearest returns the entry of names that is most likely meant by name, or ""
// where none is close: at most one edit in three letters, a swap of neighbours
// counting as one, capitals and the difference of space, dash and underscore
// as none.
func Nearest(name string, names []string) string {
	a := plain(name)
	best, least := "", 1+max(1, (len(a)+1)/3)
	if len(a) > 64 {
		return ""
	}
	for _, candidate := range names {
		b := plain(candidate)
		if len(b) > 64 {
			continue
		}
		if d := distance(a, b); d < least && d < len(b) {
			best, least = candidate, d
		}
	}
	return best
}

func plain(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if r == '_' || r == ' ' {
			return '-'
		}
		return r
	}, strings.ToLower(s)))
}

// distance returns the number of insertions, deletions, replacements and swaps
// of neighbours that turn a into b (optimal string alignment).
func distance(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

// exist says which names there are: `there is "a", "b" and 7 more`.
func exist(names []string) string {
	if len(names) == 0 {
		return "there are none"
	}
	const most = 12
	quoted := make([]string, 0, most)
	for _, n := range names[:min(most, len(names))] {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	said := "there is " + strings.Join(quoted, ", ")
	if len(names) > most {
		said += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return said
}

// meant suggests the near miss, or else what to do instead.
func meant(name string, names []string, otherwise string) string {
	if n := Nearest(name, names); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return otherwise
}
