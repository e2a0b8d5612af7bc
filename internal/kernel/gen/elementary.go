package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// The elementary functions follow elementary.go of package kernel step by
// step; the reasons and bounds stand there. Where that branches, all ways are
// computed and the right one chosen by a mask.

const (
	ln2Hi      = 355.0 / 512
	ln2Lo      = -2.12194440e-4
	log2E      = 1.44269504
	roundMagic = 12582912
	one        = 0x3f800000 // bits of 1
	sqrtHalf   = 0x3f3504f3 // bits of √½
	mantissa   = 0x007fffff
	signBit    = 0x80000000
	infinity   = 0x7f800000 // bits of +Inf
	magicBits  = 0x4b400000 // bits of roundMagic
	nanBits    = 0x7fc00000
)

func same(bits uint32) asm.Expr { return asm.Ints(bits, bits, bits, bits) }

func constant(bits uint32) asm.Expr { return same(bits).AsFloats() }

// horner emits the polynomial of x with the coefficients given, highest first.
func horner(f *asm.Func, x asm.Expr, coefficients ...float32) asm.Expr {
	p := asm.Floats(coefficients[0])
	for _, c := range coefficients[1:] {
		p = f.Let(p.Mul(x).Add(asm.Floats(c)))
	}
	return p
}

// relu returns x, or 0 where x is below 0.
func relu(x asm.Expr) asm.Expr { return x.PMax(asm.Floats(0)) }

// exp emits eˣ.
func exp(f *asm.Func, x asm.Expr) asm.Expr {
	y := f.Let(expBelow(f, x))
	return f.Let(asm.Choose(x.Gt(asm.Floats(89)), constant(infinity), y))
}

// expBelow is exp for x ≤ 89.
func expBelow(f *asm.Func, x asm.Expr) asm.Expr {
	y, k := reduced(f, x)
	h := f.Let(k.Shr(1))
	y = f.Let(y.Mul(power(h)).Mul(power(k.Sub(h))))
	return y.AsInts().AndNot(x.Le(asm.Floats(-104))).AsFloats() // NaN is not below
}

// expNear is exp for |x| ≤ 80, where one power of two takes the result in.
func expNear(f *asm.Func, x asm.Expr) asm.Expr {
	y, k := reduced(f, x)
	return y.Mul(power(k))
}

// reduced emits y near 1 and the integer k with eˣ = y·2ᵏ.
func reduced(f *asm.Func, x asm.Expr) (y, k asm.Expr) {
	t := f.Let(x.Mul(asm.Floats(log2E)).Add(asm.Floats(roundMagic)))
	n := f.Let(t.Sub(asm.Floats(roundMagic)))
	r := f.Let(x.Sub(n.Mul(asm.Floats(ln2Hi))))
	r = f.Let(r.Sub(n.Mul(asm.Floats(ln2Lo))))
	p := horner(f, r, 0.001381459879, 0.008368716575, 0.04166838899, 0.1666652113, 0.4999999404)
	y = asm.Floats(1).Add(r.Add(r.Mul(r).Mul(p)))
	// Where x is within bounds the last bits of t count in ones.
	return y, f.Let(t.AsInts().Sub(same(magicBits)))
}

func power(k asm.Expr) asm.Expr { return k.Add(same(127)).Shl(23).AsFloats() }

// logarithm emits the natural logarithm of x.
func logarithm(f *asm.Func, x asm.Expr) asm.Expr {
	small := f.Let(x.AsInts().Below(same(0x00800000)))
	bits := f.Let(asm.Choose(small, x.Mul(asm.Floats(1<<25)), x).AsInts().Add(same(one - sqrtHalf)))
	k := bits.ShrU(23).Sub(same(127)).Sub(small.And(same(25)))
	g := f.Let(bits.And(same(mantissa)).Add(same(sqrtHalf)).AsFloats().Sub(asm.Floats(1)))
	s := f.Let(g.Div(asm.Floats(2).Add(g)))
	z := f.Let(s.Mul(s))
	p := horner(f, z, 0.235816136, 0.2853733897, 0.4000033438, 0.6666666269)
	half := f.Let(asm.Floats(0.5).Mul(g).Mul(g))
	e := f.Let(k.Float())
	low := s.Mul(half.Add(z.Mul(p))).Add(e.Mul(asm.Floats(ln2Lo)))
	y := f.Let(e.Mul(asm.Floats(ln2Hi)).Add(g.Sub(half.Sub(low))))
	y = f.Let(asm.Choose(x.Eq(asm.Floats(0)), constant(infinity|signBit), y))
	y = f.Let(asm.Choose(x.Lt(asm.Floats(0)), constant(nanBits), y))
	// +Inf and NaN stay what they are.
	return f.Let(asm.Choose(x.Abs().Lt(constant(infinity)), y, asm.Choose(x.Lt(asm.Floats(0)), y, x)))
}

// tanh emits the hyperbolic tangent of x.
func tanh(f *asm.Func, x asm.Expr) asm.Expr {
	a := f.Let(x.Abs())
	z := f.Let(a.Mul(a))
	p := horner(f, z, -0.005704986863, 0.020639088, -0.05373971537, 0.1333144158, -0.3333328068)
	near := f.Let(a.Add(a.Mul(z).Mul(p)))
	e := expNear(f, f.Let(asm.Floats(2).Mul(a.PMin(asm.Floats(40))))) // from 10 on the result is 1
	far := asm.Floats(1).Sub(asm.Floats(2).Div(e.Add(asm.Floats(1))))
	y := asm.Choose(a.Lt(asm.Floats(0.625)), near, far)
	return f.Let(y.AsInts().Or(x.AsInts().And(same(signBit))).AsFloats())
}

// sigmoid emits 1/(1+e⁻ˣ).
func sigmoid(f *asm.Func, x asm.Expr) asm.Expr {
	e := f.Let(expBelow(f, f.Let(x.Abs().Neg())))
	top := asm.Choose(x.Ge(asm.Floats(0)), asm.Floats(1), e)
	return f.Let(top.Div(asm.Floats(1).Add(e)))
}
