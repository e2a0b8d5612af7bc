// Package slim holds the one font of the stand-in: Whybox Slim, a subset of
// Liberation Sans under the SIL Open Font License (LICENSE-SIL).
package slim

import _ "embed"

// TTF is the font, without hinting.
//
//go:embed slim.ttf
var TTF []byte
