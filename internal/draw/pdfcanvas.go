//go:build !js

package draw

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// pdfCanvas is a printCanvas on vgpdf, whose images come out upside down,
// without their opacity and in hard squares.
type pdfCanvas struct{ *printCanvas }

// imageSteps is how finely an image is interpolated for a PDF.
const imageSteps = 6

// DrawImage draws what the other canvases would show. An image one pixel high
// becomes rectangles: vgpdf writes several images in an order of chance.
func (c pdfCanvas) DrawImage(rect vg.Rectangle, img image.Image) {
	if img.Bounds().Dy() == 1 {
		c.strip(rect, img)
		return
	}
	c.Canvas.DrawImage(rect, solid(img, imageSteps))
}

// strip fills a rectangle for each run of pixels of one colour.
func (c pdfCanvas) strip(rect vg.Rectangle, img image.Image) {
	b := img.Bounds()
	each := (rect.Max.X - rect.Min.X) / vg.Length(b.Dx())
	for x := 0; x < b.Dx(); {
		colour, from := img.At(b.Min.X+x, b.Min.Y), x
		for x < b.Dx() && img.At(b.Min.X+x, b.Min.Y) == colour {
			x++
		}
		c.SetColor(onPaper(colour))
		c.Fill(appendRectangle(nil, rect.Min.X+vg.Length(from)*each, rect.Min.Y, rect.Min.X+vg.Length(x)*each, rect.Max.Y))
	}
}

// onPaper returns a colour as it looks on white.
func onPaper(clr color.Color) color.Color {
	r, g, b, a := clr.RGBA()
	on := func(v uint32) uint8 { return uint8((v + 0xffff - a) / 257) }
	return color.NRGBA{on(r), on(g), on(b), 255}
}

// solid returns img on paper, opaque, turned upside down and enlarged steps
// times with linear interpolation between the centres of its pixels.
func solid(img image.Image, steps int) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx()*steps, b.Dy()*steps))
	height := out.Bounds().Dy()
	for y := range height {
		y0, y1, fy := between(y, steps, b.Dy())
		for x := range out.Bounds().Dx() {
			x0, x1, fx := between(x, steps, b.Dx())
			var sum [3]float64
			for _, corner := range [...]struct {
				x, y  int
				share float64
			}{{x0, y0, (1 - fx) * (1 - fy)}, {x1, y0, fx * (1 - fy)}, {x0, y1, (1 - fx) * fy}, {x1, y1, fx * fy}} {
				r, g, bl, a := img.At(b.Min.X+corner.x, b.Min.Y+corner.y).RGBA()
				for k, v := range [...]uint32{r, g, bl} {
					sum[k] += corner.share * float64(v+0xffff-a) / 257 // premultiplied, on white
				}
			}
			out.SetNRGBA(x, height-1-y, color.NRGBA{
				uint8(sum[0] + 0.5), uint8(sum[1] + 0.5), uint8(sum[2] + 0.5), 255,
			})
		}
	}
	return out
}

// between returns the pixels of an axis of n that sub-pixel i lies between, and
// how far it is from the first to the second.
func between(i, steps, n int) (first, second int, share float64) {
	at := clamp((float64(i)+0.5)/float64(steps)-0.5, 0, float64(n-1))
	first = int(math.Floor(at))
	return first, min(first+1, n-1), at - float64(first)
}
