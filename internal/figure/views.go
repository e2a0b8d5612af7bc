package figure

import (
	"fmt"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// Compare, after the name of the waterfall or the saliency view, asks for the
// spec's second explainer.
const Compare = "-compare"

// View makes one view of the figure. The error says why a view makes no sense
// here, or what went wrong in computing it.
func (f *Figure) View(w Want) (v view.View, err error) {
	defer f.b.recoverAs(&err)
	if why := f.refuseView(w.View); why != "" {
		return nil, &spec.Error{Code: "E-VIEW-FIT", Path: "/view/name", What: fmt.Sprintf("the view %q does not fit here", w.View), Why: why,
			Fix: "choose " + quoted(f.Views())}
	}
	switch w.View {
	case "surface":
		return f.surface()
	case "waterfall":
		return f.waterfall(false, w.most())
	case "waterfall" + Compare:
		return f.waterfall(true, w.most())
	case "saliency":
		return f.saliency(false)
	case "saliency" + Compare:
		return f.saliency(true)
	case "what-if":
		return f.whatIf()
	case "flips":
		return f.flips()
	case "effect":
		return f.effectView()
	case "importance":
		return f.importanceView(w.most())
	case "loss":
		return f.loss(), nil
	case "confusion":
		return f.confusion()
	case "fit":
		return f.fit()
	case "rows":
		return f.rows(w.From, w.Count)
	case "force":
		return f.force(w.most())
	case "interactions":
		return f.interactions(w.most())
	case "tree-outline":
		return f.tree(), nil
	case "shape":
		return f.shape()
	case "parity":
		return f.parity()
	case "brush":
		return f.brush()
	case "beeswarm", "mean-attribution", "violin", "decision", "heatmap", "forces", "dependence":
		return f.ofRows(w.View, w.most())
	}
	return nil, &spec.Error{Code: spec.CodeName, Path: "/view/name", What: fmt.Sprintf("no view called %q", w.View), Fix: "choose " + quoted(f.Views())}
}

// Panel makes one view and draws it. What the page has is left out.
func (f *Figure) Panel(w Want) (*Panel, error) {
	if w.View == "loss" { // it stays while the model does
		bare := w
		bare.Has = ""
		p, err := remember(f.b, keyOf("loss panel", f.b.modelKey, f.steps(), bare), func() (*Panel, error) { return f.panel(bare) })
		if err != nil {
			return nil, err
		}
		return p.without(w.has()), nil
	}
	return f.panel(w)
}

// table leaves out of the panel's table what the page has or does not show.
func (p *Panel) table(w Want, has draw.Has) {
	if w.Shut && len(p.Head.Table.Rows) > 0 {
		p.Head.Table = view.Table{Caption: p.Head.Table.Caption}
	} else if w.Shut {
		p.Head.Table = view.Table{}
	}
	if p.Head.Table.Caption == "" {
		return
	}
	if p.Twin = sumOfTable(p.Head.Table); has(p.Twin) {
		p.Head.Table = view.Table{}
	}
}

func (f *Figure) panel(w Want) (*Panel, error) {
	v, err := f.View(w)
	if err != nil {
		return nil, err
	}
	p := &Panel{Head: *v.About()}
	p.Head.Name = w.View
	has := w.has()
	p.table(w, has)
	switch v := v.(type) {
	case *view.WhatIf:
		p.WhatIf = moving(v, has)
		return p, nil
	case *view.Rows:
		p.Rows = v
		return p, nil
	case *view.Parity, *view.Brush:
		return p, nil
	case *view.Shape:
		p.Curve = &v.Curve
	case *view.Flips:
		p.Flips = v
		if len(v.Items) == 0 {
			return p, nil
		}
	}
	d, err := draw.Redraw(v, w.Size, has)
	if err != nil {
		return nil, wrap(err, "E-DRAW", "/view", "the picture could not be drawn", "choose another view")
	}
	p.Drawing = &d
	p.Axes = f.axes(w.View)
	return p, nil
}

// without returns a copy of a whole panel that leaves out what the page has.
func (p *Panel) without(has draw.Has) *Panel {
	out := *p
	if has(p.Twin) {
		out.Head.Table = view.Table{}
	}
	if p.Drawing != nil {
		d := p.Drawing.Without(has)
		out.Drawing = &d
	}
	return &out
}

// moving leaves out of the controls what stays while they are moved.
func moving(v *view.WhatIf, has draw.Has) *view.WhatIf {
	out := *v
	out.Head = view.Head{} // the panel has it
	out.Sum = sumOfControls(v.Controls)
	if has(out.Sum) {
		out.Controls = nil
		for _, k := range v.Controls {
			out.Now = append(out.Now, view.Now{Value: k.Value, Text: k.Text, Amount: k.Amount})
		}
	}
	return &out
}

// axes lists the features that a drag over a view changes.
func (f *Figure) axes(name string) []int {
	switch name {
	case "surface":
		jx, jy := f.plane()
		return []int{jx, jy}
	case "effect", "shape":
		return []int{f.traced()}
	case "dependence":
		if c, err := f.cohort(); err == nil {
			return []int{f.depended(c)}
		}
	}
	return nil
}

// Views lists the views that make sense for this figure, the most telling
// first.
func (f *Figure) Views() []string {
	var out []string
	for _, v := range catalog.Views() {
		if f.refuseView(v.Name) == "" && !(v.Name == "waterfall" && f.table.Height > 0) {
			out = append(out, v.Name)
		}
	}
	return out
}

func quoted(names []string) string {
	for i, n := range names {
		names[i] = `"` + n + `"`
	}
	if len(names) < 2 {
		return fmt.Sprint(names)
	}
	text := names[0]
	for _, n := range names[1 : len(names)-1] {
		text += ", " + n
	}
	return text + " or " + names[len(names)-1]
}

// Look draws a view of a figure whose model is still being trained. It keeps
// nothing and searches nothing, so that training goes on at once; an error of
// pace ends it.
func (f *Figure) Look(w Want, pace Pace) (*Panel, error) {
	b, s := *f.b, *f.s
	b.memo = map[string]*remembered{}
	s.Explain.Counterfactual = nil
	g := *f
	g.b, g.s = &b, &s
	g.pace = pace
	if err := g.choose(); err != nil {
		return nil, err
	}
	return g.Panel(w)
}
