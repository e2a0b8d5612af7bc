package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"
)

// finding is one line of check --json.
type finding struct {
	File string `json:"file"`
	*spec.Error
}

func newCheck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [--json] SPEC...",
		Short: "Check figure specs and say how to mend them",
		Long: `Check figure specs and say how to mend them, one line a finding:

  FILE:LINE: CODE at PATH: what is wrong; why; how to mend it`,
		Example: "  whybox check examples/*/figure.json\n  whybox check --json - < figure.json",
		Args:    takes(1, -1, "at least one SPEC"),
		RunE: func(cmd *cobra.Command, args []string) error {
			found, unread, err := checkAll(cmd, args)
			if err != nil {
				return err
			}
			if err := report(cmd, found, asJSON); err != nil {
				return err
			}
			switch {
			case unread:
				return ended(exitInput)
			case len(found) > 0:
				return ended(exitFindings)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the findings as a JSON list")
	return cmd
}

// checkAll checks each argument; files that cannot be read are named on stderr
// and do not keep the others from being checked.
func checkAll(cmd *cobra.Command, args []string) (found []finding, unread bool, err error) {
	v := catalog.Vocabulary()
	for _, arg := range args {
		in, err := read(cmd, arg)
		var f *failure
		if errors.As(err, &f) {
			fmt.Fprintln(cmd.ErrOrStderr(), indented(cmd.CommandPath(), f.Error()))
			unread = true
			continue
		}
		if err == nil {
			_, err = spec.Parse(in.document, v)
		}
		var several spec.Errors
		var one *spec.Error
		switch {
		case err == nil:
		case errors.As(err, &several):
			for _, e := range several {
				found = append(found, finding{in.name, e})
			}
		case errors.As(err, &one):
			found = append(found, finding{in.name, one})
		default:
			return nil, false, err
		}
	}
	return found, unread, nil
}

func report(cmd *cobra.Command, found []finding, asJSON bool) error {
	if asJSON {
		if found == nil {
			found = []finding{}
		}
		return writeJSON(cmd.OutOrStdout(), found)
	}
	for _, f := range found {
		if _, err := fmt.Fprintln(cmd.OutOrStdout(), findingLine(f.File, f.Error)); err != nil {
			return unwritten("standard output", err)
		}
	}
	return nil
}

func unwritten(where string, err error) error {
	return badInput("cannot write "+where, cause(err), "check that the place exists and has room")
}

// writeJSON writes v readably.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return unwritten("the result", err)
	}
	return nil
}
