//go:build !js

package kernel

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// machine runs kernels.wasm outside a browser.
type machine struct {
	kernels api.Module
	memory  api.Memory
}

// owner is a module that exports a memory of one page as "memory":
// (module (memory (export "memory") 1)).
var owner = []byte("\x00asm\x01\x00\x00\x00\x05\x03\x01\x00\x01\x07\x0a\x01\x06memory\x02\x00")

func newMachine(t *testing.T) *machine {
	t.Helper()
	ctx := context.Background()
	runtime := wazero.NewRuntime(ctx)
	t.Cleanup(func() { runtime.Close(ctx) })
	code, err := os.ReadFile("kernels.wasm")
	if err != nil {
		t.Fatal(err)
	}
	env, err := runtime.InstantiateWithConfig(ctx, owner, wazero.NewModuleConfig().WithName("env"))
	if err != nil {
		t.Fatal(err)
	}
	kernels, err := runtime.InstantiateWithConfig(ctx, code, wazero.NewModuleConfig())
	if err != nil {
		t.Fatal(err)
	}
	return &machine{kernels, env.Memory()}
}

// untouched fills the room between the slices of a trial.
const untouched = 0xa5

// run calls a function as t.args say. The slices lie in memory in an order of
// chance, the last flush with its end: to read or write beyond it is a trap.
func (m *machine) run(t *testing.T, name string, tr trial, r *rand.Rand) any {
	t.Helper()
	bytes, _ := m.memory.Read(0, m.memory.Size())
	for i := range bytes {
		bytes[i] = untouched
	}
	slices := len(tr.data) + len(tr.ints)
	address := make([]uint32, slices)
	end := m.memory.Size()
	for _, i := range r.Perm(slices) {
		n := tr.length(i)
		end -= 4 * uint32(n)
		address[i] = end
		for j := range n {
			m.memory.WriteUint32Le(end+4*uint32(j), tr.bits(i, j))
		}
		end -= 4 * uint32(r.IntN(5))
	}
	result, err := m.kernels.ExportedFunction(name).Call(context.Background(), tr.words(address)...)
	if err != nil {
		t.Fatalf("%s%v: %v", name, tr.args, err)
	}
	own := make([]bool, len(bytes))
	for i := range slices {
		for j := range tr.length(i) {
			at := address[i] + 4*uint32(j)
			x, _ := m.memory.ReadUint32Le(at)
			tr.set(i, j, x)
			own[at], own[at+1], own[at+2], own[at+3] = true, true, true, true
		}
	}
	for at, mine := range own {
		if !mine && bytes[at] != untouched {
			t.Fatalf("%s%v wrote outside its slices", name, tr.args)
		}
	}
	if len(result) == 0 {
		return nil
	}
	if m.kernels.ExportedFunction(name).Definition().ResultTypes()[0] == api.ValueTypeF32 {
		return api.DecodeF32(result[0])
	}
	return int32(result[0])
}

// words returns the arguments of a call, given where the slices lie.
func (t trial) words(address []uint32) []uint64 {
	var words []uint64
	for _, a := range t.args {
		switch a := a.(type) {
		case ref:
			if a < 0 {
				words = append(words, 0)
			} else {
				words = append(words, uint64(address[a]))
			}
		case whole:
			if a < 0 {
				words = append(words, 0)
			} else {
				words = append(words, uint64(address[len(t.data)+int(a)]))
			}
		case int:
			words = append(words, uint64(a))
		case float32:
			words = append(words, api.EncodeF32(a))
		}
	}
	return words
}

// length, bits and set reach slice i of the trial, data first.
func (t trial) length(i int) int {
	if i < len(t.data) {
		return len(t.data[i])
	}
	return len(t.ints[i-len(t.data)])
}

func (t trial) bits(i, j int) uint32 {
	if i < len(t.data) {
		return math.Float32bits(t.data[i][j])
	}
	return uint32(t.ints[i-len(t.data)][j])
}

func (t trial) set(i, j int, x uint32) {
	if i < len(t.data) {
		t.data[i][j] = math.Float32frombits(x)
	} else {
		t.ints[i-len(t.data)][j] = int32(x)
	}
}

// TestVectorised compares every function of kernels.wasm with the portable
// loops, bit for bit, over 1,000 sizes, at addresses of chance, without a
// write outside its slices; memory grows now and then.
func TestVectorised(t *testing.T) {
	m := newMachine(t)
	exports := m.kernels.ExportedFunctionDefinitions()
	for name := range exports {
		if vectorised[name] == nil {
			t.Errorf("%s is not tested", name)
		}
	}
	for name, next := range vectorised {
		if exports[name] == nil {
			t.Fatalf("kernels.wasm has no %s", name)
		}
		r := rand.New(rand.NewPCG(20, uint64(len(name))))
		for seed := range 1000 {
			portable := next(r)
			vector := portable.clone()
			want := portable.api(portable.data, portable.ints)
			got := m.run(t, name, vector, r)
			if len(portable.data) == 4 && name[:4] == "gemm" {
				vector.data[3] = portable.data[3] // scratch
			}
			agree(t, name, seed, vector, portable, got, want)
		}
	}
}

// TestVectorisedElementary compares exp, log, tanh and sigmoid in vectors with the
// portable ones over every 1021st float32, and all around their thresholds.
func TestVectorisedElementary(t *testing.T) {
	m := newMachine(t)
	const n = 8192
	for name, f := range map[string]func(float32) float32{"exp": Exp, "log": Log, "tanh": Tanh, "sigmoid": Sigmoid} {
		x := make([]float32, 0, n)
		flush := func() {
			tr := trial{data: data(x), args: []any{ref(0), ref(0), len(x)}}.clone()
			m.run(t, name, tr, rand.New(rand.NewPCG(1, 1)))
			for i, v := range x {
				if got, want := tr.data[0][i], f(v); !same(got, want) {
					t.Fatalf("%s(%g) = %x, portable %x", name, v, math.Float32bits(got), math.Float32bits(want))
				}
			}
			x = x[:0]
		}
		try := func(bits uint32) {
			if x = append(x, math.Float32frombits(bits)); len(x) == n {
				flush()
			}
		}
		for bits := uint64(0); bits < 1<<32; bits += 1021 {
			try(uint32(bits))
		}
		for _, edge := range []float32{0, 0.625, 88.72284, 89, 103.98, 104, 1.1754944e-38, 1, math.MaxFloat32, float32(math.Inf(1)), float32(math.Sqrt2) / 2} {
			for d := range uint32(600) {
				try(math.Float32bits(edge) + d - 300)
				try((math.Float32bits(edge) + d - 300) ^ signBit)
			}
		}
		flush()
	}
}

// TestMemoryGrows calls on memory that has grown since the module was bound.
func TestMemoryGrows(t *testing.T) {
	m := newMachine(t)
	r := rand.New(rand.NewPCG(21, 1))
	for seed := range 20 {
		if _, ok := m.memory.Grow(1); !ok {
			t.Fatal("memory did not grow")
		}
		portable := vectorised["gemm"](r)
		vector := portable.clone()
		portable.api(portable.data, portable.ints)
		m.run(t, "gemm", vector, r)
		agree(t, "gemm", seed, vector, portable, nil, nil)
	}
}
