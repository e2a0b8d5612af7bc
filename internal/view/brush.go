package view

// Brush compares the rows that a person brushed with the others. Sentence and
// table say it all.
type Brush struct{ Head }
