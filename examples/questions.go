package examples

// Question is what a person may come with, and the names of the examples that
// answer it, the gentlest first.
type Question struct {
	Title string
	Help  string // one sentence
	Names []string
}

var questions = []Question{
	{"Why this one?", "One applicant, one tumour, one picture: what spoke for the answer, and what against it.",
		[]string{"loans-why", "breast-cancer-why", "digits-draw", "diabetes-tree", "wine-leaves", "loans-rounds", "loans-apart", "xor-slope"}},
	{"What would change it?", "The smallest step to another answer.",
		[]string{"moons-flip", "iris-tree", "loans-flip"}},
	{"What matters over all?", "Many rows at once: what the model as a whole leans on.",
		[]string{"wine-importance", "diabetes-bmi", "breast-cancer-rows", "loans-heatmap", "diabetes-size", "diabetes-curves", "ebm-edit", "wine-guesses"}},
	{"How does a model learn?", "Watch it train, see where it draws its borders, and where it fails.",
		[]string{"moons-forest", "spirals-learn", "circles-straight", "blobs-sampled"}},
	{"Does it matter how one asks?", "The same question put in other ways, and what each of them answers.",
		[]string{"breast-cancer-straight", "digits-smooth", "breast-cancer-orders", "breast-cancer-groups", "loans-groups", "diabetes-background", "loans-causes", "loans-roots"}},
}

// Questions lists them in the order of the gallery; each example stands under
// one. The slice is shared and must not be changed.
func Questions() []Question { return questions }
