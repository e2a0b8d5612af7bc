// Command stylesheet writes the palette of the drawings as figure.css, to the
// file named.
package main

import (
	"fmt"
	"os"

	"github.com/whybox/whybox/internal/draw"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: stylesheet FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(draw.Stylesheet()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "stylesheet:", err)
		os.Exit(1)
	}
}
