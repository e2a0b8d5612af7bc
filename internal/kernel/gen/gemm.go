package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// form is one of the three products. An element starts at 0, at its bias or at
// itself and adds k products in order; a block of elements advances together in
// registers. A vector holds neighbouring columns of dst.
type form struct {
	name  string
	ta    bool // a is stored k×m
	tb    bool // b is stored n×k; panels of it are transposed first
	parts bool // the products come in parts; a steps by strides of its own
}

// panels lists how wide a strip of columns is done at a time, in vectors,
// widest first, and how many rows of it together. Eight sums hide the latency
// of an addition and leave registers for their factors.
var panels = []struct{ vectors, rows int }{{4, 2}, {2, 4}, {1, 4}}

// copies is how often the inner loop of a wide panel stands in a turn.
const copies = 4

// aloneVectors is how many vectors of a single row are done together.
const aloneVectors = 4

// gemm holds the variables of a product while its code is emitted.
type gemm struct {
	form
	*asm.Func
	m, k, act, scratch asm.Expr
	count, jump        asm.Expr // how many parts; bytes from the end of one in a to the next
	aRow, aStep        asm.Expr // bytes to the next row and product
	bRow               asm.Expr // bytes from a row of b as it is stored to the next
	cRow, dRow         asm.Expr
	a0                 asm.Expr
	b0, c0, d0         asm.Var // of the present panel
	left               asm.Var // columns
	a, c, d            asm.Var // of the present rows
	rows               asm.Var // left in the panel
}

func products(m *asm.Module) {
	for _, f := range []form{{name: "gemm"}, {name: "gemmTA", ta: true}, {name: "gemmTB", tb: true},
		{name: "gemmParts", parts: true}, {name: "gemmPartsTA", ta: true, parts: true}} {
		product(m, f)
	}
}

// product emits name(dst, a, b, c, m, n, k, act, scratch); c is the address of
// the bias, dst to add to it, or 0; act 1 is ReLU; scratch holds 16·k numbers
// and is overwritten. In parts it is name(dst, a, b, c, m, n, k, act, stride,
// parts, pitch): each part has k products, of which those in a begin pitch
// numbers after those of the last; its rows (or products, where it is
// transposed) are stride numbers apart.
func product(mod *asm.Module, fm form) {
	more := 0
	if fm.parts {
		more = 2
	}
	f := mod.Func(fm.name, ints(9+more))
	p := f.Params()
	g := &gemm{form: fm, Func: f, a0: p[1].Get(), m: p[4].Get(), k: p[6].Get(), act: p[7].Get(), scratch: p[8].Get(),
		d0: p[0], b0: p[2], c0: p[3], left: p[5]}
	for _, v := range []*asm.Var{&g.a, &g.c, &g.d, &g.rows} {
		*v = f.Var(asm.I32)
	}
	g.dRow = f.Let(p[5].Get().Shl(2))
	g.cRow = f.Let(asm.Choose(g.c0.Get().Eq(g.d0.Get()), g.dRow, asm.Int(0)))
	g.aRow, g.aStep = f.Let(g.k.Shl(2)), asm.Int(4)
	if g.ta {
		g.aRow, g.aStep = asm.Int(4), f.Let(g.m.Shl(2))
	}
	g.bRow = g.dRow
	switch {
	case g.parts:
		g.setParts(p[8].Get(), p[9].Get(), p[10].Get())
	case g.tb:
		g.bRow = g.aRow
	default:
		f.If(g.m.Eq(asm.Int(1)), g.alone, nil)
	}
	for _, p := range panels {
		g.strips(4*p.vectors, func() { g.panel(p.vectors, p.rows, 4) })
	}
	for r := 1; r < 4; r++ {
		f.If(g.left.Get().Eq(asm.Int(r)), func() { g.panel(1, 4, r) }, nil)
	}
}

// setParts sets what a product in parts has more.
func (g *gemm) setParts(stride, parts, pitch asm.Expr) {
	bytes := g.Let(stride.Shl(2))
	read := g.k
	if g.ta {
		g.aStep = bytes
		read = g.k.Mul(stride)
	} else {
		g.aRow = bytes
	}
	g.count, g.jump = parts, g.Let(pitch.Sub(read).Shl(2))
}

// alone emits a product with one row: with vectors of columns alone it has as
// many sums.
func (g *gemm) alone() {
	g.a.Set(g.a0)
	one := func(vectors, width int) {
		g.c.Set(g.c0.Get())
		g.d.Set(g.d0.Get())
		g.block(g.b0.Get(), g.bRow, 1, vectors, width, width)
	}
	for _, v := range []int{aloneVectors, 1} {
		g.strips(4*v, func() { one(v, 4) })
	}
	for r := 1; r < 4; r++ {
		g.If(g.left.Get().Eq(asm.Int(r)), func() { one(1, r) }, nil)
	}
	g.Return()
}

// strips emits the loop over the panels of so many columns.
func (g *gemm) strips(columns int, panel func()) {
	g.While(g.left.Get().Ge(asm.Int(columns)), func() {
		panel()
		g.d0.Add(asm.Int(4 * columns))
		if g.tb {
			g.b0.Add(g.bRow.Mul(asm.Int(columns)))
		} else {
			g.b0.Add(asm.Int(4 * columns))
		}
		g.If(g.c0.Get(), func() { g.c0.Add(asm.Int(4 * columns)) }, nil)
		g.left.Add(asm.Int(-columns))
	})
}

// panel emits all rows of a panel of vectors, or of width columns.
func (g *gemm) panel(vectors, rows, width int) {
	b, bStep, have := g.b0.Get(), g.bRow, width
	if g.tb {
		g.pack(vectors, width)
		b, bStep, have = g.scratch, asm.Int(16*vectors), 4
	}
	g.a.Set(g.a0)
	g.c.Set(g.c0.Get())
	g.d.Set(g.d0.Get())
	g.rows.Set(g.m)
	some := func(r int) {
		g.block(b, bStep, r, vectors, width, have)
		g.a.Add(g.aRow.Mul(asm.Int(r)))
		g.d.Add(g.dRow.Mul(asm.Int(r)))
		g.If(g.c.Get(), func() { g.c.Add(g.cRow.Mul(asm.Int(r))) }, nil)
		g.rows.Add(asm.Int(-r))
	}
	g.While(g.rows.Get().Ge(asm.Int(rows)), func() { some(rows) })
	if !g.form.parts || width < 4 {
		g.While(g.rows.Get().Gt(asm.Int(0)), func() { some(1) })
		return
	}
	// Rows of pixels are short: those left over go together.
	for r := 1; r < rows; r++ {
		g.If(g.rows.Get().Eq(asm.Int(r)), func() { some(r) }, nil)
	}
}

// block emits rows × vectors sums over the panel at b, a row of which is bStep
// bytes after the last. sums[r][v] is row r, vector v. width is 4, or how many
// lanes of the only vector count; of them have is read from b.
func (g *gemm) block(b, bStep asm.Expr, rows, vectors, width, have int) {
	sums := make([][]asm.Var, rows)
	for r := range sums {
		for range vectors {
			sums[r] = append(sums[r], g.Var(asm.F32x4))
		}
	}
	g.start(sums, width)
	as := []asm.Var{copyOf(g.Func, g.a.Get())}
	for r := 1; r < rows && !g.ta; r++ {
		as = append(as, copyOf(g.Func, as[r-1].Get().Add(g.aRow)))
	}
	at := copyOf(g.Func, b)
	length := g.Let(bStep.Mul(g.k))
	turns := 1
	if vectors > 1 {
		turns = copies
	}
	add := func() {
		y := make([]asm.Expr, vectors)
		for v := range y {
			y[v] = asm.LoadPart(have, at.Get(), 16*v)
			if rows > 1 {
				y[v] = g.Let(y[v])
			}
		}
		for r, row := range sums {
			x := g.factor(as, r)
			for v, s := range row {
				s.Set(x.Mul(y[v]).Add(s.Get()))
			}
		}
		at.Add(bStep)
		for _, a := range as {
			a.Add(g.aStep)
		}
	}
	g.If(g.k, func() {
		end := copyOf(g.Func, b.Add(length))
		if !g.form.parts {
			g.Until(at.Get().Eq(end.Get()), turns, add)
			return
		}
		counted(g.Func, copyOf(g.Func, g.count), func() {
			g.Until(at.Get().Eq(end.Get()), turns, add)
			end.Add(length)
			for _, a := range as {
				a.Add(g.jump)
			}
		})
	}, nil)
	g.finish(sums, width)
}

// factor emits the present number of row r of a, four times.
func (g *gemm) factor(as []asm.Var, r int) asm.Expr {
	if g.ta {
		return g.Let(asm.LoadSplat(as[0].Get(), 4*r))
	}
	return g.Let(asm.LoadSplat(as[r].Get(), 0))
}

// start emits the loads of what the sums start with.
func (g *gemm) start(sums [][]asm.Var, width int) {
	g.If(g.c.Get(), func() {
		at := copyOf(g.Func, g.c.Get())
		for r, row := range sums {
			if r > 0 {
				at.Add(g.cRow)
			}
			for v, s := range row {
				s.Set(asm.LoadPart(width, at.Get(), 16*v))
			}
		}
	}, func() {
		for _, row := range sums {
			for _, s := range row {
				s.Set(asm.Floats(0))
			}
		}
	})
}

// finish emits the activation and the stores.
func (g *gemm) finish(sums [][]asm.Var, width int) {
	g.If(g.act, func() {
		for _, row := range sums {
			for _, s := range row {
				s.Set(relu(s.Get()))
			}
		}
	}, nil)
	at := copyOf(g.Func, g.d.Get())
	for r, row := range sums {
		if r > 0 {
			at.Add(g.dRow)
		}
		for v, s := range row {
			g.StorePart(0, width, at.Get(), 16*v, s.Get())
		}
	}
}

// pack emits the transposition of the panel's columns, which b holds as rows,
// to scratch: k rows of 4·vectors numbers. Of a vector in part the rest is 0.
func (g *gemm) pack(vectors, width int) {
	for v := range vectors {
		to := copyOf(g.Func, g.scratch.Add(asm.Int(16*v)))
		var from []asm.Var
		for i := range width {
			from = append(from, copyOf(g.Func, g.b0.Get().Add(g.bRow.Mul(asm.Int(4*v+i)))))
		}
		step := func(n int) {
			to.Add(asm.Int(16 * vectors * n))
			for _, b := range from {
				b.Add(asm.Int(4 * n))
			}
		}
		k := copyOf(g.Func, g.k)
		if width == 4 {
			g.While(k.Get().Ge(asm.Int(4)), func() {
				for i, row := range g.transpose(from) {
					g.Store(to.Get(), 16*vectors*i, row)
				}
				step(4)
				k.Add(asm.Int(-4))
			})
		}
		counted(g.Func, k, func() {
			x := asm.LoadPart(1, from[0].Get(), 0)
			for i, b := range from[1:] {
				x = x.LoadLane(i+1, b.Get(), 0)
			}
			g.Store(to.Get(), 0, x)
			step(1)
		})
	}
}

// transpose emits the next four numbers of four columns as four rows.
func (g *gemm) transpose(columns []asm.Var) []asm.Expr {
	var c [4]asm.Expr
	for i := range c {
		c[i] = g.Let(asm.Load(asm.F32x4, columns[i].Get(), 0))
	}
	low, high := [4]int{0, 4, 1, 5}, [4]int{2, 6, 3, 7}
	l01, h01 := g.Let(asm.Shuffle(c[0], c[1], low)), g.Let(asm.Shuffle(c[0], c[1], high))
	l23, h23 := g.Let(asm.Shuffle(c[2], c[3], low)), g.Let(asm.Shuffle(c[2], c[3], high))
	first, second := [4]int{0, 1, 4, 5}, [4]int{2, 3, 6, 7}
	return []asm.Expr{
		asm.Shuffle(l01, l23, first), asm.Shuffle(l01, l23, second),
		asm.Shuffle(h01, h23, first), asm.Shuffle(h01, h23, second),
	}
}
