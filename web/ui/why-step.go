package ui

// WhyStep chooses how the decision is explained.
type WhyStep struct {
	S *Session
}

func (c *WhyStep) options() []Option {
	var out []Option
	for _, e := range c.S.Menu.Explainers {
		o := c.S.option(e.Name, e.Title)
		o.Group = "This row"
		if e.Whole() {
			o.Group = "The whole model"
		}
		out = append(out, o)
	}
	return out
}

// others lists what the explainer can be compared with.
func (c *WhyStep) others() []Option {
	out := []Option{{Value: "", Text: "nothing"}}
	for _, e := range c.S.Menu.Explainers {
		if !e.Whole() && e.Name != c.S.Spec().Explain.Name {
			out = append(out, c.S.option(e.Name, e.Title))
		}
	}
	return out
}

func (c *WhyStep) compared() string {
	if x := c.S.Spec().Explain.Compare; x != nil {
		return x.Name
	}
	return ""
}

func (c *WhyStep) classes() []Option {
	out := []Option{{Value: "", Text: "the predicted class"}}
	for _, name := range c.S.status.Data.Classes {
		out = append(out, Option{Value: name, Text: name})
	}
	return out
}

func (c *WhyStep) outputs() []Option {
	out := []Option{{Value: "", Text: "probability"}}
	if c.S.Menu.model(c.S.Spec().Model.Name).Margin {
		out = append(out, Option{Value: "margin", Text: "margin, before it becomes a probability"})
	}
	return out
}

func (c *WhyStep) output() string {
	if c.S.Spec().Explain.Output == "margin" {
		return "margin"
	}
	return ""
}

// SetOutput explains a probability, or log-odds.
func (c *WhyStep) SetOutput(name string) { c.S.SetOutput(name) }
