package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/spec"
)

// refuseModel says why a model cannot learn a table, or "".
func refuseModel(m *catalog.Model, t *dataset.Table) string {
	switch {
	case m.Image && t.Height == 0:
		return "it needs images, and these are not"
	case t.Regression() && !m.Regression:
		return "it learns classes, and here the answer is a number"
	case !t.Regression() && !m.Classification:
		return "it learns numbers, and here the answer is a class"
	}
	return ""
}

// suitable names the models that can learn a table.
func suitable(t *dataset.Table) string {
	var names []string
	for _, m := range catalog.Models() {
		if refuseModel(&m, t) == "" {
			names = append(names, `"`+m.Name+`"`)
		}
	}
	return strings.Join(names, " or ")
}

// refuseExplainer says why an explainer cannot be used here, or "".
func (f *Figure) refuseExplainer(e *catalog.Explainer) string {
	switch {
	case e.Gradient && !f.family.Gradient:
		return "needs gradients, and " + article(f.family.Title) + " has none"
	case e.Trees && !f.family.Trees:
		return "reads the trees of a model, and " + article(f.family.Title) + " has none"
	case e.Trees && !f.addsUp():
		return "adds up what the trees give, which is the margin and not the probability"
	case e.Causes && f.causes() == nil:
		return "needs to know what causes what, and of this data nobody does"
	case e.Limit > 0 && len(f.table.Columns) > e.Limit:
		return fmt.Sprintf("tries every subset of features: %d at most, and this data has %d", e.Limit, len(f.table.Columns))
	case e.Rank != nil && f.table.Unlabelled:
		return "compares with the true answers, and this table has none"
	case e.Whole() && f.table.Height > 0:
		return "is for tables: one pixel alone says little"
	}
	return ""
}

// addsUp reports whether a model made of trees is explained before its link.
func (f *Figure) addsUp() bool {
	_, linked := marginOf(f.model)
	return !linked || f.s.Explain.Output == "margin"
}

// causes returns how the rows come about, or nil.
func (f *Figure) causes() explain.Causes {
	if t := f.table.Truth; t != nil && t.Causes != nil {
		return t.Causes
	}
	return nil
}

func (f *Figure) refuseCounterfactual(c *catalog.Counterfactual) string {
	if c.Gradient && !f.family.Gradient {
		return "needs gradients, and " + article(f.family.Title) + " has none"
	}
	return ""
}

// refuseView says why a view makes no sense here, or "".
func (f *Figure) refuseView(name string) string {
	image, regression := f.table.Height > 0, f.table.Regression()
	if f.table.Unlabelled && slices.Contains([]string{"importance", "confusion", "fit"}, name) {
		return "needs rows whose answer is known, and this table has none"
	}
	if f.s.Model.Name == spec.Own && name == "loss" {
		return "shows the training, and this model was trained elsewhere"
	}
	switch name {
	case "parity":
		if f.s.Model.Name != spec.Own {
			return "compares a model from a file with the program that trained it"
		}
	case "brush":
		if image || f.s.View.Brush == "" {
			return "compares rows of a table that are brushed with the others, and none are"
		}
	case "surface":
		if image {
			return "an image has too many pixels for two axes"
		}
	case "saliency":
		if !image {
			return "needs image data"
		}
	case "waterfall", "what-if":
		if e := f.explainer(); name == "waterfall" && e.Whole() {
			return fmt.Sprintf("%s speaks of the whole model, not of one row", lower(e.Title))
		}
	case "force", "beeswarm", "mean-attribution", "dependence", "heatmap", "forces", "decision", "violin", "interactions":
		return f.refuseCohort(name)
	case "tree-outline":
		return f.refuseTree()
	case "shape":
		return f.refuseShape()
	case "effect", "importance":
		if image {
			return "is for tables: one pixel alone says little"
		}
	case "confusion":
		if regression {
			return "counts classes, and here the answer is a number"
		}
	case "fit":
		if !regression {
			return "compares numbers, and here the answer is a class"
		}
	}
	return ""
}

// needs turns an explainer's refusal into an error with a way out.
func (f *Figure) needs(path, title, why string) error {
	return &spec.Error{Code: "E-EXPLAIN-NEEDS", Path: path, What: lower(title) + " cannot be used here", Why: why, Fix: "choose another method or another model"}
}

// marginOf returns the model read before its link function.
func marginOf(m model.Model) (explain.Model, bool) {
	if mm, ok := m.(model.Marginer); ok {
		return mm.Margin(), true
	}
	return nil, false
}
