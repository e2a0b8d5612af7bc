// Package tensor is a small dense array of float32 with a shape.
package tensor

// Tensor holds Size(Shape...) values in row-major order. Data may be shared;
// whoever made the tensor says who owns it.
type Tensor struct {
	Shape []int // each ≥ 0; none means one value
	Data  []float32
}

// New returns a tensor of zeros.
func New(shape ...int) Tensor {
	return Tensor{Shape: append([]int(nil), shape...), Data: make([]float32, Size(shape...))}
}

// Of returns a tensor over data, which it shares. It panics where data does
// not have Size(shape...) values.
func Of(data []float32, shape ...int) Tensor {
	if len(data) != Size(shape...) {
		panic("tensor: data does not fill the shape")
	}
	return Tensor{Shape: append([]int(nil), shape...), Data: data}
}

// Size returns how many values a shape holds: the product of its sides.
func Size(shape ...int) int {
	n := 1
	for _, s := range shape {
		if s < 0 {
			panic("tensor: negative side")
		}
		n *= s
	}
	return n
}

// Reshape returns the same data under another shape of the same size.
func (t Tensor) Reshape(shape ...int) Tensor { return Of(t.Data, shape...) }

// At returns one value; index has one entry for each side of the shape.
func (t Tensor) At(index ...int) float32 { return t.Data[t.offset(index)] }

// Set changes one value.
func (t Tensor) Set(v float32, index ...int) { t.Data[t.offset(index)] = v }

// Row returns the values with first index i. The slice shares the data.
func (t Tensor) Row(i int) []float32 {
	size := Size(t.Shape[1:]...)
	return t.Data[i*size : (i+1)*size : (i+1)*size]
}

// Clone returns a copy that shares nothing.
func (t Tensor) Clone() Tensor {
	return Of(append([]float32(nil), t.Data...), t.Shape...)
}

func (t Tensor) offset(index []int) int {
	if len(index) != len(t.Shape) {
		panic("tensor: wrong number of indices")
	}
	at := 0
	for i, x := range index {
		if x < 0 || x >= t.Shape[i] {
			panic("tensor: index out of range")
		}
		at = at*t.Shape[i] + x
	}
	return at
}
