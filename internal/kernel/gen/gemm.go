package main

import "github.com/whybox/whybox/internal/kernel/gen/asm"

// form is one of the three products. An element starts at 0, at its bias or at
// itself and adds k products in order; a block of elements advances together in
// registers. In all three a vector holds neighbouring columns of dst.
type form struct {
	name string
	ta   bool // a is stored k×m
	tb   bool // b is stored n×k
}

// blocks lists, for each number of rows done together, how many vectors of
// columns a block may have, widest first; the last must be 1. Eight sums are
// enough to hide the latency of an addition and leave registers for the rest.
var blocks = []struct {
	rows    int
	vectors []int
}{{4, []int{2, 1}}, {1, []int{8, 2, 1}}}

// unroll is how many products the inner loop of a whole block adds a turn. Four
// is also the side of the squares that the third form transposes.
const unroll = 4

func products(m *asm.Module) {
	for _, f := range []form{{"gemm", false, false}, {"gemmTA", true, false}, {"gemmTB", false, true}} {
		product(m, f)
	}
}

// gemm holds the variables of a product while its code is emitted.
type gemm struct {
	form
	*asm.Func
	n, k, act            asm.Var
	a, b, c, d           asm.Var // first element of the present block
	aRow, aStep          asm.Expr
	bColumn, bStep       asm.Expr // bytes from a column of b to the next, from a row to the next
	cRow, dRow           asm.Expr
	a0, b0, c0, d0, left asm.Var // of the present rows; columns left
}

// product emits name(dst, a, b, c, m, n, k, act): c is the address of the bias,
// dst to add to it, or 0; act 1 is ReLU.
func product(m *asm.Module, fm form) {
	f := m.Func(fm.name, ints(8))
	p := f.Params()
	g := &gemm{form: fm, Func: f, n: p[5], k: p[6], act: p[7], d0: p[0], a0: p[1], b0: p[2], c0: p[3]}
	rows := p[4]
	for _, v := range []*asm.Var{&g.a, &g.b, &g.c, &g.d, &g.left} {
		*v = f.Var(asm.I32)
	}
	n4, k4 := f.Let(g.n.Get().Shl(2)), f.Let(g.k.Get().Shl(2))
	g.dRow = n4
	g.cRow = f.Let(asm.Choose(g.c0.Get().Eq(g.d0.Get()), n4, asm.Int(0)))
	g.aRow, g.aStep = k4, asm.Int(4)
	if g.ta {
		g.aRow, g.aStep = asm.Int(4), f.Let(rows.Get().Shl(2))
	}
	g.bColumn, g.bStep = asm.Int(4), n4
	if g.tb {
		g.bColumn, g.bStep = k4, asm.Int(4)
	}
	for _, b := range blocks {
		f.While(rows.Get().Ge(asm.Int(b.rows)), func() {
			g.band(b.rows, b.vectors)
			rows.Add(asm.Int(-b.rows))
		})
	}
}

// band emits the loop over the columns of some rows, and the step to the next.
func (g *gemm) band(rows int, vectors []int) {
	g.d.Set(g.d0.Get())
	g.b.Set(g.b0.Get())
	g.c.Set(g.c0.Get())
	g.left.Set(g.n.Get())
	for _, v := range vectors {
		g.While(g.left.Get().Ge(asm.Int(4*v)), func() {
			g.block(rows, v, 4)
			g.forward(4 * v)
			g.left.Add(asm.Int(-4 * v))
		})
	}
	g.If(g.left.Get(), func() { g.tail(rows) }, nil)
	g.d0.Add(g.dRow.Mul(asm.Int(rows)))
	g.a0.Add(g.aRow.Mul(asm.Int(rows)))
	g.If(g.c0.Get(), func() { g.c0.Add(g.cRow.Mul(asm.Int(rows))) }, nil)
}

// forward moves the addresses by so many columns.
func (g *gemm) forward(columns int) {
	g.d.Add(asm.Int(4 * columns))
	g.b.Add(g.bColumn.Mul(asm.Int(columns)))
	g.If(g.c.Get(), func() { g.c.Add(asm.Int(4 * columns)) }, nil)
}

// tail emits the last 1..3 columns. Where there are four or more in all, a
// vector over the last four recomputes some and stores only the new; else it
// is loaded in part. Nothing beyond the slices is read.
func (g *gemm) tail(rows int) {
	g.If(g.n.Get().Gt(asm.Int(3)), func() {
		for r := 1; r < 4; r++ {
			g.If(g.left.Get().Eq(asm.Int(r)), func() {
				g.forward(r - 4)
				g.last(rows, r)
			}, nil)
		}
	}, func() {
		for r := 1; r < 4; r++ {
			g.If(g.n.Get().Eq(asm.Int(r)), func() { g.block(rows, 1, r) }, nil)
		}
	})
}

// last emits a block of which only the last r columns are stored.
func (g *gemm) last(rows, r int) {
	sums := g.start(rows, 1, 4)
	g.addAll(rows, sums, 4)
	g.finish(rows, sums, 4-r, r)
}

// block emits rows × vectors sums. width is 4, or the columns there are in all.
func (g *gemm) block(rows, vectors, width int) {
	sums := g.start(rows, vectors, width)
	g.addAll(rows, sums, width)
	g.finish(rows, sums, 0, width)
}

// start emits the loads of what the sums start with. sums[r][v] is row r,
// vector v.
func (g *gemm) start(rows, vectors, width int) [][]asm.Var {
	sums := make([][]asm.Var, rows)
	for r := range sums {
		for range vectors {
			sums[r] = append(sums[r], g.Var(asm.F32x4))
		}
	}
	g.If(g.c.Get(), func() {
		at := g.Var(asm.I32)
		at.Set(g.c.Get())
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
	return sums
}

// addAll emits the loop over k.
func (g *gemm) addAll(rows int, sums [][]asm.Var, width int) {
	k := g.Var(asm.I32)
	k.Set(g.k.Get())
	as := g.rowAddresses(rows)
	bs := g.columnAddresses(len(sums[0]), width)
	if width == 4 {
		g.While(k.Get().Ge(asm.Int(unroll)), func() {
			g.turn(sums, as, bs, unroll, width)
			k.Add(asm.Int(-unroll))
		})
	}
	g.While(k.Get().Gt(asm.Int(0)), func() {
		g.turn(sums, as, bs, 1, width)
		k.Add(asm.Int(-1))
	})
}

// rowAddresses emits the addresses of the block's rows of a; one serves all
// where they lie side by side.
func (g *gemm) rowAddresses(rows int) []asm.Var {
	var as []asm.Var
	for r := range rows {
		if g.ta && r > 0 {
			break
		}
		v := g.Var(asm.I32)
		if r == 0 {
			v.Set(g.a0.Get())
		} else {
			v.Set(as[r-1].Get().Add(g.aRow))
		}
		as = append(as, v)
	}
	return as
}

// columnAddresses emits the address of the block in b, or, where b is stored
// by columns, those of its columns.
func (g *gemm) columnAddresses(vectors, width int) []asm.Var {
	n := 1
	if g.tb {
		n = min(width, 4) * vectors
	}
	var bs []asm.Var
	for i := range n {
		v := g.Var(asm.I32)
		if i == 0 {
			v.Set(g.b.Get())
		} else {
			v.Set(bs[i-1].Get().Add(g.bColumn))
		}
		bs = append(bs, v)
	}
	return bs
}

// turn emits the addition of so many products to every sum, and the steps.
func (g *gemm) turn(sums [][]asm.Var, as, bs []asm.Var, steps, width int) {
	var squares [][]asm.Expr // squares[v][p]: row p of b, transposed
	if g.tb && steps == 4 {
		for v := range sums[0] {
			squares = append(squares, g.transpose(bs[4*v:4*v+4]))
		}
	}
	for p := range steps {
		y := make([]asm.Expr, len(sums[0]))
		for v := range y {
			switch {
			case squares != nil:
				y[v] = squares[v][p]
			case g.tb:
				y[v] = g.Let(gather(bs[min(width, 4)*v:], width))
			default:
				y[v] = g.Let(asm.LoadPart(width, bs[0].Get(), 16*v))
			}
		}
		for r, row := range sums {
			x := g.Let(asm.LoadSplat(g.a1(as, r, p)))
			for v, s := range row {
				s.Set(x.Mul(y[v]).Add(s.Get()))
			}
		}
		if !g.tb {
			bs[0].Add(g.bStep)
		}
		if g.ta {
			as[0].Add(g.aStep)
		}
	}
	if !g.ta {
		for _, a := range as {
			a.Add(asm.Int(4 * steps))
		}
	}
	if g.tb {
		for _, b := range bs {
			b.Add(asm.Int(4 * steps))
		}
	}
}

// a1 returns the address of a[r,p], p steps from where the turn began.
func (g *gemm) a1(as []asm.Var, r, p int) (asm.Expr, int) {
	if g.ta {
		return as[0].Get(), 4 * r
	}
	return as[r].Get(), 4 * p
}

// gather returns the present number of each of the first width columns.
func gather(bs []asm.Var, width int) asm.Expr {
	x := asm.LoadPart(1, bs[0].Get(), 0)
	for i := 1; i < width; i++ {
		x = x.LoadLane(i, bs[i].Get(), 0)
	}
	return x
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
		g.Let(asm.Shuffle(l01, l23, first)), g.Let(asm.Shuffle(l01, l23, second)),
		g.Let(asm.Shuffle(h01, h23, first)), g.Let(asm.Shuffle(h01, h23, second)),
	}
}

// finish emits the activation and the stores of n columns from lane first on.
func (g *gemm) finish(rows int, sums [][]asm.Var, first, n int) {
	g.If(g.act.Get(), func() {
		for _, row := range sums {
			for _, s := range row {
				s.Set(relu(s.Get()))
			}
		}
	}, nil)
	at := g.Var(asm.I32)
	at.Set(g.d.Get())
	for r := range rows {
		if r > 0 {
			at.Add(g.dRow)
		}
		for v, s := range sums[r] {
			g.StorePart(first, n, at.Get(), 16*v+4*first, s.Get())
		}
	}
}
