// Package draw turns a view into a picture: SVG for the page and for files,
// PNG and PDF natively. It is the only package that imports gonum.org/v1/plot.
package draw

//go:generate go run ./stylesheet ../../web/static/figure.css
//go:generate go run ./widths widths_gen.go

// Size is the size of a drawing in CSS pixels; 0 means what suits the view.
type Size struct {
	Width, Height int
}

// Drawing is a picture and the coordinates that let a page lay controls over it.
type Drawing struct {
	SVG   string `json:"-"` // one <svg> element with a viewBox of 0 0 Width Height and a <g> for each part, no style attributes, no scripts
	Title string `json:"title"`
	Frame Frame  `json:"frame"`
	Marks []Mark `json:"marks,omitempty"` // what can be pointed at, in drawing order
	Lead  *Lead  `json:"lead,omitempty"`  // of Marks; nil where none are kept
	Spots *Spots `json:"spots,omitempty"` // more that can be pointed at: rows, by the thousand; nil where there are none
	Parts []Part `json:"parts"`           // of the picture, in drawing order
}

// Frame maps between pixels and data. A scale is linear.
type Frame struct {
	Width, Height            float64 // px
	Left, Top, Right, Bottom float64 // px, the rectangle of the axes
	X0, X1                   float64 // data at Left and Right; both 0 where the axis has no quantity
	Y0, Y1                   float64 // data at Bottom and Top
}

// ToData returns the data coordinates of a pixel.
func (f Frame) ToData(px, py float64) (x, y float64) {
	return f.X0 + (px-f.Left)/(f.Right-f.Left)*(f.X1-f.X0), f.Y0 + (f.Bottom-py)/(f.Bottom-f.Top)*(f.Y1-f.Y0)
}

// ToPixel returns the pixel of data coordinates.
func (f Frame) ToPixel(x, y float64) (px, py float64) {
	return f.Left + (x-f.X0)/(f.X1-f.X0)*(f.Right-f.Left), f.Bottom - (y-f.Y0)/(f.Y1-f.Y0)*(f.Bottom-f.Top)
}

// box is the rectangle of the axes.
func (f Frame) box() Box { return Box{f.Left, f.Top, f.Right, f.Bottom} }

// Mark is a rectangle (a bar, a cell) or, with W and H 0, a point.
type Mark struct {
	X, Y, W, H float64 // px; top left, or the point
	Index      int     // table row of a point, feature of a bar or pixel, Rows*true+predicted of a cell; -1 for none
	Label      string  // what a tooltip and a screen reader say: "mean radius = 17.99 mm: lowers by 0.12"
}
