package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// maps are the loops that compute each element from those at its place:
// name(dst, x, ..., n).
func maps(m *asm.Module) {
	one := func(name string, g func(f *asm.Func, x asm.Expr) asm.Expr) {
		each(m, name, 1, false, func(f *asm.Func, x []asm.Expr) asm.Expr { return g(f, x[0]) })
	}
	one("relu", func(_ *asm.Func, x asm.Expr) asm.Expr { return relu(x) })
	one("tanh", tanh)
	one("sigmoid", sigmoid)
	one("exp", exp)
	one("log", logarithm)

	two := func(name string, onto bool, g func(x []asm.Expr) asm.Expr) {
		each(m, name, 2, onto, func(_ *asm.Func, x []asm.Expr) asm.Expr { return g(x) })
	}
	two("add", false, func(x []asm.Expr) asm.Expr { return x[0].Add(x[1]) })
	two("sub", false, func(x []asm.Expr) asm.Expr { return x[0].Sub(x[1]) })
	two("mul", false, func(x []asm.Expr) asm.Expr { return x[0].Mul(x[1]) })
	two("mulAdd", true, func(x []asm.Expr) asm.Expr { return x[2].Add(x[0].Mul(x[1])) })
	two("divAdd", true, func(x []asm.Expr) asm.Expr { return x[2].Add(x[0].Div(x[1])) })

	// Given the gradient dy and the output y of an activation.
	one1 := asm.Floats(1)
	two("reluBackward", false, func(x []asm.Expr) asm.Expr {
		return x[0].AsInts().AndNot(x[1].Le(asm.Floats(0))).AsFloats()
	})
	two("tanhBackward", false, func(x []asm.Expr) asm.Expr {
		return x[0].Mul(one1.Sub(x[1].Mul(x[1])))
	})
	two("sigmoidBackward", false, func(x []asm.Expr) asm.Expr {
		return x[0].Mul(x[1].Mul(one1.Sub(x[1])))
	})

	scaled(m, "axpy", true, func(a asm.Expr, x []asm.Expr) asm.Expr { return x[1].Add(a.Mul(x[0])) })
	scaled(m, "scale", false, func(a asm.Expr, x []asm.Expr) asm.Expr { return a.Mul(x[0]) })
	scaled(m, "shift", false, func(a asm.Expr, x []asm.Expr) asm.Expr { return x[0].Add(a) })
}

// each emits a map of so many sources; onto says that what dst holds comes
// after them.
func each(m *asm.Module, name string, sources int, onto bool, g func(f *asm.Func, x []asm.Expr) asm.Expr) {
	f := m.Func(name, ints(sources+2))
	p := f.Params()
	in := p[1 : sources+1 : sources+1]
	if onto {
		in = append(in, p[0])
	}
	lanes{f, p[sources+1], in, p[:1], func(x []asm.Expr) []asm.Expr {
		return []asm.Expr{g(f, x)}
	}}.emit()
}

// scaled emits name(dst, x, n, a).
func scaled(m *asm.Module, name string, onto bool, g func(a asm.Expr, x []asm.Expr) asm.Expr) {
	f := m.Func(name, ints(3, asm.F32))
	p := f.Params()
	a := f.Let(p[3].Get().Splat())
	in := []asm.Var{p[1]}
	if onto {
		in = append(in, p[0])
	}
	lanes{f, p[2], in, p[:1], func(x []asm.Expr) []asm.Expr {
		return []asm.Expr{g(a, x)}
	}}.emit()
}
