package main

import (
	"bytes"
	"context"
	"os"
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
	if first := module(); !bytes.Equal(first, committed) || !bytes.Equal(first, module()) {
		t.Error("kernels.wasm is out of date: run go generate ./internal/kernel")
	}
}

// TestModules checks that both modules validate and take nothing but a memory.
func TestModules(t *testing.T) {
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	for _, code := range [][]byte{module(), bound()} {
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
