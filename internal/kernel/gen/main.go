// Command gen writes kernels.wasm, the loops of internal/kernel in vectors of
// four. Each function computes what the portable one of its name does, bit for
// bit: the same operations on an element in the same order, several elements
// side by side. Sizes have been checked by the caller.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/whybox/whybox/internal/kernel/gen/asm"
)

func main() {
	out := flag.String("o", "kernels.wasm", "file to write")
	upper := flag.Bool("bound", false, "write the module that benchmarks compare with instead")
	flag.Parse()
	content := module
	if *upper {
		content = bound
	}
	if err := os.WriteFile(*out, content(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// module returns kernels.wasm.
func module() []byte {
	m := &asm.Module{}
	maps(m)
	products(m)
	reductions(m)
	columns(m)
	optimisers(m)
	softmaxes(m)
	convolutions(m)
	pools(m)
	return m.Binary()
}

// ints returns n parameters that are addresses or sizes.
func ints(n int, more ...asm.Kind) []asm.Kind {
	ks := make([]asm.Kind, n)
	for i := range ks {
		ks[i] = asm.I32
	}
	return append(ks, more...)
}
