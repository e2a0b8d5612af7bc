package draw

import "github.com/whybox/whybox/internal/view"

// onPaper lays out nothing: no view has a picture on paper alone here.
func (s *sheet) onPaper(view.View) {}

// onPaper reports false.
func (c *checker) onPaper(view.View) bool { return false }
