// Package liberationsansregular stands in for the full font of that name.
package liberationsansregular

import "codeberg.org/go-fonts/liberation/slim"

// TTF is the subset font.
var TTF = slim.TTF
