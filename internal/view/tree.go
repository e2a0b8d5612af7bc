package view

// Tree is one tree of a model as an outline: a line a node, children indented
// below their question, the answer yes first.
type Tree struct {
	Head
	Number, Of int        // which tree, from 1, and how many add to the score
	Score      string     // what the leaves speak of: "margin of benign"
	Adds       bool       // leaves raise and lower the score; else each is an answer of its own
	Share      string     // what TreeNode.Share is a share of: "training rows"; "" where nobody counted
	Nodes      []TreeNode // those shown, in preorder, the root first; what is in a closed one is left out
}

// TreeNode is a question, or the leaf that some questions end in.
type TreeNode struct {
	Index   int     // in the whole tree, preorder
	Depth   int     // questions before it; 0 for the root
	Yes     bool    // the answer to the question before it; false for the root
	Feature string  // asked about; "" in a leaf
	Asks    string  // what is asked of it: "≤ 4.8 cm"
	Missing string  // where a missing value goes: "yes" or "no"; "" where none is missing
	Value   string  // the row's value with unit; "" off the path
	Leaf    string  // what a leaf says: "+0.12", "93 %"; "" for a question
	Amount  float64 // of a leaf, score units
	Share   float64 // of all training rows, 0..1; 0 where nobody counted
	OnPath  bool    // the row comes here
	Open    bool    // of a question: its answers are shown
	Below   int     // questions below this one
}
