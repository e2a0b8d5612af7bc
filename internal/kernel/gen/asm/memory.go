package asm

import "fmt"

// at appends the immediate of an access: no promise but that numbers lie at
// multiples of their four bytes, and a distance in bytes from the address.
func at(code []byte, offset int) []byte { return leb(append(code, 2), uint32(offset)) }

func need(address Expr) {
	if address.kind != I32 {
		panic(fmt.Sprintf("asm: %v is no address", address.kind))
	}
}

func load(address Expr, result Kind, code []byte) Expr {
	need(address)
	return unary(address, result, code)
}

// Load returns the value of a kind at address + offset.
func Load(k Kind, address Expr, offset int) Expr {
	op := [...][]byte{{0x28}, {0x2a}, simd(0x00), simd(0x00)}[k]
	return load(address, k, at(op, offset))
}

// LoadSplat returns four times the float at address + offset.
func LoadSplat(address Expr, offset int) Expr { return load(address, F32x4, at(simd(0x09), offset)) }

// LoadPart returns n floats, 1..4, at address + offset as the first lanes of a
// vector whose other lanes are 0. It reads no byte beyond them.
func LoadPart(n int, address Expr, offset int) Expr {
	switch n {
	case 1:
		return load(address, F32x4, at(simd(0x5c), offset))
	case 2:
		return load(address, F32x4, at(simd(0x5d), offset))
	case 3:
		return LoadPart(2, address, offset).LoadLane(2, address, offset+8)
	}
	return Load(F32x4, address, offset)
}

// LoadLane returns the vector x with the float at address + offset in lane i.
func (x Expr) LoadLane(i int, address Expr, offset int) Expr {
	need(address)
	return Expr{x.kind, func(f *Func) {
		address.put(f)
		x.put(f)
		f.emit([]Kind{I32, x.kind}, []Kind{x.kind}, append(at(simd(0x56), offset), byte(i))...)
	}}
}

// Store emits a store of e at address + offset.
func (f *Func) Store(address Expr, offset int, e Expr) {
	op := [...][]byte{{0x36}, {0x38}, simd(0x0b), simd(0x0b)}[e.kind]
	f.store(address, e, at(op, offset))
}

func (f *Func) store(address, e Expr, code []byte) {
	need(address)
	address.put(f)
	e.put(f)
	f.emit([]Kind{I32, e.kind}, nil, code...)
}

// StorePart emits a store of the lanes first..first+n-1 of the vector e at
// address + offset. e is best a variable: it may be used twice.
func (f *Func) StorePart(first, n int, address Expr, offset int, e Expr) {
	switch {
	case n == 4:
		f.Store(address, offset, e)
	case n >= 2 && first%2 == 0:
		f.store(address, e, append(at(simd(0x5b), offset), byte(first/2)))
		if n == 3 {
			f.StorePart(first+2, 1, address, offset+8, e)
		}
	case n >= 1:
		f.store(address, e, append(at(simd(0x5a), offset), byte(first)))
		if n > 1 {
			f.StorePart(first+1, n-1, address, offset+4, e)
		}
	}
}
