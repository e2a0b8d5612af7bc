package ui

// Option is one choice of a Picker.
type Option struct {
	Value, Text string
	Group       string // heading over it; "" for none
	Off         bool   // cannot be chosen; Text says why
}

// Picker is a labelled menu.
type Picker struct {
	ID, Label string
	Bare      bool // the label is for screen readers only
	Value     string
	Options   []Option
	Set       func(value string)
}

// groups lists the headings in order.
func (c *Picker) groups() []string {
	var out []string
	for _, o := range c.Options {
		if o.Group != "" && (len(out) == 0 || out[len(out)-1] != o.Group) {
			out = append(out, o.Group)
		}
	}
	return out
}

func (c *Picker) labelClass() string {
	if c.Bare {
		return "sr"
	}
	return "label"
}
