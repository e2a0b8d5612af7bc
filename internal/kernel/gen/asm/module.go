// Package asm writes WebAssembly modules of plain functions over one imported
// memory. What it knows of WebAssembly is what the kernels need: 32-bit whole
// and floating-point numbers, vectors of four of them, loads and stores, ifs
// and loops. The operand stack is tracked while code is emitted and every
// instruction checked against it, so that a module that would not validate is
// a panic here and not an error in a browser.
//
// Paper: Rossberg (ed.). WebAssembly core specification, version 2.0. W3C 2022.
package asm

import (
	"encoding/binary"
	"math"
)

// Kind is the type of an operand. The two kinds of vector are one type to
// WebAssembly; they are kept apart so that a lane is never taken for the other.
type Kind byte

const (
	I32   Kind = iota // a whole number or an address in bytes
	F32               // a float32
	F32x4             // four float32
	I32x4             // four whole numbers, or masks: all bits 0 or all bits 1
)

// wire returns how the binary format names the type.
func (k Kind) wire() byte { return [...]byte{0x7f, 0x7d, 0x7b, 0x7b}[k] }

// String returns the name of the kind.
func (k Kind) String() string { return [...]string{"i32", "f32", "f32x4", "i32x4"}[k] }

// Module is a module under construction. It imports its memory as env.memory
// and has no data, globals or tables of its own.
type Module struct {
	funcs []*Func
}

// Func adds a function with the parameters and results given, exported under
// its name unless that is "". Its code is what the methods of Func emit.
func (m *Module) Func(name string, params []Kind, results ...Kind) *Func {
	f := &Func{name: name, index: uint32(len(m.funcs)), params: params, results: results}
	for range params {
		f.locals = append(f.locals, params[len(f.locals)])
	}
	m.funcs = append(m.funcs, f)
	return f
}

// Binary returns the module in the binary format.
func (m *Module) Binary() []byte {
	var types, decls, exports, code []byte
	exported := 0
	for _, f := range m.funcs {
		types = append(types, 0x60)
		types = kinds(types, f.params)
		types = kinds(types, f.results)
		decls = leb(decls, f.index) // every function has a type of its own
		if f.name != "" {
			exported++
			exports = name(exports, f.name)
			exports = append(exports, 0x00)
			exports = leb(exports, f.index)
		}
		body := f.body()
		code = leb(code, uint32(len(body)))
		code = append(code, body...)
	}
	imports := name(name(nil, "env"), "memory")
	imports = append(imports, 0x02, 0x00, 0x01) // a memory of at least one page
	n := len(m.funcs)
	out := []byte("\x00asm\x01\x00\x00\x00")
	out = section(out, 1, n, types)
	out = section(out, 2, 1, imports)
	out = section(out, 3, n, decls)
	out = section(out, 7, exported, exports)
	return section(out, 10, n, code)
}

// section appends a section of n entries.
func section(to []byte, id byte, n int, entries []byte) []byte {
	content := append(leb(nil, uint32(n)), entries...)
	to = leb(append(to, id), uint32(len(content)))
	return append(to, content...)
}

// kinds appends a vector of types.
func kinds(to []byte, ks []Kind) []byte {
	to = leb(to, uint32(len(ks)))
	for _, k := range ks {
		to = append(to, k.wire())
	}
	return to
}

// name appends a vector of bytes.
func name(to []byte, s string) []byte { return append(leb(to, uint32(len(s))), s...) }

// leb appends x in unsigned LEB128.
func leb(to []byte, x uint32) []byte { return binary.AppendUvarint(to, uint64(x)) }

// sleb appends x in signed LEB128.
func sleb(to []byte, x int32) []byte {
	for {
		b := byte(x & 0x7f)
		x >>= 7
		if x == 0 && b&0x40 == 0 || x == -1 && b&0x40 != 0 {
			return append(to, b)
		}
		to = append(to, b|0x80)
	}
}

// bits appends the four bytes of a float32.
func bits(to []byte, x float32) []byte {
	return binary.LittleEndian.AppendUint32(to, math.Float32bits(x))
}
