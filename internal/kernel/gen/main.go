// Command gen writes kernels.wasm, the loops of internal/kernel in vectors of
// four. Each function computes what the portable one of its name does, bit for
// bit: the same operations on an element in the same order, several elements
// side by side. Sizes have been checked by the caller.
package main

import (
	"encoding/base64"
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"

	"github.com/whybox/whybox/internal/kernel/gen/asm"
)

func main() {
	out := flag.String("o", "kernels.wasm", "file to write")
	script := flag.String("script", "", "JavaScript to put the trampolines into, or none")
	upper := flag.Bool("bound", false, "write the module that benchmarks compare with instead")
	flag.Parse()
	content := bound
	if !*upper {
		content = module().Binary
	}
	if err := os.WriteFile(*out, content(), 0o644); err != nil {
		log.Fatal(err)
	}
	if *script == "" {
		return
	}
	text, err := os.ReadFile(*script)
	if err != nil {
		log.Fatal(err)
	}
	if text, err = link(text, module().Trampolines()); err != nil {
		log.Fatalf("%s: %v", *script, err)
	}
	if err := os.WriteFile(*script, text, 0o644); err != nil {
		log.Fatal(err)
	}
}

// trampolines is the place of the trampolines in a script.
var trampolines = regexp.MustCompile(`(const trampolines = ")[A-Za-z0-9+/=]*"`)

// link returns the script with the trampolines given.
func link(script, code []byte) ([]byte, error) {
	if n := len(trampolines.FindAllIndex(script, -1)); n != 1 {
		return nil, fmt.Errorf("has %d places for the trampolines, want one", n)
	}
	return trampolines.ReplaceAll(script, []byte("${1}"+base64.StdEncoding.EncodeToString(code)+`"`)), nil
}

// module returns what kernels.wasm holds.
func module() *asm.Module {
	m := &asm.Module{}
	maps(m)
	products(m)
	mixtures(m)
	reductions(m)
	columns(m)
	optimisers(m)
	softmaxes(m)
	col2im(m)
	pools(m)
	descend(m)
	return m
}

// ints returns n parameters that are addresses or sizes.
func ints(n int, more ...asm.Kind) []asm.Kind {
	ks := make([]asm.Kind, n)
	for i := range ks {
		ks[i] = asm.I32
	}
	return append(ks, more...)
}
