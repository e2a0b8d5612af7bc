package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
	"github.com/whybox/whybox/internal/view"
)

// formats are the kinds of picture.
var formats = [...]string{"svg", "png", "pdf"}

// picture is what the flags of render ask for.
type picture struct {
	out, format   string
	view          string
	width, height int     // CSS px; 0 means as the spec says
	scale         float64 // PNG pixels per CSS px
}

func newRender() *cobra.Command {
	var p picture
	cmd := &cobra.Command{
		Use:   "render SPEC -o FILE",
		Short: "Draw a figure as SVG, PNG or PDF",
		Long:  "Draw a figure as SVG, PNG or PDF: train the model, explain the row, draw the view.\nThe same spec gives the same picture everywhere.",
		Example: `  whybox render figure.json -o figure.svg
  whybox render figure.json -o poster.pdf --view waterfall --width 900
  whybox render - -o - --format png < figure.json > figure.png`,
		Args: takes(1, 1, "one SPEC"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(); err != nil {
				return err
			}
			return p.render(cmd, args[0])
		},
	}
	f := cmd.Flags()
	f.StringVarP(&p.out, "output", "o", "", `the file to write; its ending gives the format; "-" for standard output`)
	f.StringVar(&p.format, "format", "", "svg, png or pdf, where the ending does not say")
	f.StringVar(&p.view, "view", "", "draw this view instead of the spec's own")
	f.IntVar(&p.width, "width", 0, fmt.Sprintf("width in CSS pixels, %d to %d; 0 means as the spec says", spec.MinWidth, spec.MaxWidth))
	f.IntVar(&p.height, "height", 0, fmt.Sprintf("height in CSS pixels, %d to %d; 0 means as the spec says", spec.MinHeight, spec.MaxHeight))
	f.Float64Var(&p.scale, "scale", 2, "pixels of a PNG per CSS pixel, 0.5 to 4")
	return cmd
}

// check settles the format and refuses what cannot be drawn, before anything
// is trained.
func (p *picture) check() error {
	if p.out == "" {
		return usage("render does not know where to write", "--output is missing", `add "-o figure.svg", or "-o - --format svg" for standard output`)
	}
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(p.out), "."))
	if p.out == "-" {
		ending = ""
	}
	switch {
	case p.format == "" && p.out == "-":
		return usage("render does not know the format", "standard output has no ending", `add "--format svg" (or png, pdf)`)
	case p.format == "" && !slices.Contains(formats[:], ending):
		return usage(fmt.Sprintf("the ending of %q names no format", p.out), "there is svg, png, pdf", meant(ending, formats[:], ".", "end the name in .svg, or add --format"))
	case p.format == "":
		p.format = ending
	case !slices.Contains(formats[:], p.format):
		return usage(fmt.Sprintf("--format cannot be %q", p.format), "there is svg, png, pdf", meant(p.format, formats[:], "", "choose one of them"))
	case slices.Contains(formats[:], ending) && ending != p.format:
		return usage(fmt.Sprintf("--format says %s, the ending of %q says %s", p.format, p.out, ending), "only one can be right", "leave --format out, or change the ending")
	}
	if p.width != 0 && (p.width < spec.MinWidth || p.width > spec.MaxWidth) {
		return usage(fmt.Sprintf("--width cannot be %d", p.width), fmt.Sprintf("it goes from %d to %d", spec.MinWidth, spec.MaxWidth), "use a width between them")
	}
	if p.height != 0 && (p.height < spec.MinHeight || p.height > spec.MaxHeight) {
		return usage(fmt.Sprintf("--height cannot be %d", p.height), fmt.Sprintf("it goes from %d to %d", spec.MinHeight, spec.MaxHeight), "use a height between them")
	}
	if !(p.scale >= 0.5 && p.scale <= 4) {
		return usage(fmt.Sprintf("--scale cannot be %v", p.scale), "it goes from 0.5 to 4", "use a scale between them")
	}
	return p.checkView()
}

func (p *picture) checkView() error {
	var names []string
	for _, v := range catalog.Views() {
		names = append(names, v.Name)
	}
	names = append(names, "waterfall"+figure.Compare, "saliency"+figure.Compare)
	if p.view != "" && !slices.Contains(names, p.view) {
		return usage(fmt.Sprintf("--view cannot be %q", p.view), "there is "+strings.Join(names, ", "), meant(p.view, names, "", "choose one of them"))
	}
	return nil
}

func (p *picture) render(cmd *cobra.Command, arg string) error {
	in, s, err := load(cmd, arg)
	if err != nil {
		return err
	}
	f, err := build(cmd, in, s)
	if err != nil {
		return err
	}
	want := figure.Want{View: s.View.Name, Size: draw.Size{Width: s.View.Width, Height: s.View.Height}}
	if p.view != "" {
		want.View = p.view
	}
	if p.width != 0 {
		want.Size.Width = p.width
	}
	if p.height != 0 {
		want.Size.Height = p.height
	}
	v, err := f.View(want)
	if err != nil {
		return interrupted(in, err)
	}
	content, err := p.draw(v, want.Size)
	if err != nil {
		return refused(in.name, err)
	}
	return p.write(cmd, content)
}

func (p *picture) draw(v view.View, size draw.Size) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch p.format {
	case "png":
		err = draw.PNG(&b, v, size, p.scale)
	case "pdf":
		err = draw.PDF(&b, v, size)
	default:
		return draw.Standalone(v, size)
	}
	return b.Bytes(), err
}

func (p *picture) write(cmd *cobra.Command, content []byte) error {
	if p.out == "-" {
		if _, err := cmd.OutOrStdout().Write(content); err != nil {
			return unwritten("standard output", err)
		}
		return nil
	}
	if err := os.WriteFile(p.out, content, 0o644); err != nil {
		return unwritten(fmt.Sprintf("%q", p.out), err)
	}
	return nil
}
