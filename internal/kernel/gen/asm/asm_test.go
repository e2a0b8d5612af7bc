package asm

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// owner exports a memory of one page as "memory".
var owner = []byte("\x00asm\x01\x00\x00\x00\x05\x03\x01\x00\x01\x07\x0a\x01\x06memory\x02\x00")

func instantiate(t *testing.T, m *Module) (api.Module, api.Memory) {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { r.Close(ctx) })
	env, err := r.InstantiateWithConfig(ctx, owner, wazero.NewModuleConfig().WithName("env"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := r.InstantiateWithConfig(ctx, m.Binary(), wazero.NewModuleConfig())
	if err != nil {
		t.Fatal(err)
	}
	return mod, env.Memory()
}

// TestControl sums 1..n in each kind of loop, and chooses by each kind of if.
func TestControl(t *testing.T) {
	m := &Module{}
	loops := map[string]func(f *Func, more Expr, body func()){
		"while":  func(f *Func, more Expr, body func()) { f.While(more, body) },
		"repeat": func(f *Func, more Expr, body func()) { f.Repeat(body, more) },
		"until":  func(f *Func, more Expr, body func()) { f.Until(more.Eq(Int(0)), 3, body) },
	}
	for name, loop := range loops {
		f := m.Func(name, []Kind{I32}, I32)
		n, s := f.Param(0), f.Var(I32)
		loop(f, n.Get().Gt(Int(0)), func() {
			s.Add(n.Get())
			n.Add(Int(-1))
		})
		f.Result(s.Get())
	}
	f := m.Func("sign", []Kind{I32}, I32)
	x := f.Param(0)
	f.If(x.Get().Lt(Int(0)), func() { f.Return(Int(-1)) }, func() {
		f.If(x.Get(), func() { x.Set(Int(1)) }, nil)
	})
	f.Result(x.Get())
	mod, _ := instantiate(t, m)
	for name, cases := range map[string]map[int32]int32{
		"while": {0: 0, 1: 1, 100: 5050}, "repeat": {1: 1, 100: 5050}, "until": {1: 1, 2: 3, 3: 6, 4: 10, 100: 5050},
		"sign": {-7: -1, 0: 0, 300: 1},
	} {
		for in, want := range cases {
			got, err := mod.ExportedFunction(name).Call(context.Background(), api.EncodeI32(in))
			if err != nil || api.DecodeI32(got[0]) != want {
				t.Errorf("%s(%d) = %v, %v; want %d", name, in, got, err, want)
			}
		}
	}
}

// TestMemory loads and stores vectors in part, lane by lane, at any offset.
func TestMemory(t *testing.T) {
	m := &Module{}
	f := m.Func("copy", []Kind{I32, I32})
	from, to := f.Param(0).Get(), f.Param(1).Get()
	at := 0
	for n := 1; n <= 4; n++ {
		f.StorePart(0, n, to, at, f.Let(LoadPart(n, from, 4)))
		at += 4 * n
	}
	f.Store(to, at, Shuffle(Load(F32x4, from, 0), Load(F32x4, from, 16), [4]int{7, 0, 5, 2}))
	f.Store(to, at+16, LoadSplat(from, 12).Add(Floats(100)))
	mod, memory := instantiate(t, m)
	for i := range 9 {
		memory.WriteFloat32Le(uint32(4*i), float32(i))
	}
	if _, err := mod.ExportedFunction("copy").Call(context.Background(), 0, 1000); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float32{1, 1, 2, 1, 2, 3, 1, 2, 3, 4, 7, 0, 5, 2, 103, 103, 103, 103} {
		if got, _ := memory.ReadFloat32Le(uint32(1000 + 4*i)); got != want {
			t.Errorf("[%d] = %g, want %g", i, got, want)
		}
	}
}

// TestWrongStack checks that what would not validate does not get written.
func TestWrongStack(t *testing.T) {
	for name, write := range map[string]func(f *Func){
		"kinds differ":     func(f *Func) { f.Let(Int(1).Add(Float(1))) },
		"lanes differ":     func(f *Func) { f.Let(Floats(1).And(Ints(1, 2, 3, 4))) },
		"no such":          func(f *Func) { f.Let(Int(1).Sqrt()) },
		"wrong variable":   func(f *Func) { f.Var(F32).Set(Int(1)) },
		"wrong condition":  func(f *Func) { f.If(Float(1), func() {}, nil) },
		"wrong address":    func(f *Func) { f.Let(Load(F32, Float(1), 0)) },
		"wrong choice":     func(f *Func) { f.Let(Choose(Int(1), Floats(1), Floats(2))) },
		"left behind":      func(f *Func) { f.Result(Int(1)) },
		"left in a block":  func(f *Func) { f.If(Int(1), func() { f.Result(Int(1)) }, nil) },
		"wrong result":     func(f *Func) { f.Return(Int(1)) },
		"parameter beyond": func(f *Func) { f.Param(0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.HasPrefix(text, "asm: ") {
					t.Errorf("recovered %q", text)
				}
			}()
			m := &Module{}
			write(m.Func("f", nil))
			m.Binary()
		})
	}
}

func TestLEB(t *testing.T) {
	// The examples of the DWARF standard, version 5, tables 7.7 and 7.8.
	for x, want := range map[int32]string{2: "\x02", -2: "\x7e", 127: "\xff\x00", -127: "\x81\x7f", 128: "\x80\x01", -128: "\x80\x7f", 129: "\x81\x01", -129: "\xff\x7e"} {
		if got := string(sleb(nil, x)); got != want {
			t.Errorf("sleb(%d) = %x, want %x", x, got, want)
		}
	}
	for x, want := range map[uint32]string{2: "\x02", 127: "\x7f", 128: "\x80\x01", 129: "\x81\x01", 12857: "\xb9\x64", math.MaxUint32: "\xff\xff\xff\xff\x0f"} {
		if got := string(leb(nil, x)); got != want {
			t.Errorf("leb(%d) = %x, want %x", x, got, want)
		}
	}
}
