package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// side is how many rows go down a tree side by side. Each step waits for the
// last one's loads, so that one row alone leaves the processor idle.
const side = 8

// descend emits descend(dst, stride, copies, size, nodes, x, n, d, missing);
// stride, size and d are bytes. A row that has come to its leaf stays there
// until those beside it have, as a leaf's distance to the right is 0 and nothing
// is below NaN.
func descend(m *asm.Module) {
	f := m.Func("descend", ints(9))
	p := f.Params()
	dst, stride, copies, size, nodes, x, n, d, missing := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]
	walk := func(rows int, nan bool) {
		at, what, row := make([]asm.Var, rows), make([]asm.Var, rows), make([]asm.Var, rows)
		for i := range rows {
			at[i], what[i] = copyOf(f, nodes.Get()), copyOf(f, asm.Load(asm.I32, nodes.Get(), 4))
			row[i] = copyOf(f, x.Get())
			x.Add(d.Get())
		}
		arrived := copyOf(f, what[0].Get())
		f.While(arrived.Get().Ge(asm.Int(0)), func() {
			for i := range rows {
				v := asm.Load(asm.F32, row[i].Get().Add(what[i].Get().Shl(2)), 0)
				if nan {
					v = f.Let(v)
				}
				left := v.Lt(asm.Load(asm.F32, at[i].Get(), 0))
				if nan {
					left = left.Or(v.Ne(v).And(what[i].Get().ShrU(30)))
				}
				at[i].Add(asm.Choose(left, asm.Int(1), asm.Load(asm.I32, at[i].Get(), 8)).Shl(4))
				what[i].Set(asm.Load(asm.I32, at[i].Get(), 4))
			}
			all := what[0].Get()
			for _, w := range what[1:] {
				all = all.And(w.Get())
			}
			arrived.Set(all)
		})
		to := make([]asm.Var, rows)
		for i := range to {
			to[i] = copyOf(f, dst.Get())
			dst.Add(stride.Get())
		}
		counted(f, copyOf(f, copies.Get()), func() {
			for i := range rows {
				f.Store(to[i].Get(), 0, asm.Load(asm.F32, to[i].Get(), 0).Add(asm.Load(asm.F32, at[i].Get(), 12)))
				to[i].Add(asm.Int(4))
				at[i].Add(size.Get())
			}
		})
	}
	all := func(nan bool) {
		f.While(n.Get().Ge(asm.Int(side)), func() {
			walk(side, nan)
			n.Add(asm.Int(-side))
		})
		counted(f, n, func() { walk(1, nan) })
	}
	f.If(missing.Get(), func() { all(true) }, func() { all(false) })
}
