package figure

import (
	"hash"
	"hash/fnv"
	"math"
	"strconv"

	"github.com/whybox/whybox/internal/view"
)

// summer makes a short text that stands for content: equal texts, equal
// content. Not for secrets.
type summer struct{ hash.Hash64 }

func newSummer() summer { return summer{fnv.New64a()} }

// text adds strings, each with its length, so that their borders count.
func (s summer) text(list ...string) {
	for _, text := range list {
		s.number(uint64(len(text)))
		s.Write([]byte(text))
	}
}

func (s summer) number(v uint64) {
	s.Write([]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24), byte(v >> 32), byte(v >> 40), byte(v >> 48), byte(v >> 56)})
}

func (s summer) String() string { return strconv.FormatUint(s.Sum64(), 36) }

// sumOfTable stands for a table.
func sumOfTable(t view.Table) string {
	s := newSummer()
	s.text(t.Caption)
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		s.number(uint64(len(row)))
		s.text(row...)
	}
	return s.String()
}

// sumOfControls stands for what view.Now does not hold of controls.
func sumOfControls(controls []view.Control) string {
	s := newSummer()
	for _, k := range controls {
		s.text(k.Feature, k.Help, k.Unit, k.Kind)
		s.number(uint64(len(k.Categories)))
		s.text(k.Categories...)
		for _, v := range []float64{k.Min, k.Max, k.Step, float64(k.Row)} {
			s.number(math.Float64bits(v))
		}
		flags := uint64(k.Index) << 3
		if k.Fixed {
			flags |= 1
		}
		if k.Fixable {
			flags |= 2
		}
		if k.Gaps {
			flags |= 4
		}
		s.number(flags)
	}
	return s.String()
}
