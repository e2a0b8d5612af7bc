package ui

// Choice is a row of words, one of them chosen. Its native radio buttons are one
// stop of the Tab key, and the arrow keys go from word to word.
type Choice struct {
	ID, Label string
	Value     string
	Options   []Option
	Set       func(value string)
}
