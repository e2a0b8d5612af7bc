package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// mixBlock is that of package kernel.
const mixBlock = 5

func mixtures(m *asm.Module) {
	mixChoices(m)
	mixTable(m)
	mixSums(m)
}

// mixChoices emits mixChoices(at, take, s, d, stride).
func mixChoices(m *asm.Module) {
	f := m.Func("mixChoices", ints(5))
	p := f.Params()
	at, take, s, d, stride := p[0], p[1], p[2], p[3], p[4]
	left, block, choice := f.Var(asm.I32), f.Var(asm.I32), f.Var(asm.I32)
	step := func(features int) {
		f.Store(at.Get(), 0, block.Get().Add(choice.Get()).Mul(stride.Get()))
		at.Add(asm.Int(4))
		take.Add(asm.Int(4 * features))
		block.Add(asm.Int(1 << mixBlock))
	}
	bit := func(i int) asm.Expr { return asm.Load(asm.I32, take.Get(), 4*i).And(asm.Int(1 << i)) }
	counted(f, s, func() {
		left.Set(d.Get())
		block.Set(asm.Int(0))
		f.While(left.Get().Ge(asm.Int(mixBlock)), func() {
			all := bit(0)
			for i := 1; i < mixBlock; i++ {
				all = all.Or(bit(i))
			}
			choice.Set(all)
			step(mixBlock)
			left.Add(asm.Int(-mixBlock))
		})
		f.If(left.Get(), func() {
			choice.Set(asm.Int(0))
			for i := range mixBlock - 1 {
				f.If(left.Get().Gt(asm.Int(i)), func() { choice.Set(choice.Get().Or(bit(i))) }, nil)
			}
			step(0)
			take.Add(left.Get().Shl(2))
		}, nil)
	})
}

// mixTable emits mixTable(table, x, rest, w, d, n).
func mixTable(m *asm.Module) {
	f := m.Func("mixTable", ints(6))
	p := f.Params()
	table, x, rest, w, d, n := p[0], p[1], p[2], p[3], p[4], p[5]
	row := f.Let(n.Get().Add(asm.Int(3)).And(asm.Int(-4)).Shl(2)) // bytes
	rows := copyOf(f, asm.Int(1))                                 // choices of the features of the block so far
	to := f.Var(asm.I32)
	counted(f, d, func() {
		first := f.Let(asm.Load(asm.F32, x.Get(), 0).Splat())
		second := f.Let(asm.Load(asm.F32, rest.Get(), 0).Splat())
		far := f.Let(rows.Get().Mul(row))
		to.Set(table.Get())
		lanes{f, copyOf(f, n.Get()), []asm.Var{w}, nil, func(v []asm.Expr) []asm.Expr {
			in, out := f.Let(first.Mul(v[0])), f.Let(second.Mul(v[0]))
			f.If(rows.Get().Eq(asm.Int(1)), func() {
				f.Store(to.Get(), 0, out)
				f.Store(to.Get().Add(far), 0, in)
			}, func() {
				at := copyOf(f, to.Get())
				counted(f, copyOf(f, rows.Get()), func() {
					sum := f.Let(asm.Load(asm.F32x4, at.Get(), 0))
					f.Store(at.Get(), 0, sum.Add(out))
					f.Store(at.Get().Add(far), 0, sum.Add(in))
					at.Add(row)
				})
			})
			to.Add(asm.Int(16))
			return nil
		}}.emit()
		x.Add(asm.Int(4))
		rest.Add(asm.Int(4))
		rows.Set(rows.Get().Shl(1))
		f.If(rows.Get().Eq(asm.Int(1<<mixBlock)), func() {
			rows.Set(asm.Int(1))
			table.Add(row.Shl(mixBlock))
		}, nil)
	})
}

// mixSums emits mixSums(dst, table, bias, from, rows, blocks, n, act); act 1 is
// ReLU.
func mixSums(m *asm.Module) {
	f := m.Func("mixSums", ints(8))
	p := f.Params()
	dst, table, bias, from, rows, blocks, left, act := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
	row := f.Let(left.Get().Shl(2))
	strip := func(vectors, width int) {
		to, at := copyOf(f, dst.Get()), copyOf(f, from.Get())
		sums := make([]asm.Var, vectors)
		for v := range sums {
			sums[v] = f.Var(asm.F32x4)
		}
		counted(f, copyOf(f, rows.Get()), func() {
			for v, s := range sums {
				s.Set(asm.LoadPart(width, bias.Get(), 16*v))
			}
			counted(f, copyOf(f, blocks.Get()), func() {
				part := f.Let(table.Get().Add(asm.Load(asm.I32, at.Get(), 0).Shl(2)))
				for v, s := range sums {
					s.Set(s.Get().Add(asm.Load(asm.F32x4, part, 16*v)))
				}
				at.Add(asm.Int(4))
			})
			f.If(act.Get(), func() {
				for _, s := range sums {
					s.Set(relu(s.Get()))
				}
			}, nil)
			for v, s := range sums {
				f.StorePart(0, width, to.Get(), 16*v, s.Get())
			}
			to.Add(row)
		})
	}
	for _, vectors := range []int{8, 4, 1} {
		f.While(left.Get().Ge(asm.Int(4*vectors)), func() {
			strip(vectors, 4)
			for _, v := range []asm.Var{dst, table, bias} {
				v.Add(asm.Int(16 * vectors))
			}
			left.Add(asm.Int(-4 * vectors))
		})
	}
	for r := 1; r < 4; r++ {
		f.If(left.Get().Eq(asm.Int(r)), func() { strip(1, r) }, nil)
	}
}
