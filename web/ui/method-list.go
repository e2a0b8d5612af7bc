package ui

import "strconv"

// MethodList says of every method in a sentence what it does, and of one that
// cannot be chosen here why not: the menu above it has room for names only.
type MethodList struct {
	S *Session

	open    bool
	methods []Option
}

// Compute runs before each rendering.
func (c *MethodList) Compute() {
	c.methods = nil
	if c.open {
		c.methods = c.S.methods(true)
	}
}

// Toggle opens or closes the list.
func (c *MethodList) Toggle() { c.open = !c.open }

func (c *MethodList) expanded() string { return strconv.FormatBool(c.open) }

// heads reports whether a method is the first of its group.
func (c *MethodList) heads(i int) bool {
	return i == 0 || c.methods[i].Group != c.methods[i-1].Group
}

// current marks the method in use.
func (c *MethodList) current(name string) any {
	if name == c.S.Spec().Explain.Name {
		return "true"
	}
	return nil
}

func (c *MethodList) why(name string) string { return "Not here: " + c.S.status.Refused[name] + "." }
