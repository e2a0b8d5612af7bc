package main

import (
	"bytes"
	"context"
	"os"
	"slices"
	"testing"

	"github.com/tetratelabs/wazero"
)

// TestCommitted checks that kernels.wasm is what this package writes, every
// time.
func TestCommitted(t *testing.T) {
	committed, err := os.ReadFile("../kernels.wasm")
	if err != nil {
		t.Fatal(err)
	}
	if first := module().Binary(); !bytes.Equal(first, committed) || !bytes.Equal(first, module().Binary()) {
		t.Error("kernels.wasm is out of date: run go generate ./internal/kernel")
	}
	script, err := os.ReadFile("../../../web/static/kernels.js")
	if err != nil {
		t.Fatal(err)
	}
	if linked, err := link(script, module().Trampolines()); err != nil || !bytes.Equal(linked, script) {
		t.Errorf("kernels.js is out of date: run go generate ./internal/kernel (%v)", err)
	}
}

// TestTrampolines checks that each function of the module has one, with its
// type, in a module that needs nothing from outside and is safe to call before
// its table is filled.
func TestTrampolines(t *testing.T) {
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	loops, err := r.CompileModule(ctx, module().Binary())
	if err != nil {
		t.Fatal(err)
	}
	linked, err := r.Instantiate(ctx, module().Trampolines())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(linked.ExportedFunctionDefinitions()), len(loops.ExportedFunctions()); got != want {
		t.Errorf("%d trampolines, want %d", got, want)
	}
	for name, f := range loops.ExportedFunctions() {
		tramp := linked.ExportedFunction(name)
		if tramp == nil {
			t.Fatalf("%s has no trampoline", name)
		}
		if !slices.Equal(tramp.Definition().ParamTypes(), f.ParamTypes()) || !slices.Equal(tramp.Definition().ResultTypes(), f.ResultTypes()) {
			t.Errorf("the trampoline of %s has another type", name)
		}
		if _, err := tramp.Call(ctx, make([]uint64, len(f.ParamTypes()))...); err == nil {
			t.Errorf("%s calls an empty entry", name)
		}
	}
}

// TestLinkRefuses checks that a script without a place for the trampolines, or
// with two, is an error.
func TestLinkRefuses(t *testing.T) {
	for _, script := range []string{"", `const trampolines = "";const trampolines = "AA==";`} {
		if _, err := link([]byte(script), nil); err == nil {
			t.Errorf("took %q", script)
		}
	}
}

// TestModules checks that both modules validate and take nothing but a memory.
func TestModules(t *testing.T) {
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	for _, code := range [][]byte{module().Binary(), bound()} {
		m, err := r.CompileModule(ctx, code)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(m.ImportedFunctions()); n != 0 {
			t.Errorf("%d imported functions, want none", n)
		}
		memories := m.ImportedMemories()
		if len(memories) != 1 {
			t.Fatalf("%d imported memories, want one", len(memories))
		}
		if module, name, _ := memories[0].Import(); module != "env" || name != "memory" {
			t.Errorf("memory is %s.%s, want env.memory", module, name)
		}
	}
}
