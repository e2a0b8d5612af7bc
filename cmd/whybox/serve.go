package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func newServe() *cobra.Command {
	var addr, dir string
	cmd := &cobra.Command{
		Use:     "serve [--addr HOST:PORT] [--dir DIR]",
		Short:   "Serve the built page",
		Long:    "Serve the built page until interrupted. Where the port is taken, another one is used, and said.",
		Example: "  whybox serve\n  whybox serve --addr :9000",
		Args:    takes(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := built(dir); err != nil {
				return err
			}
			l, err := listen(addr)
			if err != nil {
				return err
			}
			if host, port, _ := net.SplitHostPort(addr); port != "0" && port != portOf(l) {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: port %s is taken; using %s\n", cmd.CommandPath(), port, address(host, portOf(l)))
			}
			host, _, _ := net.SplitHostPort(addr)
			fmt.Fprintf(cmd.OutOrStdout(), "http://%s/\n", address(host, portOf(l)))
			return serve(cmd.Context(), l, page{dir: dir})
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "localhost:8080", "where to listen: host and port; port 0 means any free one")
	cmd.Flags().StringVar(&dir, "dir", filepath.FromSlash("web/dist"), "the built page")
	return cmd
}

// built says what to run where the page is not there.
func built(dir string) error {
	_, err := os.Stat(filepath.Join(dir, "index.html"))
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return lacking(fmt.Sprintf("there is no page in %q", dir), "it has no index.html", `run "whybox build" (or "make run", which does both), or name another place with --dir`)
	case err != nil:
		return lacking(fmt.Sprintf("cannot open the page in %q", dir), cause(err), "make it readable, or name another place with --dir")
	}
	return nil
}

// nextPorts is how many ports after a taken one are tried before any will do.
const nextPorts = 20

// listen opens addr or, where its port is taken, one of the next ports, or any
// free one.
func listen(addr string) (net.Listener, error) {
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, usage(fmt.Sprintf("--addr cannot be %q", addr), "it takes a host and a port", `write it as "localhost:8080" or ":8080"`)
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return nil, usage(fmt.Sprintf("--addr has the port %q", text), "a port is a number from 0 to 65535", `write it as "localhost:8080"`)
	}
	l, err := net.Listen("tcp", addr)
	for next := port + 1; errors.Is(err, syscall.EADDRINUSE) && next <= min(port+nextPorts, 65535); next++ {
		l, err = net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(next, 10)))
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, lacking(fmt.Sprintf("cannot listen on %q", addr), cause(err), "choose a host of this machine and a port above 1023 with --addr")
	}
	return l, nil
}

func portOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// address is what a person types; no host stands for all of this machine's.
func address(host, port string) string {
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// serve answers until ctx ends, then lets open answers finish for a moment.
func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	select {
	case err := <-ended:
		return lacking("the server stopped", cause(err), "start it again")
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := s.Shutdown(grace); err != nil {
		return s.Close()
	}
	return nil
}
