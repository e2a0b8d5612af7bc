package draw

import "github.com/whybox/whybox/internal/view"

// treeSamples are a boosted tree with a row's way open, and one of a forest
// with missing values and a category.
func treeSamples() []sample {
	return []sample{{"tree", correction()}, {"tree-forest", vote()}}
}

func correction() *view.Tree {
	return &view.Tree{Head: head("tree-outline", "Tree 3 of 50", "Tree 3 of 50 asks 3 questions of this applicant and lowers the margin of approved by 0.12."),
		Number: 3, Of: 50, Score: "margin of approved", Adds: true, Share: "training rows",
		Nodes: []view.TreeNode{
			{Index: 0, Feature: "savings", Asks: "≤ 16,487 USD", Value: "14,990 USD", Share: 1, OnPath: true, Open: true, Below: 21},
			{Index: 1, Depth: 1, Yes: true, Feature: "debt", Asks: "≤ 24,943 USD", Value: "31,433 USD", Share: 0.34, OnPath: true, Open: true, Below: 19},
			{Index: 2, Depth: 2, Yes: true, Feature: "income per year", Asks: "≤ 35,927 USD", Share: 0.23, Below: 15},
			{Index: 33, Depth: 2, Feature: "years with the present employer", Asks: "≤ 14 years", Value: "6 years", Share: 0.11, OnPath: true, Open: true, Below: 2},
			{Index: 34, Depth: 3, Yes: true, Leaf: "−0.12", Amount: -0.12, Share: 0.105, OnPath: true},
			{Index: 35, Depth: 3, Feature: "age", Asks: "≤ 50 years", Share: 0.004, Open: true, Below: 0},
			{Index: 36, Depth: 4, Yes: true, Leaf: "+0.0389", Amount: 0.0389, Share: 0.002},
			{Index: 37, Depth: 4, Leaf: "≈ 0", Amount: 5e-9, Share: 0.002},
			{Index: 38, Depth: 1, Feature: "debt", Asks: "≤ 18,200 USD", Share: 0.66, Below: 0},
		}}
}

func vote() *view.Tree {
	return &view.Tree{Head: head("tree-outline", "Tree 1 of 60", "Tree 1 of 60 asks 2 questions of this applicant and gives it a probability of approved of 83 %."),
		Number: 1, Of: 60, Score: "probability of approved",
		Nodes: []view.TreeNode{
			{Index: 0, Feature: "housing", Asks: "is rents or lives with parents", Value: "owns", OnPath: true, Open: true, Below: 2},
			{Index: 1, Depth: 1, Yes: true, Feature: "income", Asks: "< 40.5", Missing: "no", Below: 1},
			{Index: 6, Depth: 1, Feature: "savings", Asks: "≤ 3.2", Value: "missing", Missing: "yes", OnPath: true, Open: true},
			{Index: 7, Depth: 2, Yes: true, Leaf: "83 %", Amount: 0.83 / 60, OnPath: true},
			{Index: 8, Depth: 2, Leaf: "0 %"},
		}}
}
