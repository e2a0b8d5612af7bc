package ui

import "github.com/whybox/whybox/internal/view"

// TableTwin is the content of a picture as a table.
type TableTwin struct {
	Table view.Table
}
