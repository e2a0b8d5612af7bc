package ui

// CurveOver lies over the picture of a curve: a drag over it chooses a part.
type CurveOver struct {
	T *curveTools
}

// style covers the axes.
func (c *CurveOver) style() string {
	f := c.T.frame
	return "left:" + share(f.Left/f.Width) + ";top:" + share(f.Top/f.Height) + ";width:" + share((f.Right-f.Left)/f.Width) + ";height:" + share((f.Bottom-f.Top)/f.Height)
}

func (c *CurveOver) bandStyle() string {
	left, right := c.T.ends()
	return "left:" + share(left) + ";width:" + share(right-left)
}
