package figure

import (
	"math"
	"strconv"

	"github.com/whybox/whybox/internal/view"
)

// summer makes a short text that stands for content: equal texts, equal
// content. It is the FNV-1a hash, not for secrets.
type summer uint64

func newSummer() *summer {
	s := summer(0xcbf29ce484222325)
	return &s
}

func (s *summer) byte(b byte) { *s = (*s ^ summer(b)) * 0x100000001b3 }

// text adds strings, each with its length, so that their borders count.
func (s *summer) text(list ...string) {
	for _, text := range list {
		s.number(uint64(len(text)))
		for i := range len(text) {
			s.byte(text[i])
		}
	}
}

func (s *summer) number(v uint64) {
	for range 8 {
		s.byte(byte(v))
		v >>= 8
	}
}

func (s *summer) String() string { return strconv.FormatUint(uint64(*s), 36) }

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

// sumOfSetting stands for a setting.
func sumOfSetting(v Setting) string {
	s := newSummer()
	s.text(keyOf(v))
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
