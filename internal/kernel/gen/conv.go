package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// convolutions emits im2col(cols, x, n, h, w, in, size) and col2im, of the
// same parameters.
func convolutions(m *asm.Module) {
	patches(m, "im2col", func(f *asm.Func, cols, x, n asm.Var) {
		lanes{f, n, []asm.Var{x}, []asm.Var{cols}, func(v []asm.Expr) []asm.Expr { return v }}.emit()
	}, func(f *asm.Func, cols, n asm.Var) {
		lanes{f, n, nil, []asm.Var{cols}, func([]asm.Expr) []asm.Expr { return []asm.Expr{asm.Floats(0)} }}.emit()
	})
	patches(m, "col2im", func(f *asm.Func, cols, x, n asm.Var) {
		lanes{f, n, []asm.Var{x, cols}, []asm.Var{x, cols}[:1], func(v []asm.Expr) []asm.Expr {
			return []asm.Expr{v[0].Add(v[1])}
		}}.emit()
	}, func(f *asm.Func, cols, n asm.Var) { cols.Add(n.Get().Shl(2)) })
}

// patches emits the walk over the filter rows of every pixel's patch: inside
// for n numbers that lie in the image at x, outside for n beside it. Both leave
// cols behind what they handled.
func patches(m *asm.Module, name string, inside func(f *asm.Func, cols, x, n asm.Var), outside func(f *asm.Func, cols, n asm.Var)) {
	f := m.Func(name, ints(7))
	p := f.Params()
	cols, x, n, h, w, in, size := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	half := f.Let(size.Get().ShrU(1))
	line := f.Let(size.Get().Mul(in.Get()))
	rowBytes := f.Let(w.Get().Mul(in.Get()).Shl(2))
	y, px := f.Var(asm.I32), f.Var(asm.I32)
	left, middle, right := f.Var(asm.I32), f.Var(asm.I32), f.Var(asm.I32) // numbers of a filter row
	scratch := func(v asm.Var) asm.Var { return copyOf(f, v.Get()) }

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
				f.If(left.Get(), func() { outside(f, cols, scratch(left)) }, nil)
				inside(f, cols, scratch(at), scratch(middle))
				f.If(right.Get(), func() { outside(f, cols, scratch(right)) }, nil)
			}, func() { outside(f, cols, copyOf(f, line)) })
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
