package kernel

import "math"

// ln 2 in two parts. The first has 9 significant bits, so that its product
// with an exponent of up to 15 bits is exact.
const (
	ln2Hi = 355.0 / 512
	ln2Lo = -2.12194440e-4
	log2E = 1.44269504
)

// roundMagic is 1.5·2²³: adding and subtracting it rounds a float32 of
// magnitude below 2²² to the nearest whole number, ties to even.
const roundMagic = 12582912

// Exp returns eˣ. The error is below 1 ulp where the result is a normal
// number, and at most 1 of the smallest denormal below that. It is +Inf above
// 88.72284, 0 below -103.98, and NaN for NaN.
//
// It never falls from one float32 to the next (all were tried, as for Log and
// Tanh).
//
// x = n·ln 2 + r with |r| ≤ ln 2/2; eʳ = 1 + r + r²·P(r), where P is the
// polynomial of degree 4 with the least relative error (3.1e-9, by Remez
// exchange); the power of two goes on in two exact halves, so that a denormal
// result is rounded once.
func Exp(x float32) float32 {
	if !(x > -104) { // NaN too
		if x != x {
			return x
		}
		return 0
	}
	if x > 89 {
		return float32(math.Inf(1))
	}
	n := float32(float32(x*log2E)+roundMagic) - roundMagic
	r := x - float32(n*ln2Hi)
	r -= float32(n * ln2Lo)
	p := float32(0.001381459879)
	p = float32(p*r) + 0.008368716575
	p = float32(p*r) + 0.04166838899
	p = float32(p*r) + 0.1666652113
	p = float32(p*r) + 0.4999999404
	y := 1 + (r + float32(float32(r*r)*p))
	k := int32(n)
	h := k >> 1
	return float32(y*powerOfTwo(h)) * powerOfTwo(k-h)
}

// powerOfTwo returns 2ᵏ for k in -126..127.
func powerOfTwo(k int32) float32 {
	return math.Float32frombits(uint32(k+127) << 23)
}

const (
	one      = 0x3f800000 // bits of 1
	sqrtHalf = 0x3f3504f3 // bits of √½
	mantissa = 0x007fffff
	signBit  = 0x80000000
	infinity = 0x7f800000 // bits of +Inf
)

// Log returns the natural logarithm of x with an error below 1 ulp. It is -Inf
// for ±0, NaN below 0 and for NaN, +Inf for +Inf. It never falls from one
// float32 to the next.
//
// x = 2ᵏ·(1+f) with 1+f in √½..√2; with s = f/(2+f),
// log(1+f) = f - (f²/2 - s·(f²/2 + R)), where R = s²·P(s²) stands for
// (2·atanh(s) - 2s)/s; P has degree 3 and relative error 4.8e-12 (by Remez
// exchange).
func Log(x float32) float32 {
	bits := math.Float32bits(x)
	var k int32
	if bits-0x00800000 >= infinity-0x00800000 { // not a positive normal number
		switch {
		case bits<<1 == 0:
			return float32(math.Inf(-1))
		case x != x || bits == infinity:
			return x
		case bits&signBit != 0:
			return float32(math.NaN())
		}
		bits = math.Float32bits(x * (1 << 25))
		k = -25
	}
	bits += one - sqrtHalf
	k += int32(bits>>23) - 127
	f := math.Float32frombits(bits&mantissa+sqrtHalf) - 1
	s := f / (2 + f)
	z := float32(s * s)
	p := float32(0.235816136)
	p = float32(p*z) + 0.2853733897
	p = float32(p*z) + 0.4000033438
	p = float32(p*z) + 0.6666666269
	half := float32(float32(0.5*f) * f)
	e := float32(k)
	low := float32(s*(half+float32(z*p))) + float32(e*ln2Lo)
	return float32(e*ln2Hi) + (f - (half - low))
}

// Tanh returns the hyperbolic tangent of x with an error below 1.5 ulp. It is
// odd, ±1 for large x, keeps the sign of ±0, and is NaN for NaN. It never falls
// from one float32 to the next.
//
// Below 0.625 it is |x| + |x|³·P(x²), where P has degree 4 and relative error
// 4.4e-9 (by Remez exchange); above, 1 - 2/(exp(2|x|)+1).
func Tanh(x float32) float32 {
	bits := math.Float32bits(x)
	sign := bits & signBit
	a := math.Float32frombits(bits &^ signBit)
	var y float32
	if a < 0.625 {
		z := float32(a * a)
		p := float32(-0.005704986863)
		p = float32(p*z) + 0.020639088
		p = float32(p*z) - 0.05373971537
		p = float32(p*z) + 0.1333144158
		p = float32(p*z) - 0.3333328068
		y = a + float32(float32(a*z)*p)
	} else {
		y = 1 - 2/(Exp(2*a)+1)
	}
	return math.Float32frombits(math.Float32bits(y) | sign)
}

// Sigmoid returns 1/(1+e⁻ˣ) with an error below 2.5 ulp where the result is a
// normal number, and at most 1 of the smallest denormal below that. It is NaN
// for NaN. Within its error it may fall from one float32 to the next.
func Sigmoid(x float32) float32 {
	a := math.Float32frombits(math.Float32bits(x) &^ signBit)
	e := Exp(-a)
	if x >= 0 {
		return 1 / (1 + e)
	}
	return e / (1 + e)
}
