//go:build !js

package draw

import (
	"bytes"
	"errors"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"

	"github.com/whybox/whybox/internal/view"
)

// PNG draws a view with its title and summary as a light PNG image, scale
// image pixels to a px of the drawing (0.25 to 8).
func PNG(w io.Writer, v view.View, size Size, scale float64) error {
	if !(scale >= 0.25 && scale <= 8) {
		return errors.New("scale must be from 0.25 to 8")
	}
	return onPage(v, size, func(width, height float64, paint func(draw.Canvas)) error {
		c := vgimg.NewWith(
			vgimg.UseWH(vg.Length(width), vg.Length(height)),
			vgimg.UseDPI(int(math.Round(72*scale))),
		)
		paint(draw.NewCanvas(newPrint(c), vg.Length(width), vg.Length(height)))
		return png.Encode(w, c.Image())
	})
}

// PDF draws a view with its title and summary as a page of its size, 1/72 inch
// to a px. Text is drawn as outlines. The same view gives the same bytes.
func PDF(w io.Writer, v view.View, size Size) error {
	return onPage(v, size, func(width, height float64, paint func(draw.Canvas)) error {
		c := vgpdf.New(vg.Length(width), vg.Length(height))
		paint(draw.NewCanvas(pdfCanvas{newPrint(c)}, vg.Length(width), vg.Length(height)))
		var b bytes.Buffer
		if _, err := c.WriteTo(&b); err != nil {
			return err
		}
		undate(b.Bytes())
		_, err := w.Write(b.Bytes())
		return err
	})
}

// undate overwrites the time of writing in a PDF with a fixed one of the same
// length.
func undate(pdf []byte) {
	for _, key := range []string{"/CreationDate (D:", "/ModDate (D:"} {
		if at := bytes.Index(pdf, []byte(key)); at >= 0 {
			for i := at + len(key); i < len(pdf) && pdf[i] >= '0' && pdf[i] <= '9'; i++ {
				pdf[i] = "20000101000000"[min(13, i-at-len(key))]
			}
		}
	}
}
