package view

// Parity lists scores of a model from a file, beside those that the program
// which trained it gave where they are known. The table says it all.
type Parity struct{ Head }
