package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whybox/whybox/internal/spec"
)

// Exit codes.
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2
	exitInput    = 3
	exitMissing  = 4

	exitInterrupted = 130 // as shells count a SIGINT
)

// failure ends a command with an exit code. Its text says what is wrong, why
// and how to mend it; an empty text means that the command has said it.
type failure struct {
	exit           int
	what, why, fix string
}

func (f *failure) Error() string {
	var parts []string
	for _, p := range []string{f.what, f.why, f.fix} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "; ")
}

func usage(what, why, fix string) error    { return &failure{exitUsage, what, why, fix} }
func badInput(what, why, fix string) error { return &failure{exitInput, what, why, fix} }
func lacking(what, why, fix string) error  { return &failure{exitMissing, what, why, fix} }
func ended(exit int) error                 { return &failure{exit: exit} }
func cause(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// takes checks the number of arguments; most < 0 means any number.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage(cmd.Name()+" needs "+what, "none was given", fmt.Sprintf("run it as %q", cmd.UseLine()))
		case most >= 0 && len(args) > most:
			return usage(fmt.Sprintf("%q is one argument too many", args[most]), fmt.Sprintf("%s takes %s", cmd.Name(), what), fmt.Sprintf("run it as %q", cmd.UseLine()))
		}
		return nil
	}
}

// findingLine is one finding as editors and people read it. The lines of a link
// are nobody's.
func findingLine(file string, e *spec.Error) string {
	if e.Line > 0 && file != linkName {
		return fmt.Sprintf("%s:%d: %s", file, e.Line, e)
	}
	return fmt.Sprintf("%s: %s", file, e)
}

// refused turns the errors of a figure into a failure that names the file.
func refused(file string, err error) error {
	var several spec.Errors
	var one *spec.Error
	var f *failure
	switch {
	case errors.As(err, &f):
		return err
	case errors.As(err, &several):
	case errors.As(err, &one):
		several = spec.Errors{one}
	default:
		return badInput(fmt.Sprintf("%s: %v", file, err), "", "")
	}
	lines := make([]string, len(several))
	for i, e := range several {
		if e.Code == "E-BUG" {
			// What the program says of its own defect is a stack, for developers.
			e = &spec.Error{Code: e.Code, What: e.What, Fix: "please report it together with the figure"}
		}
		lines[i] = findingLine(file, e)
	}
	return badInput(strings.Join(lines, "\n"), "", "")
}
