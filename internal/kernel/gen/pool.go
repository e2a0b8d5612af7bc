package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

func pools(m *asm.Module) {
	maxPool(m)
	maxPoolBackward(m)
}

// maxPool emits maxPool(dst, from, x, n, h, w, c).
func maxPool(m *asm.Module) {
	f := m.Func("maxPool", ints(7))
	p := f.Params()
	dst, from, x, n, h, w, c := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	pixel := f.Let(c.Get().Shl(2))
	line := f.Let(w.Get().Mul(pixel))
	at := f.Var(asm.I32) // index in x of the first pixel of the square
	start := copyOf(f, x.Get())
	square := func() {
		at.Set(x.Get().Sub(start.Get()).ShrU(2))
		below := f.Let(x.Get().Add(line))
		corners := []asm.Var{copyOf(f, x.Get()), copyOf(f, x.Get().Add(pixel)), copyOf(f, below), copyOf(f, below.Add(pixel))}
		lanes{f, copyOf(f, c.Get()), corners, []asm.Var{dst, from}, func(v []asm.Expr) []asm.Expr {
			top, best := v[0], f.Let(at.Get().Splat().Add(asm.Ints(0, 1, 2, 3)))
			first := best
			for i, next := range v[1:] {
				index := [...]asm.Expr{c.Get(), w.Get().Mul(c.Get()), w.Get().Add(asm.Int(1)).Mul(c.Get())}[i]
				more := f.Let(next.Gt(top))
				top = f.Let(asm.Choose(more, next, top))
				best = f.Let(asm.Choose(more, first.Add(index.Splat()), best).AsFloats()).AsInts()
			}
			at.Add(asm.Int(4))
			return []asm.Expr{top, best}
		}}.emit()
		x.Add(pixel.Shl(1))
	}
	counted(f, n, func() {
		next := f.Let(x.Get().Add(line.Mul(h.Get())))
		counted(f, copyOf(f, h.Get().ShrU(1)), func() {
			row := f.Let(x.Get())
			counted(f, copyOf(f, w.Get().ShrU(1)), square)
			x.Set(row.Add(line.Shl(1)))
		})
		x.Set(next)
	})
}

// maxPoolBackward emits maxPoolBackward(dx, dy, from, n, length), which stops
// and returns 0 where an index lies outside dx, of that length.
func maxPoolBackward(m *asm.Module) {
	f := m.Func("maxPoolBackward", ints(5), asm.I32)
	p := f.Params()
	dx, dy, from, n, length := p[0], p[1], p[2], p[3], p[4]
	counted(f, n, func() {
		i := f.Let(asm.Load(asm.I32, from.Get(), 0))
		f.If(i.Below(length.Get()).Eq(asm.Int(0)), func() { f.Return(asm.Int(0)) }, nil)
		to := f.Let(dx.Get().Add(i.Shl(2)))
		f.Store(to, 0, asm.Load(asm.F32, to, 0).Add(asm.Load(asm.F32, dy.Get(), 0)))
		from.Add(asm.Int(4))
		dy.Add(asm.Int(4))
	})
	f.Result(asm.Int(1))
}
