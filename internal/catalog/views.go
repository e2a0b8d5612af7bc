package catalog

func views() []View {
	return []View{
		{"surface", "Decision surface", "What the model decides over two features, with the data on top. Drag the ringed point."},
		{"waterfall", "Waterfall", "How each feature carries the score up or down for this row."},
		{"force", "Forces on this row", "Arrows that push this row's score up and down until they balance."},
		{"saliency", "Saliency", "Which pixels speak for and against the class."},
		{"what-if", "What if?", "The row itself: change a feature and see the score follow."},
		{"flips", "What would flip it?", "The nearest changes that make the model decide otherwise."},
		{"effect", "Effect of one feature", "How the score changes with one feature, for everyone and for this row."},
		{"shape", "Shape of a feature", "One curve of a model that is a sum of curves. Drag over it to choose a part, then raise it, make it flat or let it only rise."},
		{"importance", "Importance", "How much the model as a whole leans on each feature."},
		{"beeswarm", "Beeswarm", "A point for each row and feature: how far it moves the score. Click one to ask about its row."},
		{"mean-attribution", "Average size", "How far each feature moves the score on average, whichever way."},
		{"dependence", "Dependence", "How far one feature moves the score, against its value. Click a point to ask about its row."},
		{"heatmap", "Heatmap", "All rows side by side, coloured by what raises and lowers each score."},
		{"forces", "Forces on all rows", "For each row, what raises its score and what lowers it."},
		{"decision", "Ways to the score", "Each row's way from the average to its score, a feature a step."},
		{"violin", "Spread", "How widely each feature moves the score, up and down."},
		{"interactions", "Interactions", "Which features matter more together than alone."},
		{"tree-outline", "Tree", "The questions that one tree of the model asks, and the way of this row through them. Click a line to open or close it."},
		{"loss", "Training", "How the error falls while the model learns."},
		{"confusion", "Hits and misses", "Which classes the model mixes up on rows it has not seen."},
		{"fit", "Predicted against true", "How close the predictions come on rows the model has not seen."},
		{"parity", "Does it answer as before?", "The scores of a model from a file, to compare with those that the program which trained it gave."},
		{"brush", "Brushed rows", "What sets the rows that a person brushed apart from the others."},
		{"rows", "Rows", "The data as a table, to pick a row from."},
	}
}
