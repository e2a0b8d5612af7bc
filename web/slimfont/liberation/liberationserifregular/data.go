// Package liberationserifregular stands in for the full font of that name.
package liberationserifregular

import "codeberg.org/go-fonts/liberation/slim"

// TTF is the subset font.
var TTF = slim.TTF
