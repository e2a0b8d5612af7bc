// Package examples embeds the example figures: one folder a figure, each a
// figure spec with a page that says what its picture shows and what it does
// not.
package examples

import (
	"encoding/json"
	"sync"
)

// The files are embedded one by one: an embed.FS would bring along all that
// writes and reads dates, some 100 kB of the page's program.
//
//go:generate go run list.go
//go:generate gofmt -w figures_gen.go

// Example is one figure of the gallery.
type Example struct {
	Name  string // folder and address: "moons-flip"
	Title string
	Help  string // one or two sentences for someone new
	Spec  []byte // the figure spec, JSON
}

// order lists the examples, the gentlest first. The page opens with the first,
// and a data set with the first that uses it.
var order = []string{
	"moons-flip", "loans-why", "breast-cancer-why", "digits-draw", "loans-flip", "iris-tree", "moons-forest", "wine-importance", "diabetes-bmi", "diabetes-curves", "ebm-edit",
	"xor-slope", "circles-straight", "spirals-learn", "blobs-sampled", "breast-cancer-straight", "digits-smooth", "diabetes-tree",
	"loans-rounds", "wine-guesses",
	"loans-apart", "wine-leaves", "diabetes-size", "breast-cancer-orders", "breast-cancer-groups", "loans-groups", "diabetes-background", "loans-causes", "loans-roots",
	"breast-cancer-rows", "loans-heatmap",
}

// All returns the examples, the gentlest first. The slice is shared
// and must not be changed.
var All = sync.OnceValue(func() []Example {
	out := make([]Example, len(order))
	for i, name := range order {
		spec, ok := figures[name]
		if !ok {
			panic("examples: a listed example has no figure.json; run go generate ./examples")
		}
		var head struct{ Title, Description string }
		if err := json.Unmarshal(spec, &head); err != nil {
			panic("examples: a figure.json is not JSON")
		}
		out[i] = Example{Name: name, Title: head.Title, Help: head.Description, Spec: spec}
	}
	return out
})

// Named returns the spec of the example of that name, or nil.
func Named(name string) []byte {
	for _, e := range All() {
		if e.Name == name {
			return e.Spec
		}
	}
	return nil
}
