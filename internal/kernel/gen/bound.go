package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// boundChains is how many independent chains the bound runs side by side:
// enough for two products and two sums a cycle with a latency of three cycles
// each, few enough for the registers.
const boundChains = 12

// bound returns a module that no product can outrun: its only function,
// bound(n, out, x), runs n turns of boundChains vector products, each followed
// by a sum, in registers alone. Benchmarks are measured against it.
func bound() []byte {
	m := &asm.Module{}
	f := m.Func("bound", ints(2, asm.F32))
	n, out := f.Param(0), f.Param(1)
	x := f.Let(f.Param(2).Get().Splat())
	y := f.Let(x.Add(asm.Floats(1)))
	chains := make([]asm.Var, boundChains)
	for i := range chains {
		chains[i] = copyOf(f, asm.Floats(float32(i)))
	}
	counted(f, n, func() {
		for range 4 {
			for _, c := range chains {
				c.Set(c.Get().Mul(x).Add(y))
			}
		}
	})
	for i, c := range chains {
		f.Store(out.Get(), 16*i, c.Get())
	}
	return m.Binary()
}
