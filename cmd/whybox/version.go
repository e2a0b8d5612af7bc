package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/spec"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of whybox, of Go and of the figure format",
		Args:  takes(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "whybox %s\n%s %s/%s\nformat %s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, spec.Version)
			return err
		},
	}
}

// version comes from the module or, in a checkout, from its commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
