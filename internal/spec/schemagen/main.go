// Command schemagen writes the JSON Schema of the figure spec, for editors and
// for people who write figures by hand. The Go types are its source: fields
// and order from the types, descriptions from their comments, names and knobs
// from the catalog.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec/schema"
)

func main() {
	types := flag.String("types", "spec.go", "the Go file that declares the types")
	out := flag.String("o", "figure.schema.json", "the file to write")
	flag.Parse()
	if err := write(*types, *out); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

func write(types, out string) error {
	source, err := os.ReadFile(types)
	if err != nil {
		return err
	}
	document, err := schema.Generate(source, catalog.Vocabulary())
	if err != nil {
		return err
	}
	return os.WriteFile(out, document, 0o644)
}
