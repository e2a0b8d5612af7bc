package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/bundle"
)

func newBuild() *cobra.Command {
	var out string
	var measure, unpacked bool
	cmd := &cobra.Command{
		Use:   "build [-o DIR] [--unpacked | --measure]",
		Short: "Build the page",
		Long: fmt.Sprintf(`Build the page from the source tree it is run in, and print its sizes.

Needs the go command. Exits 1 when a browser must load more than %.1f MB, packed
by brotli, before the page can be used.`, float64(bundle.Budget)/1e6),
		Example: "  whybox build\n  whybox build --measure",
		Args:    takes(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var report *bundle.Report
			var err error
			if measure {
				report, err = measured(out)
			} else {
				report, err = buildPage(cmd, out, unpacked)
			}
			if err != nil {
				return err
			}
			if err := report.Write(cmd.OutOrStdout()); err != nil {
				return err
			}
			if report.Over() && !unpacked {
				return &failure{exitFindings, "the page is too large", fmt.Sprintf("it loads %d bytes and may load %d", report.Needed(), bundle.Budget),
					"find what was added: go list -deps -tags minimal ./wasm/page"}
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", filepath.FromSlash("web/dist"), "where to put the page; what else is there is removed")
	cmd.Flags().BoolVar(&measure, "measure", false, "build nothing, only measure what is there")
	cmd.Flags().BoolVar(&unpacked, "unpacked", false, "do not compress: faster to build, for work on the page")
	cmd.MarkFlagsMutuallyExclusive("measure", "unpacked")
	return cmd
}

func measured(out string) (*bundle.Report, error) {
	report, err := bundle.Measure(out)
	if err != nil {
		return nil, lacking(fmt.Sprintf("there is no built page in %q", out), cause(err), `run "whybox build"`)
	}
	return report, nil
}

func buildPage(cmd *cobra.Command, out string, unpacked bool) (*bundle.Report, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, lacking("the go command is missing", "the page is compiled from source", "install Go from https://go.dev/dl")
	}
	module, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	if err := replaceable(out); err != nil {
		return nil, err
	}
	report, err := bundle.Build(cmd.Context(), bundle.Options{Module: module, Out: out, Unpacked: unpacked, Extra: prepared})
	if err != nil {
		return nil, badInput("the page could not be built", err.Error(), "")
	}
	return report, nil
}

// moduleRoot returns the folder of the source tree that the command runs in.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "wasm", "page")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", lacking("this is not the source tree of whybox", "no folder above has wasm/page", "run it in a clone of the repository")
		}
		dir = up
	}
}

// replaceable refuses a folder that holds something other than a built page, as
// its content would be removed.
func replaceable(out string) error {
	entries, err := os.ReadDir(out)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return badInput(fmt.Sprintf("cannot build into %q", out), cause(err), "choose a folder with -o")
	}
	if _, err := bundle.Measure(out); err != nil {
		return badInput(fmt.Sprintf("%q holds something other than a built page", out), "the build would remove it", "choose an empty folder with -o")
	}
	return nil
}
