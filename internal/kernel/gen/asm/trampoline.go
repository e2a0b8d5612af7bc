package asm

// Trampolines returns a module that exports, under the name and with the type
// of each exported function of m, one that calls entry 0, 1, 2 ... of a table,
// in the order of m; the table is exported as "table" and starts out empty. A
// program can be linked against it before m has the memory it needs.
func (m *Module) Trampolines() []byte {
	var types, decls, exports, code []byte
	exports = append(name(exports, "table"), 0x01, 0x00)
	n := 0
	for _, f := range m.funcs {
		if f.name == "" {
			continue
		}
		i := uint32(n)
		n++
		types = append(types, 0x60)
		types = kinds(kinds(types, f.params), f.results)
		decls = leb(decls, i)
		exports = leb(append(name(exports, f.name), 0x00), i)
		body := []byte{0x00} // no local variables
		for p := range f.params {
			body = leb(append(body, 0x20), uint32(p))
		}
		body = sleb(append(body, 0x41), int32(i))
		body = append(leb(append(body, 0x11), i), 0x00, 0x0b) // call the entry as a function of this type
		code = append(leb(code, uint32(len(body))), body...)
	}
	out := []byte("\x00asm\x01\x00\x00\x00")
	out = section(out, 1, n, types)
	out = section(out, 3, n, decls)
	out = section(out, 4, 1, leb([]byte{0x70, 0x00}, uint32(n))) // of functions, at least n
	out = section(out, 7, n+1, exports)
	return section(out, 10, n, code)
}
