// Command whybox draws, checks and explains figures from the command line and
// serves the page. Results go to stdout; errors go to stderr and say what is
// wrong, where, why and how to mend it.
//
// It exits 0 where all went well, 1 with findings, 2 on wrong usage, 3 on bad
// input, 4 where something on this machine is missing, 130 when interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/whybox/whybox/internal/spec"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes one command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	ran, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	if text := err.Error(); text != "" {
		fmt.Fprintln(stderr, indented(ran.CommandPath(), text))
	}
	var f *failure
	if errors.As(err, &f) {
		return f.exit
	}
	return exitInput
}

// indented puts the command before the first line of a message.
func indented(command, text string) string {
	return command + ": " + strings.ReplaceAll(text, "\n", "\n  ")
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "whybox",
		Short: "Interactive figures that show why a model decides as it does",
		Long: `Interactive figures that show why a model decides as it does.

A figure is one JSON document. Wherever a command takes SPEC, it takes a file,
"-" for standard input, or the link of a figure in the page.

Exit codes: 0 ok, 1 findings, 2 wrong usage, 3 bad input, 4 something on this
machine is missing, 130 interrupted.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newServe(), newBuild(), newRender(), newCheck(), newExplain(), newPredict(), newVersion())
	return root
}

func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return usage(fmt.Sprintf("no command %q", name), "there is "+strings.Join(names, ", "), meant(name, names, "", `run "whybox help"`))
}

// flagError says which flag is wrong and which was likely meant.
func flagError(cmd *cobra.Command, err error) error {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	help := fmt.Sprintf("run \"%s --help\"", cmd.CommandPath())
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		dash := "--"
		if len(unknown.GetSpecifiedShortnames()) > 0 {
			dash = "-"
		}
		return usage(fmt.Sprintf("unknown flag %s%s", dash, name), "there is --"+strings.Join(names, ", --"), meant(name, names, "--", help))
	case errors.As(err, &missing):
		return usage(fmt.Sprintf("the flag --%s needs a value", missing.GetFlag().Name), missing.GetFlag().Usage, help)
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return usage(fmt.Sprintf("--%s cannot be %q", f.Name, invalid.GetValue()), "it takes a value of kind "+f.Value.Type(), help)
	}
	return usage(err.Error(), "the flags could not be read", help)
}

// meant suggests the name most likely meant, or else what to do instead.
func meant(name string, names []string, dash, otherwise string) string {
	if n := spec.Nearest(name, names); n != "" {
		return fmt.Sprintf("did you mean %s%s?", dash, n)
	}
	return otherwise
}
