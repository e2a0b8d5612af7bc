package asm

import "fmt"

// Expr is a value still to be computed. It stands for code, not for a result:
// used twice it is computed twice, at the place of use; Func.Let keeps one.
type Expr struct {
	kind Kind
	put  func(f *Func)
}

// Kind returns the type of e.
func (e Expr) Kind() Kind { return e.kind }

// Int returns a constant.
func Int(x int) Expr {
	return Expr{I32, func(f *Func) { f.emit(nil, []Kind{I32}, sleb([]byte{0x41}, int32(x))...) }}
}

// Float returns a constant.
func Float(x float32) Expr {
	return Expr{F32, func(f *Func) { f.emit(nil, []Kind{F32}, bits([]byte{0x43}, x)...) }}
}

// Floats returns a constant vector of four times x.
func Floats(x float32) Expr {
	return Expr{F32x4, func(f *Func) {
		code := simd(0x0c)
		for range 4 {
			code = bits(code, x)
		}
		f.emit(nil, []Kind{F32x4}, code...)
	}}
}

// Ints returns a constant vector.
func Ints(a, b, c, d uint32) Expr {
	return Expr{I32x4, func(f *Func) {
		code := simd(0x0c)
		for _, x := range [4]uint32{a, b, c, d} {
			code = append(code, byte(x), byte(x>>8), byte(x>>16), byte(x>>24))
		}
		f.emit(nil, []Kind{I32x4}, code...)
	}}
}

// simd returns the bytes of a vector instruction.
func simd(op uint32) []byte { return leb([]byte{0xfd}, op) }

// code is the instruction of each kind for one operation; 0 is none. Those of
// vectors come after the prefix.
type code [4]uint32

func (c code) bytes(k Kind) []byte {
	if c[k] == 0 {
		panic(fmt.Sprintf("asm: no such operation on %v", k))
	}
	if k == F32x4 || k == I32x4 {
		return simd(c[k])
	}
	return []byte{byte(c[k])}
}

// truth is the kind of a comparison's result.
func truth(k Kind) Kind {
	if k == F32x4 || k == I32x4 {
		return I32x4
	}
	return I32
}

func unary(x Expr, result Kind, code []byte) Expr {
	return Expr{result, func(f *Func) {
		x.put(f)
		f.emit([]Kind{x.kind}, []Kind{result}, code...)
	}}
}

func binary2(x, y Expr, result Kind, code []byte) Expr {
	if x.kind != y.kind {
		panic(fmt.Sprintf("asm: operands are %v and %v", x.kind, y.kind))
	}
	return Expr{result, func(f *Func) {
		x.put(f)
		y.put(f)
		f.emit([]Kind{x.kind, y.kind}, []Kind{result}, code...)
	}}
}

func arithmetic(x, y Expr, c code) Expr { return binary2(x, y, x.kind, c.bytes(x.kind)) }
func comparison(x, y Expr, c code) Expr { return binary2(x, y, truth(x.kind), c.bytes(x.kind)) }

// Arithmetic, lane by lane in vectors. Floating-point results round to nearest
// even, as in Go.
func (x Expr) Add(y Expr) Expr { return arithmetic(x, y, code{0x6a, 0x92, 0xe4, 0xae}) }
func (x Expr) Sub(y Expr) Expr { return arithmetic(x, y, code{0x6b, 0x93, 0xe5, 0xb1}) }
func (x Expr) Mul(y Expr) Expr { return arithmetic(x, y, code{0x6c, 0x94, 0xe6, 0xb5}) }
func (x Expr) Div(y Expr) Expr { return arithmetic(x, y, code{0, 0x95, 0xe7, 0}) }
func (x Expr) Sqrt() Expr      { return unary(x, x.kind, code{0, 0x91, 0xe3, 0}.bytes(x.kind)) }
func (x Expr) Abs() Expr       { return unary(x, x.kind, code{0, 0x8b, 0xe0, 0}.bytes(x.kind)) }
func (x Expr) Neg() Expr       { return unary(x, x.kind, code{0, 0x8c, 0xe1, 0}.bytes(x.kind)) }

// PMin is y where y < x, else x.
func (x Expr) PMin(y Expr) Expr { return arithmetic(x, y, code{0, 0, 0xea, 0}) }

// PMax is y where x < y, else x: exactly Go's if x < y { x = y }, NaN and
// signed zeros included.
func (x Expr) PMax(y Expr) Expr { return arithmetic(x, y, code{0, 0, 0xeb, 0}) }

// Comparisons give 1 or 0, in vectors a mask. Those of whole numbers are
// signed but for Below.
func (x Expr) Eq(y Expr) Expr { return comparison(x, y, code{0x46, 0x5b, 0x41, 0x37}) }
func (x Expr) Ne(y Expr) Expr { return comparison(x, y, code{0x47, 0x5c, 0x42, 0x38}) }
func (x Expr) Lt(y Expr) Expr { return comparison(x, y, code{0x48, 0x5d, 0x43, 0x39}) }
func (x Expr) Gt(y Expr) Expr { return comparison(x, y, code{0x4a, 0x5e, 0x44, 0x3b}) }
func (x Expr) Le(y Expr) Expr { return comparison(x, y, code{0x4c, 0x5f, 0x45, 0x3d}) }
func (x Expr) Ge(y Expr) Expr { return comparison(x, y, code{0x4e, 0x60, 0x46, 0x3f}) }

// Below is x < y as unsigned whole numbers.
func (x Expr) Below(y Expr) Expr { return comparison(x, y, code{0x49, 0, 0, 0x3a}) }

// Bits, also of floating-point vectors.
func (x Expr) And(y Expr) Expr { return arithmetic(x, y, code{0x71, 0, 0x4e, 0x4e}) }
func (x Expr) Or(y Expr) Expr  { return arithmetic(x, y, code{0x72, 0, 0x50, 0x50}) }

// AndNot is x and not y.
func (x Expr) AndNot(y Expr) Expr { return arithmetic(x, y, code{0, 0, 0x4f, 0x4f}) }

// Shl and Shr shift whole numbers by n bits; Shr keeps the sign, ShrU does not.
func (x Expr) Shl(n int) Expr  { return x.shift(n, code{0x74, 0, 0, 0xab}) }
func (x Expr) Shr(n int) Expr  { return x.shift(n, code{0x75, 0, 0, 0xac}) }
func (x Expr) ShrU(n int) Expr { return x.shift(n, code{0x76, 0, 0, 0xad}) }

func (x Expr) shift(n int, c code) Expr {
	return Expr{x.kind, func(f *Func) {
		x.put(f)
		Int(n).put(f)
		f.emit([]Kind{x.kind, I32}, []Kind{x.kind}, c.bytes(x.kind)...)
	}}
}

// Splat returns four times x.
func (x Expr) Splat() Expr {
	if x.kind == F32 {
		return unary(x, F32x4, simd(0x13))
	}
	return unary(x, I32x4, code{0x11}.vector(x.kind))
}

// vector returns the bytes of the vector instruction that takes a scalar.
func (c code) vector(k Kind) []byte {
	if c[k] == 0 {
		panic(fmt.Sprintf("asm: no such operation on %v", k))
	}
	return simd(c[k])
}

// Lane returns lane i.
func (x Expr) Lane(i int) Expr {
	if x.kind == F32x4 {
		return unary(x, F32, append(simd(0x1f), byte(i)))
	}
	return unary(x, I32, append(code{0, 0, 0, 0x1b}.bytes(x.kind), byte(i)))
}

// Any is 1 where a bit of the mask is set.
func (x Expr) Any() Expr { return unary(x, I32, code{0, 0, 0, 0x53}.bytes(x.kind)) }

// Float returns the whole number x as the nearest float.
func (x Expr) Float() Expr {
	if x.kind == I32 {
		return unary(x, F32, []byte{0xb2})
	}
	return unary(x, F32x4, code{0, 0, 0, 0xfa}.bytes(x.kind))
}

// AsInts and AsFloats read the bits of a vector as the other kind.
func (x Expr) AsInts() Expr   { return x.as(F32x4, I32x4) }
func (x Expr) AsFloats() Expr { return x.as(I32x4, F32x4) }

func (x Expr) as(from, to Kind) Expr {
	if x.kind != from {
		panic(fmt.Sprintf("asm: %v is no %v", x.kind, from))
	}
	return Expr{to, func(f *Func) {
		x.put(f)
		f.emit([]Kind{from}, []Kind{to})
	}}
}

// Choose returns x where the mask is set, y elsewhere; for scalars, x where
// cond is not 0. Both are computed.
func Choose(cond, x, y Expr) Expr {
	if x.kind != y.kind || cond.kind != truth(x.kind) {
		panic(fmt.Sprintf("asm: %v cannot choose between %v and %v", cond.kind, x.kind, y.kind))
	}
	code := simd(0x52)
	if cond.kind == I32 {
		code = []byte{0x1b}
	}
	return Expr{x.kind, func(f *Func) {
		x.put(f)
		y.put(f)
		cond.put(f)
		f.emit([]Kind{x.kind, y.kind, cond.kind}, []Kind{x.kind}, code...)
	}}
}

// Shuffle returns the four lanes named: 0..3 of x, 4..7 of y.
func Shuffle(x, y Expr, lanes [4]int) Expr {
	code := simd(0x0d)
	for _, l := range lanes {
		for b := range 4 {
			code = append(code, byte(4*l+b))
		}
	}
	return binary2(x, y, x.kind, code)
}
