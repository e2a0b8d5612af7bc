package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

func softmaxes(m *asm.Module) {
	softmax(m)
	softmaxBackward(m)
	crossEntropyBackward(m)
}

// softmax emits softmax(loss, dst, x, y, n, k); with loss 0 there are no
// classes y.
func softmax(m *asm.Module) {
	f := m.Func("softmax", ints(6))
	p := f.Params()
	loss, dst, x, y, n, k := p[0], p[1], p[2], p[3], p[4], p[5]
	top, known, sum := f.Var(asm.F32), f.Var(asm.F32), f.Var(asm.F32x4)
	counted(f, n, func() {
		f.If(loss.Get(), func() {
			known.Set(asm.Load(asm.F32, x.Get().Add(asm.Load(asm.I32, y.Get(), 0).Shl(2)), 0))
			y.Add(asm.Int(4))
		}, nil)
		largest(f, top, x, k)
		shift := f.Let(top.Get().Splat())
		sum.Set(asm.Floats(0))
		row, left := copyOf(f, dst.Get()), copyOf(f, k.Get())
		lanes{f, left, []asm.Var{x}, []asm.Var{dst}, func(v []asm.Expr) []asm.Expr {
			e := exp(f, f.Let(v[0].Sub(shift)))
			inside := left.Get().Splat().Gt(asm.Ints(0, 1, 2, 3))
			sum.Set(sum.Get().Add(e.AsInts().And(inside).AsFloats()))
			return []asm.Expr{e}
		}}.emit()
		all := copyOf(f, total(sum.Get()))
		by := f.Let(all.Get().Splat())
		lanes{f, copyOf(f, k.Get()), []asm.Var{row}, []asm.Var{row}, func(v []asm.Expr) []asm.Expr {
			return []asm.Expr{v[0].Div(by)}
		}}.emit()
		f.If(loss.Get(), func() {
			log := logarithm(f, by)
			f.Store(loss.Get(), 0, top.Get().Sub(known.Get()).Add(log.Lane(0)))
			loss.Add(asm.Int(4))
		}, nil)
	})
}

// largest emits top = the largest of the k numbers at x, as the portable loop
// finds it.
func largest(f *asm.Func, top, x, k asm.Var) {
	top.Set(asm.Load(asm.F32, x.Get(), 0))
	at := copyOf(f, x.Get())
	counted(f, copyOf(f, k.Get().Sub(asm.Int(1))), func() {
		at.Add(asm.Int(4))
		v := f.Let(asm.Load(asm.F32, at.Get(), 0))
		top.Set(asm.Choose(v.Gt(top.Get()), v, top.Get()))
	})
}

// softmaxBackward emits softmaxBackward(dst, dy, y, n, k).
func softmaxBackward(m *asm.Module) {
	f := m.Func("softmaxBackward", ints(5))
	p := f.Params()
	dst, dy, y, n, k := p[0], p[1], p[2], p[3], p[4]
	sum := f.Var(asm.F32x4)
	counted(f, n, func() {
		sum.Set(asm.Floats(0))
		lanes{f, copyOf(f, k.Get()), []asm.Var{copyOf(f, dy.Get()), copyOf(f, y.Get())}, nil, func(x []asm.Expr) []asm.Expr {
			sum.Set(x[0].Mul(x[1]).Add(sum.Get()))
			return nil
		}}.emit()
		mean := f.Let(f.Let(total(sum.Get())).Splat())
		lanes{f, copyOf(f, k.Get()), []asm.Var{dst, dy, y}, []asm.Var{dst}, func(x []asm.Expr) []asm.Expr {
			return []asm.Expr{x[0].Add(x[2].Mul(x[1].Sub(mean)))}
		}}.emit()
	})
}

// crossEntropyBackward emits crossEntropyBackward(dst, p, y, n, k, dy).
func crossEntropyBackward(m *asm.Module) {
	f := m.Func("crossEntropyBackward", ints(5, asm.F32))
	p := f.Params()
	dst, prob, y, n, k := p[0], p[1], p[2], p[3], p[4]
	dy := f.Let(p[5].Get().Splat())
	counted(f, n, func() {
		// The class as seen from the present vector.
		class := copyOf(f, asm.Load(asm.I32, y.Get(), 0))
		lanes{f, copyOf(f, k.Get()), []asm.Var{dst, prob}, []asm.Var{dst}, func(x []asm.Expr) []asm.Expr {
			here := class.Get().Splat().Eq(asm.Ints(0, 1, 2, 3))
			v := f.Let(x[1].Sub(here.And(same(one)).AsFloats()))
			class.Add(asm.Int(-4))
			return []asm.Expr{x[0].Add(dy.Mul(v))}
		}}.emit()
		y.Add(asm.Int(4))
	})
}
