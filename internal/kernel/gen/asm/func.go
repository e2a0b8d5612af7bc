package asm

import "fmt"

// Func is a function under construction.
type Func struct {
	name    string
	index   uint32
	params  []Kind
	results []Kind
	locals  []Kind // parameters first
	code    []byte
	stack   []Kind // operands on the stack of the innermost block
}

// Var is a local variable or parameter.
type Var struct {
	f     *Func
	index uint32
}

// Param returns parameter i.
func (f *Func) Param(i int) Var {
	if i >= len(f.params) {
		panic(fmt.Sprintf("asm: %s has no parameter %d", f.name, i))
	}
	return Var{f, uint32(i)}
}

// Params returns all parameters.
func (f *Func) Params() []Var {
	vars := make([]Var, len(f.params))
	for i := range vars {
		vars[i] = f.Param(i)
	}
	return vars
}

// Var adds a local variable, zero at the start of the function.
func (f *Func) Var(k Kind) Var {
	f.locals = append(f.locals, k)
	return Var{f, uint32(len(f.locals) - 1)}
}

// Let emits e into a local variable of its own and returns the expression that
// reads it, so that e is computed once however often it is used.
func (f *Func) Let(e Expr) Expr {
	v := f.Var(e.kind)
	v.Set(e)
	return v.Get()
}

// Kind returns the type of v.
func (v Var) Kind() Kind { return v.f.locals[v.index] }

// Get returns the expression that reads v.
func (v Var) Get() Expr {
	return Expr{v.Kind(), func(f *Func) { f.emit(nil, []Kind{v.Kind()}, leb([]byte{0x20}, v.index)...) }}
}

// Set emits v = e.
func (v Var) Set(e Expr) {
	e.put(v.f)
	v.f.emit([]Kind{v.Kind()}, nil, leb([]byte{0x21}, v.index)...)
}

// Add emits v = v + e.
func (v Var) Add(e Expr) { v.Set(v.Get().Add(e)) }

// emit appends one instruction that takes the operands pops, in the order they
// were pushed, and leaves pushes.
func (f *Func) emit(pops, pushes []Kind, code ...byte) {
	if len(f.stack) < len(pops) {
		panic(fmt.Sprintf("asm: %s: instruction %x takes %v from a stack of %v", f.name, code, pops, f.stack))
	}
	base := len(f.stack) - len(pops)
	for i, k := range pops {
		if f.stack[base+i] != k {
			panic(fmt.Sprintf("asm: %s: instruction %x takes %v from a stack of %v", f.name, code, pops, f.stack))
		}
	}
	f.stack = append(f.stack[:base], pushes...)
	f.code = append(f.code, code...)
}

// block emits the code of body as a block that neither takes nor leaves
// operands, opened by the instruction given.
func (f *Func) block(open byte, body func()) {
	outer := f.stack
	f.stack = nil
	f.code = append(f.code, open, 0x40)
	body()
	if len(f.stack) != 0 {
		panic(fmt.Sprintf("asm: %s: a block leaves %v on the stack", f.name, f.stack))
	}
	f.stack = outer
}

// If emits the code of then for a condition that is not 0, else that of
// otherwise, which may be nil.
func (f *Func) If(cond Expr, then, otherwise func()) {
	cond.put(f)
	f.emit([]Kind{I32}, nil)
	f.block(0x04, then)
	if otherwise != nil {
		outer := f.stack
		f.stack = nil
		f.code = append(f.code, 0x05)
		otherwise()
		if len(f.stack) != 0 {
			panic(fmt.Sprintf("asm: %s: a block leaves %v on the stack", f.name, f.stack))
		}
		f.stack = outer
	}
	f.code = append(f.code, 0x0b)
}

// Repeat emits body in a loop that goes on while cond is not 0; body runs at
// least once.
func (f *Func) Repeat(body func(), cond Expr) {
	f.block(0x03, func() {
		body()
		cond.put(f)
		f.emit([]Kind{I32}, nil, 0x0d, 0x00)
	})
	f.code = append(f.code, 0x0b)
}

// While emits body in a loop that runs while cond is not 0, which is tested
// at the end of a turn: cond stands in the code twice.
func (f *Func) While(cond Expr, body func()) {
	f.If(cond, func() { f.Repeat(body, cond) }, nil)
}

// Until emits body, at least once, until done is not 0, which is tested after
// each time. copies is how often body stands in a turn of the loop: a long
// turn costs less, and the tests in between keep a compiler from moving the
// loads of one body before the sums of the last.
func (f *Func) Until(done Expr, copies int, body func()) {
	f.block(0x02, func() {
		f.block(0x03, func() {
			for range copies {
				body()
				done.put(f)
				f.emit([]Kind{I32}, nil, 0x0d, 0x01)
			}
			f.code = append(f.code, 0x0c, 0x00)
		})
		f.code = append(f.code, 0x0b)
	})
	f.code = append(f.code, 0x0b)
}

// Return emits a return with the results given.
func (f *Func) Return(results ...Expr) {
	f.put(results)
	f.emit(f.results, nil, 0x0f)
}

func (f *Func) put(es []Expr) {
	for _, e := range es {
		e.put(f)
	}
}

// Result emits the expression that is the result at the end of the function.
func (f *Func) Result(e Expr) { e.put(f) }

// body returns the code entry: local variables, in runs of one type, and code.
func (f *Func) body() []byte {
	if fmt.Sprint(f.stack) != fmt.Sprint(f.results) {
		panic(fmt.Sprintf("asm: %s ends with %v on the stack, its results are %v", f.name, f.stack, f.results))
	}
	var runs []byte
	n := 0
	own := f.locals[len(f.params):]
	for at := 0; at < len(own); n++ {
		end := at
		for end < len(own) && own[end].wire() == own[at].wire() {
			end++
		}
		runs = append(leb(runs, uint32(end-at)), own[at].wire())
		at = end
	}
	out := append(leb(nil, uint32(n)), runs...)
	out = append(out, f.code...)
	return append(out, 0x0b)
}
