package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// term is one product of a convolution: output element, input element, weight.
type term struct{ out, in, weight int }

// terms lists every product of the convolution from the definition, element by
// element.
func (c Conv) terms() []term {
	var all []term
	half := c.Size / 2
	for n := range c.N {
		for y := range c.H {
			for x := range c.W {
				for o := range c.Out {
					for fy := range c.Size {
						for fx := range c.Size {
							iy, ix := y+fy-half, x+fx-half
							if iy < 0 || iy >= c.H || ix < 0 || ix >= c.W {
								continue
							}
							for i := range c.In {
								all = append(all, term{
									((n*c.H+y)*c.W+x)*c.Out + o,
									((n*c.H+iy)*c.W+ix)*c.In + i,
									((fy*c.Size+fx)*c.In+i)*c.Out + o,
								})
							}
						}
					}
				}
			}
		}
	}
	return all
}

// compare fails where got is further from want than m roundings of size allow.
func compare(t *testing.T, what string, got []float32, want, size []float64, m int) {
	t.Helper()
	for i, g := range got {
		if e := math.Abs(float64(g) - want[i]); e > gamma(m)*size[i] {
			t.Fatalf("%s[%d] = %g, want %g", what, i, g, want[i])
		}
	}
}

// TestConv2D compares the convolution and both gradients with the definition
// in float64, within the rounding of their sums.
func TestConv2D(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	for range 60 {
		c := Conv{1 + r.IntN(3), 1 + r.IntN(5), 1 + r.IntN(5), 1 + r.IntN(3), 1 + r.IntN(5), 1 + 2*r.IntN(3)}
		pixels := c.N * c.H * c.W
		x, w, bias, dy := uniform(r, pixels*c.In), uniform(r, c.Patch()*c.Out), uniform(r, c.Out), uniform(r, pixels*c.Out)
		y, dx, dw := make([]float32, len(dy)), make([]float32, len(x)), make([]float32, len(w))
		cols, padded := make([]float32, c.Cols()), uniform(r, c.Padded())
		Conv2D(y, padded, x, w, bias, c, ActNone)
		Conv2DBackwardWeights(dw, padded, dy, c, false)
		Conv2DBackwardInput(dx, cols, dy, w, c, false)

		y64, ys := make([]float64, len(y)), make([]float64, len(y))
		dx64, dxs := make([]float64, len(x)), make([]float64, len(x))
		dw64, dws := make([]float64, len(w)), make([]float64, len(w))
		for i := range y64 {
			y64[i] = float64(bias[i%c.Out])
			ys[i] = math.Abs(y64[i])
		}
		add := func(to, size []float64, i int, a, b float32) {
			v := float64(a) * float64(b)
			to[i] += v
			size[i] += math.Abs(v)
		}
		for _, m := range c.terms() {
			add(y64, ys, m.out, x[m.in], w[m.weight])
			add(dx64, dxs, m.in, dy[m.out], w[m.weight])
			add(dw64, dws, m.weight, dy[m.out], x[m.in])
		}
		compare(t, "y", y, y64, ys, c.Patch()+1)
		compare(t, "dx", dx, dx64, dxs, c.Out+c.Size*c.Size+1)
		compare(t, "dw", dw, dw64, dws, pixels+1)

		twice := append([]float32(nil), dx...)
		Conv2DBackwardInput(twice, cols, dy, w, c, true)
		for i, v := range twice {
			if e := math.Abs(float64(v) - 2*dx64[i]); e > 4*gamma(c.Out+c.Size*c.Size+1)*dxs[i] {
				t.Fatalf("added dx[%d] = %g, want %g", i, v, 2*dx64[i])
			}
		}
	}
}

func TestMaxPool(t *testing.T) {
	// One image of 3×5 pixels and 1 channel: the last row and column fall off.
	x := []float32{
		1, 2, 5, 5, 9,
		4, 3, 5, 5, 9,
		9, 9, 9, 9, 9,
	}
	dst, from := make([]float32, 2), make([]int32, 2)
	MaxPool(dst, from, x, 1, 3, 5, 1)
	if dst[0] != 4 || from[0] != 5 || dst[1] != 5 || from[1] != 2 {
		t.Errorf("dst %v from %v, want [4 5] [5 2]", dst, from)
	}
	dx := make([]float32, len(x))
	MaxPoolBackward(dx, []float32{10, 20}, from)
	for i, v := range dx {
		want := map[int]float32{5: 10, 2: 20}[i]
		if v != want {
			t.Errorf("dx[%d] = %g, want %g", i, v, want)
		}
	}
}

// TestMaxPoolChannels compares random images of several channels with the
// definition.
func TestMaxPoolChannels(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	const n, h, w, c = 3, 4, 6, 5
	x := uniform(r, n*h*w*c)
	at := func(i, y, p, j int) float32 { return x[((i*h+y)*w+p)*c+j] }
	dst, from := make([]float32, n*h/2*w/2*c), make([]int32, n*h/2*w/2*c)
	MaxPool(dst, from, x, n, h, w, c)
	k := 0
	for i := range n {
		for y := 0; y < h; y += 2 {
			for p := 0; p < w; p += 2 {
				for j := range c {
					want := max(at(i, y, p, j), at(i, y, p+1, j), at(i, y+1, p, j), at(i, y+1, p+1, j))
					if dst[k] != want || x[from[k]] != want {
						t.Fatalf("[%d,%d,%d,%d] = %g from %g, want %g", i, y, p, j, dst[k], x[from[k]], want)
					}
					k++
				}
			}
		}
	}
}
