package ui

// WhyStep chooses how the decision is explained.
type WhyStep struct {
	S *Session
}

// Rests says that it does not show the row.
func (c *WhyStep) Rests() {}

func (c *WhyStep) options() []Option { return c.S.methods(true) }

// others lists what the explainer can be compared with.
func (c *WhyStep) others() []Option {
	out := []Option{{Value: "", Text: "nothing"}}
	for _, o := range c.S.methods(false) {
		if o.Value != c.S.Spec().Explain.Name {
			out = append(out, o)
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
