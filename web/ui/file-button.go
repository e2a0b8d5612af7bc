package ui

// FileButton lets a person pick files. The page hears of what is picked, as of
// what is dropped or pasted; see App.OpenFile.
type FileButton struct {
	ID, Label string
}
