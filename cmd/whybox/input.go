package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/examples"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/spec"
)

// linkName stands for a link in messages.
const linkName = "<link>"

// maxInput is more than any spec may have; the parser says by how much.
const maxInput = 2 << 20

// input is one spec as a person named it.
type input struct {
	name     string // for messages: the file, "<stdin>" or "<link>"
	document []byte
}

// read loads what arg stands for: a file, "-" for standard input, or a link.
// A broken link gives a *spec.Error.
func read(cmd *cobra.Command, arg string) (input, error) {
	switch {
	case arg == "-":
		document, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxInput))
		if err != nil {
			return input{}, badInput("cannot read standard input", cause(err), "give a file instead")
		}
		return input{"<stdin>", document}, nil
	case isLink(arg):
		_, hash, _ := strings.Cut(arg, "#")
		document, err := spec.ParseLink(hash, examples.Named)
		return input{linkName, document}, err
	}
	f, err := os.Open(arg)
	if err != nil {
		fix := "check the path"
		if errors.Is(err, fs.ErrNotExist) {
			fix = "check the spelling of the path"
		}
		return input{name: arg}, badInput(fmt.Sprintf("cannot read %q", arg), cause(err), fix)
	}
	defer f.Close()
	document, err := io.ReadAll(io.LimitReader(f, maxInput))
	if err != nil {
		return input{name: arg}, badInput(fmt.Sprintf("cannot read %q", arg), cause(err), "name a file with a figure spec")
	}
	return input{arg, document}, nil
}

// isLink tells the address of a figure from the name of a file.
func isLink(arg string) bool {
	return strings.HasPrefix(arg, "#") || strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://")
}

// load reads and checks one spec. The error names the input.
func load(cmd *cobra.Command, arg string) (input, *spec.Spec, error) {
	in, err := read(cmd, arg)
	if err != nil {
		return in, nil, refused(in.name, err)
	}
	s, err := spec.Parse(in.document, catalog.Vocabulary())
	if err != nil {
		return in, nil, refused(in.name, err)
	}
	return in, s, nil
}

// build makes the figure of a checked spec, with progress on a terminal.
func build(cmd *cobra.Command, in input, s *spec.Spec) (*figure.Figure, error) {
	p := newProgress(cmd.ErrOrStderr())
	defer p.clear()
	f, err := figure.NewBuilder().Build(s, pace(cmd.Context(), p))
	return f, interrupted(in, err)
}

// pace reports progress and stops when the person interrupts.
func pace(ctx context.Context, p *progress) figure.Pace {
	return func(stage string, done, of int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.show(stage, done, of)
		return nil
	}
}

func interrupted(in input, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return &failure{exitInterrupted, "interrupted", "nothing was written", ""}
	}
	return refused(in.name, err)
}
