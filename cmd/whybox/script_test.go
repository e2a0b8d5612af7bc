package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"whybox": main})
}

func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			l, err := net.Listen("tcp", "localhost:0")
			if err != nil {
				return err
			}
			defer l.Close()
			env.Setenv("PORT", portOf(l))
			env.Setenv("EXAMPLES", examples)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":     exits,
			"occupy":    occupy,
			"server":    server,
			"ask":       askServer,
			"terminate": terminate,
			"sparse":    sparse,
		},
	})
}

// exits CODE COMMAND ARG... runs a command that must end with that code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// occupy takes a port, sets PORT to it and holds it until the script ends.
func occupy(ts *testscript.TestScript, _ bool, _ []string) {
	l, err := net.Listen("tcp", "localhost:0")
	ts.Check(err)
	ts.Setenv("PORT", portOf(l))
	ts.Defer(func() { l.Close() })
}

// server WORDS sets URL to the server, at $PORT or one of the ports above it,
// whose page has the words. It waits for it to come up.
func server(ts *testscript.TestScript, _ bool, args []string) {
	first, err := strconv.Atoi(ts.Getenv("PORT"))
	ts.Check(err)
	client := http.Client{Timeout: time.Second}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for port := first; port <= first+nextPorts; port++ {
			url := fmt.Sprint("http://localhost:", port)
			r, err := client.Get(url)
			if err != nil {
				continue
			}
			body, _ := io.ReadAll(r.Body)
			r.Body.Close()
			if strings.Contains(string(body), args[0]) {
				ts.Setenv("URL", url)
				return
			}
		}
	}
	ts.Fatalf("no server came up")
}

// terminate sends SIGTERM, which the built-in kill does not know, to what runs
// in the background.
func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGTERM))
	}
}

// sparse FILE BYTES makes a file of so many zero bytes that takes no room.
func sparse(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(file.Truncate(size))
	ts.Check(file.Close())
}

// ask STATUS PATH [ENCODING] asks $URL and leaves the files headers and body.
func askServer(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest("GET", ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	request.Header.Set("Accept-Encoding", strings.Join(args[2:], ","))
	r, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	var headers strings.Builder
	ts.Check(r.Header.Write(&headers))
	ts.Check(os.WriteFile(ts.MkAbs("body"), body, 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("headers"), []byte(headers.String()), 0o644))
	if strconv.Itoa(r.StatusCode) != args[0] {
		ts.Fatalf("%s: status %d, want %s", args[1], r.StatusCode, args[0])
	}
}
