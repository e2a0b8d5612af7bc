package ui

import "github.com/whybox/whybox/internal/spec"

// pixels returns the image as the spec has it now, which may be ahead of the
// panels.
func (s *Session) pixels() []float32 {
	out := append([]float32(nil), s.status.X...)
	for j, name := range s.status.Data.Features {
		if v, ok := s.Spec().Explain.Edit[name]; ok && j < len(out) {
			out[j] = float32(v)
		}
	}
	return out
}

// Paint inks pixels of the image; Drop ends the stroke.
func (s *Session) Paint(at []int, ink []float64) {
	names := make([]string, len(at))
	for i, j := range at {
		names[i] = s.feature(j)
	}
	s.Edit("pad", names, ink)
}

// Blank takes all ink away.
func (s *Session) Blank() {
	s.change("", func(sp *spec.Spec) {
		sp.Explain.Edit = make(map[string]float64, len(s.status.Data.Features))
		for _, name := range s.status.Data.Features {
			sp.Explain.Edit[name] = 0
		}
	})
}

// reset drops the edits by hand, nil where there are none.
func (c *Bench) reset() func() {
	if !c.s().Edited() {
		return nil
	}
	return c.s().ResetRow
}
