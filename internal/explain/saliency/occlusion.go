package saliency

import (
	"fmt"
	"image"
	"slices"

	"github.com/whybox/whybox/internal/explain"
)

// OcclusionParams says what hides a feature and, on images, how large the
// hidden square is.
type OcclusionParams struct {
	Baseline string // "mean" or "median" of the background rows, or "zero"
	Patch    int    // images: side of the square in pixels, 1..min(Height, Width); tables: not used
	Stride   int    // images: pixels from one square to the next, 1..Patch; tables: not used
}

// Occlusion hides one feature, or one square of an image, at a time and tells
// how far the score falls, in score units:
//
//	φᵢ = f(x) - f(x with xᵢ = x′ᵢ)                              tables
//	φᵢ = mean over the squares P ∋ i of f(x) - f(x with x_P = x′_P)   images
//
// where x′ is the baseline, whose score is Base. Squares start every Stride
// pixels; one more at the right and lower edge covers what would be left over.
//
// Laws: dummy, symmetric where the baseline is, linear in the model,
// implementation-invariant. Not complete where features act together: Partial
// is set. A feature that another one can replace gets little.
//
// Cost: d+2 predictions for tables; squares+2 for images, of which a
// convolutional network does only what a square reaches. Needs: nothing.
//
// Paper: Zeiler, Fergus. Visualizing and understanding convolutional networks.
// ECCV 2014, arXiv:1311.2901, section 4.2. The paper hides with grey and maps
// the score itself; here a baseline hides, and a pixel gets the mean fall over
// the squares that cover it.
func Occlusion(q explain.Query, p OcclusionParams) (explain.Attribution, error) {
	h, err := hide(q, p)
	if err != nil {
		return explain.Attribution{}, err
	}
	r := newRun(q, len(h.patches)+2)
	neutral, err := r.baseline(p.Baseline)
	if err != nil {
		return explain.Attribution{}, err
	}
	ends, err := r.scores(slices.Concat(neutral, q.X))
	if err != nil {
		return explain.Attribution{}, err
	}
	size := func(part int) int { return min(h.together, len(h.patches)-part*h.together) }
	hidden, err := r.Parts((len(h.patches)+h.together-1)/h.together, size, func(part int) ([]float64, error) {
		return h.scores(r, neutral, part*h.together, size(part))
	})
	if err != nil {
		return explain.Attribution{}, err
	}
	fall := make([]float64, r.D)
	cover := make([]float64, r.D)
	for n, patch := range h.patches {
		for _, i := range patch {
			fall[i] += ends[1] - hidden[n/h.together][n%h.together]
			cover[i]++
		}
	}
	for i := range fall {
		fall[i] /= cover[i]
	}
	return explain.Attribution{Values: fall, Base: ends[0], Score: ends[1], Partial: true}, nil
}

// together is how many rows make a part of an explanation; squares how many
// squares, where the model does again only what they reach: each part begins
// with the whole image.
const (
	together = 16
	squares  = 24
)

// hiding is what is hidden at a time; together the patches cover every feature.
type hiding struct {
	patches  [][]int           // feature indices
	squares  []image.Rectangle // the same, on images
	patcher  explain.Patcher   // nil where the model scores no patched images
	together int               // patches in a part
}

func hide(q explain.Query, p OcclusionParams) (hiding, error) {
	h := hiding{together: together}
	if q.Height == 0 {
		for i := range q.X {
			h.patches = append(h.patches, []int{i})
		}
		return h, nil
	}
	if p.Patch < 1 || p.Patch > min(q.Height, q.Width) {
		return h, explain.Refuse(fmt.Sprintf("choose 1 to %d", min(q.Height, q.Width)), "a patch of %d pixels does not fit an image of %d × %d", p.Patch, q.Height, q.Width)
	}
	if p.Stride < 1 || p.Stride > p.Patch {
		return h, explain.Refuse(fmt.Sprintf("choose a stride of 1 to %d", p.Patch), "a stride of %d with a patch of %d leaves pixels that are never hidden", p.Stride, p.Patch)
	}
	for _, top := range starts(q.Height, p) {
		for _, left := range starts(q.Width, p) {
			patch := make([]int, 0, p.Patch*p.Patch)
			for y := top; y < top+p.Patch; y++ {
				for x := left; x < left+p.Patch; x++ {
					patch = append(patch, y*q.Width+x)
				}
			}
			h.patches = append(h.patches, patch)
			h.squares = append(h.squares, image.Rect(left, top, left+p.Patch, top+p.Patch))
		}
	}
	if m, ok := q.Model.(explain.Patcher); ok && m.Patches() {
		h.patcher, h.together = m, squares
	}
	return h, nil
}

// scores returns the explained score with each of patches first..first+n-1
// hidden.
func (h hiding) scores(r *run, neutral []float32, first, n int) ([]float64, error) {
	if h.patcher != nil {
		return r.patched(h.patcher, neutral, h.squares[first:first+n])
	}
	x := make([]float32, 0, n*r.D)
	for _, patch := range h.patches[first : first+n] {
		x = append(x, r.X...)
		for _, i := range patch {
			x[len(x)-r.D+i] = neutral[i]
		}
	}
	return r.scores(x)
}

// starts returns where the squares begin along a side of the given length.
func starts(side int, p OcclusionParams) []int {
	var out []int
	for at := 0; at < side-p.Patch; at += p.Stride {
		out = append(out, at)
	}
	return append(out, side-p.Patch)
}
