package catalog

// Views lists the ways to show a figure.
func Views() []View {
	return []View{
		{"surface", "Decision surface", "What the model decides over two features, with the data on top. Drag the ringed point."},
		{"waterfall", "Attribution", "How each feature carries the score up or down for this row."},
		{"saliency", "Saliency", "Which pixels speak for and against the class."},
		{"what-if", "What if?", "The row itself: change a feature and see the score follow."},
		{"flips", "What would flip it?", "The nearest changes that make the model decide otherwise."},
		{"effect", "Effect of one feature", "How the score changes with one feature, for everyone and for this row."},
		{"importance", "Importance", "How much the model as a whole leans on each feature."},
		{"loss", "Training", "How the error falls while the model learns."},
		{"confusion", "Hits and misses", "Which classes the model mixes up on rows it has not seen."},
		{"fit", "Predicted against true", "How close the predictions come on rows the model has not seen."},
		{"rows", "Rows", "The data as a table, to pick a row from."},
	}
}
