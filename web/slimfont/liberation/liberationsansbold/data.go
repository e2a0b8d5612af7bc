// Package liberationsansbold stands in for the full font of that name.
package liberationsansbold

import "codeberg.org/go-fonts/liberation/slim"

// TTF is the subset font.
var TTF = slim.TTF
