package kernel

// Activation is a function applied to each element after a product.
type Activation uint8

const (
	ActNone Activation = iota // x
	ActReLU                   // max(x, 0); NaN stays NaN
	ActTanh
	ActSigmoid
)

// Activate writes act of each element of x to dst. dst and x have the same
// length and may be the same slice.
func Activate(dst, x []float32, act Activation) {
	need(dst, len(x))
	if simdActivate(dst, x, act) {
		return
	}
	dst = dst[:len(x)]
	switch act {
	case ActNone:
		copy(dst, x)
	case ActReLU:
		for i, v := range x {
			if v < 0 {
				v = 0
			}
			dst[i] = v
		}
	case ActTanh:
		for i, v := range x {
			dst[i] = Tanh(v)
		}
	case ActSigmoid:
		for i, v := range x {
			dst[i] = Sigmoid(v)
		}
	default:
		panic("kernel: no such activation")
	}
}

// ActivateBackward writes dy·act'(x) to dst, given y = act(x). All have the
// same length; dst may be dy. The slope of ReLU at 0 is 0.
func ActivateBackward(dst, dy, y []float32, act Activation) {
	need(dst, len(y))
	need(dy, len(y))
	if simdActivateBackward(dst, dy, y, act) {
		return
	}
	dst, dy = dst[:len(y)], dy[:len(y)]
	switch act {
	case ActNone:
		copy(dst, dy)
	case ActReLU:
		for i, v := range y {
			g := dy[i]
			if v <= 0 {
				g = 0
			}
			dst[i] = g
		}
	case ActTanh:
		for i, v := range y {
			dst[i] = dy[i] * (1 - float32(v*v))
		}
	case ActSigmoid:
		for i, v := range y {
			dst[i] = dy[i] * float32(v*(1-v))
		}
	default:
		panic("kernel: no such activation")
	}
}
