// Package liberationsansbolditalic stands in for the full font of that name.
package liberationsansbolditalic

import "codeberg.org/go-fonts/liberation/slim"

// TTF is the subset font.
var TTF = slim.TTF
