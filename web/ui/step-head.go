package ui

// StepHead is the heading of one step of the workbench; it opens and closes
// the step.
type StepHead struct {
	Name, Number, Title string
	Short               string // the title where there is little room
	Says                string // the step's present choice
	Open                bool
	Toggle              func(name string)
}

func (c *StepHead) expanded() string {
	if c.Open {
		return "true"
	}
	return "false"
}
