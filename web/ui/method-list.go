package ui

// MethodList says of every method in a sentence what it does: the menu above it
// has room for names only.
type MethodList struct {
	S *Session

	open bool
}

// Toggle follows the person, who opens or closes the list.
func (c *MethodList) Toggle() { c.open = !c.open }

func (c *MethodList) methods() []Option {
	if !c.open {
		return nil
	}
	return c.S.methods(true)
}
