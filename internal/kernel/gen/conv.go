package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// col2im emits col2im(cols, x, n, h, w, in, size): the walk over the filter rows
// of every pixel's patch, which adds those that lie in the image to x.
func col2im(m *asm.Module) {
	f := m.Func("col2im", ints(7))
	p := f.Params()
	cols, x, n, h, w, in, size := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	half := f.Let(size.Get().ShrU(1))
	line := f.Let(size.Get().Mul(in.Get()))
	rowBytes := f.Let(w.Get().Mul(in.Get()).Shl(2))
	y, px := f.Var(asm.I32), f.Var(asm.I32)
	left, middle, right := f.Var(asm.I32), f.Var(asm.I32), f.Var(asm.I32) // numbers of a filter row

	pixel := func() {
		first := f.Let(asm.Choose(half.Gt(px.Get()), half.Sub(px.Get()), asm.Int(0)))
		room := f.Let(w.Get().Add(half).Sub(px.Get()))
		last := f.Let(asm.Choose(room.Lt(size.Get()), room, size.Get()))
		left.Set(first.Mul(in.Get()))
		middle.Set(last.Sub(first).Mul(in.Get()))
		right.Set(size.Get().Sub(last).Mul(in.Get()))
		row := copyOf(f, y.Get().Sub(half))
		// The filter row starts at column px+first-half of image row `row`.
		at := copyOf(f, x.Get().Add(row.Get().Mul(rowBytes)).Add(px.Get().Add(first).Sub(half).Mul(in.Get()).Shl(2)))
		counted(f, copyOf(f, size.Get()), func() {
			f.If(row.Get().Below(h.Get()), func() {
				cols.Add(left.Get().Shl(2))
				to := copyOf(f, at.Get())
				lanes{f, copyOf(f, middle.Get()), []asm.Var{to, cols}, []asm.Var{to}, func(v []asm.Expr) []asm.Expr {
					return []asm.Expr{v[0].Add(v[1])}
				}}.emit()
				cols.Add(right.Get().Shl(2))
			}, func() { cols.Add(line.Shl(2)) })
			row.Add(asm.Int(1))
			at.Add(rowBytes)
		})
	}
	counted(f, n, func() {
		y.Set(asm.Int(0))
		f.While(y.Get().Lt(h.Get()), func() {
			px.Set(asm.Int(0))
			f.While(px.Get().Lt(w.Get()), func() {
				pixel()
				px.Add(asm.Int(1))
			})
			y.Add(asm.Int(1))
		})
		x.Add(rowBytes.Mul(h.Get()))
	})
}
