package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// lanes is a loop over n numbers, four at a time.
type lanes struct {
	*asm.Func
	n       asm.Var   // numbers; 0 afterwards
	in      []asm.Var // addresses of what is read
	out     []asm.Var // addresses of what is written; may be among in
	compute func(x []asm.Expr) []asm.Expr
}

// emit emits the loop. compute gets the vectors read and returns those to
// write. The last 1..3 numbers make a vector whose other lanes are read as 0
// and not written.
func (l lanes) emit() {
	l.While(l.n.Get().Gt(asm.Int(3)), func() {
		x := make([]asm.Expr, len(l.in))
		for i, a := range l.in {
			x[i] = l.Let(asm.Load(asm.F32x4, a.Get(), 0))
		}
		for i, y := range l.compute(x) {
			l.Store(l.out[i].Get(), 0, y)
		}
		for _, a := range l.addresses() {
			a.Add(asm.Int(16))
		}
		l.n.Add(asm.Int(-4))
	})
	l.If(l.n.Get(), l.tail, nil)
}

// addresses returns every address once.
func (l lanes) addresses() []asm.Var {
	var all []asm.Var
	seen := map[asm.Var]bool{}
	for _, a := range append(append(all, l.in...), l.out...) {
		if !seen[a] {
			seen[a] = true
			all = append(all, a)
		}
	}
	return all
}

func (l lanes) tail() {
	vars, x := make([]asm.Var, len(l.in)), make([]asm.Expr, len(l.in))
	for i := range vars {
		vars[i] = l.Var(asm.F32x4)
		x[i] = vars[i].Get()
	}
	l.each(func(r int) {
		for i, a := range l.in {
			vars[i].Set(asm.LoadPart(r, a.Get(), 0))
		}
	})
	var y []asm.Expr
	for _, e := range l.compute(x) {
		y = append(y, l.Let(e))
	}
	if len(y) > 0 {
		l.each(func(r int) {
			for i, e := range y {
				l.StorePart(0, r, l.out[i].Get(), 0, e)
			}
		})
	}
	for _, a := range l.addresses() {
		a.Add(l.n.Get().Shl(2))
	}
	l.n.Set(asm.Int(0))
}

// each emits code for each number of lanes left over.
func (l lanes) each(code func(r int)) {
	l.If(l.n.Get().Eq(asm.Int(1)), func() { code(1) }, func() {
		l.If(l.n.Get().Eq(asm.Int(2)), func() { code(2) }, func() { code(3) })
	})
}

// counted emits body n times; n is 0 afterwards.
func counted(f *asm.Func, n asm.Var, body func()) {
	f.While(n.Get().Gt(asm.Int(0)), func() {
		body()
		n.Add(asm.Int(-1))
	})
}

// copyOf returns a variable that starts as e.
func copyOf(f *asm.Func, e asm.Expr) asm.Var {
	v := f.Var(e.Kind())
	v.Set(e)
	return v
}
