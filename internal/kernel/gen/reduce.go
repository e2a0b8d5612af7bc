package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// reductions keep their four partial sums in the lanes of one vector. What is
// missing of the last vector counts as 0, which changes no sum: none is ever
// -0.
func reductions(m *asm.Module) {
	reduction(m, "sum", 1, func(x []asm.Expr) asm.Expr { return x[0] })
	reduction(m, "dot", 2, func(x []asm.Expr) asm.Expr { return x[0].Mul(x[1]) })
	reduction(m, "squaredDistance", 2, func(x []asm.Expr) asm.Expr {
		d := x[0].Sub(x[1])
		return d.Mul(d)
	})

	// finite(x, n) is 1 where x holds neither infinities nor NaN.
	f := m.Func("finite", ints(2), asm.I32)
	p := f.Params()
	bad := f.Var(asm.I32x4)
	lanes{f, p[1], p[:1], nil, func(x []asm.Expr) []asm.Expr {
		bad.Set(bad.Get().Or(x[0].Sub(x[0]).Ne(asm.Floats(0))))
		return nil
	}}.emit()
	f.Result(bad.Get().Any().Eq(asm.Int(0)))
}

// reduction emits name(x, ..., n), the sum of term.
func reduction(m *asm.Module, name string, sources int, term func(x []asm.Expr) asm.Expr) {
	f := m.Func(name, ints(sources+1), asm.F32)
	p := f.Params()
	s := f.Var(asm.F32x4)
	lanes{f, p[sources], p[:sources], nil, func(x []asm.Expr) []asm.Expr {
		s.Set(term(x).Add(s.Get()))
		return nil
	}}.emit()
	f.Result(total(s.Get()))
}

// total returns the sum of the lanes.
func total(s asm.Expr) asm.Expr {
	return s.Lane(0).Add(s.Lane(1)).Add(s.Lane(2).Add(s.Lane(3)))
}

// columns are the loops over rows in which each column goes its own way.
func columns(m *asm.Module) {
	columnSums(m)

	// mix(dst, x, rest, take, n, d), standardize(dst, x, mean, scale, n, d) and mulColumns(dst, x, scale, n, d)
	f := m.Func("standardize", ints(6))
	p := f.Params()
	byRow(f, p[4], p[5], p[1], p[0], p[2:4], func(x []asm.Expr) asm.Expr { return x[0].Sub(x[1]).Mul(x[2]) })
	f = m.Func("mix", ints(6))
	p = f.Params()
	byRow(f, p[4], p[5], p[2], p[0], []asm.Var{p[1], p[3]}, func(x []asm.Expr) asm.Expr {
		return asm.Choose(x[2].AsInts(), x[1], x[0])
	})
	f = m.Func("mulColumns", ints(5))
	p = f.Params()
	byRow(f, p[3], p[4], p[1], p[0], p[2:3], func(x []asm.Expr) asm.Expr { return x[0].Mul(x[1]) })
}

// byRow emits dst = g(x, of the column...) for n rows of d numbers.
func byRow(f *asm.Func, n, d, x, dst asm.Var, of []asm.Var, g func(x []asm.Expr) asm.Expr) {
	counted(f, n, func() {
		in := []asm.Var{x}
		for _, v := range of {
			in = append(in, copyOf(f, v.Get()))
		}
		lanes{f, copyOf(f, d.Get()), in, []asm.Var{dst}, func(x []asm.Expr) []asm.Expr {
			return []asm.Expr{g(x)}
		}}.emit()
	})
}

// columnSums emits columnSums(dst, x, n, d, add).
func columnSums(m *asm.Module) {
	f := m.Func("columnSums", ints(5))
	p := f.Params()
	dst, x, n, d, add := p[0], p[1], p[2], p[3], p[4]
	row := f.Let(d.Get().Shl(2))
	block := func(vectors, width int) {
		sums := make([]asm.Var, vectors)
		for v := range sums {
			sums[v] = f.Var(asm.F32x4)
			sums[v].Set(asm.Floats(0))
		}
		f.If(add.Get(), func() {
			for v, s := range sums {
				s.Set(asm.LoadPart(width, dst.Get(), 16*v))
			}
		}, nil)
		at := copyOf(f, x.Get())
		counted(f, copyOf(f, n.Get()), func() {
			for v, s := range sums {
				s.Set(s.Get().Add(asm.LoadPart(width, at.Get(), 16*v)))
			}
			at.Add(row)
		})
		for v, s := range sums {
			f.StorePart(0, width, dst.Get(), 16*v, s.Get())
		}
	}
	for _, vectors := range []int{4, 1} {
		f.While(d.Get().Ge(asm.Int(4*vectors)), func() {
			block(vectors, 4)
			dst.Add(asm.Int(16 * vectors))
			x.Add(asm.Int(16 * vectors))
			d.Add(asm.Int(-4 * vectors))
		})
	}
	for r := 1; r < 4; r++ {
		f.If(d.Get().Eq(asm.Int(r)), func() { block(1, r) }, nil)
	}
}

// optimisers emits adam(w, g, m, v, n, rate, c1, c2).
func optimisers(m *asm.Module) {
	f := m.Func("adam", ints(5, asm.F32, asm.F32, asm.F32))
	p := f.Params()
	rate, c1, c2 := f.Let(p[5].Get().Splat()), f.Let(p[6].Get().Splat()), f.Let(p[7].Get().Splat())
	const b1, b2, eps = 0.9, 0.999, 1e-8
	lanes{f, p[4], p[:4], []asm.Var{p[2], p[3], p[0]}, func(x []asm.Expr) []asm.Expr {
		w, g, m1, v1 := x[0], x[1], x[2], x[3]
		m1 = f.Let(asm.Floats(b1).Mul(m1).Add(asm.Floats(1 - b1).Mul(g)))
		v1 = f.Let(asm.Floats(b2).Mul(v1).Add(asm.Floats(1 - b2).Mul(g.Mul(g))))
		root := v1.Div(c2).Sqrt()
		return []asm.Expr{m1, v1, w.Sub(rate.Mul(m1.Div(c1)).Div(root.Add(asm.Floats(eps))))}
	}}.emit()
}
