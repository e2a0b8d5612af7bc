//go:build !js

package kernel_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
)

// start is a page that runs the tests of this package, as they are compiled for
// a browser.
const start = `<!DOCTYPE html>
<meta charset="utf-8"><link rel="icon" href="data:,">
<script src="wasm_exec.js"></script>
<script src="kernels.js"></script>
<script>
"use strict";
async function run(without, ...args) {
  const go = new Go();
  let said = "";
  const decoder = new TextDecoder();
  globalThis.fs.writeSync = (fd, buf) => { said += decoder.decode(buf); return buf.length; };
  go.argv = ["kernel", ...args];
  let code = 0;
  go.exit = (c) => { code = c; };
  const module = await WebAssembly.compileStreaming(fetch("kernel.wasm"));
  await go.run(await whyboxStart(go, module, undefined, without));
  return code + " " + said;
}
</script>`

// TestChromium runs the comparison with the portable loops in Chromium, and
// checks that without vector instructions the portable loops are all there is.
func TestChromium(t *testing.T) {
	dir := t.TempDir()
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", filepath.Join(dir, "kernel.wasm"), ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go test -c: %v\n%s", err, out)
	}
	script, err := bundle.WasmExec(context.Background(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	kernels, err := os.ReadFile("../../web/static/kernels.js")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"wasm_exec.js": script, "kernels.js": kernels, "index.html": []byte(start)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	ctx := browser.Start(t)
	browser.Do(t, ctx, chromedp.Navigate(server.URL))
	with := browser.Eval[string](t, ctx, `run(false, "-test.v", "-test.run=Vectorised|SIMD")`)
	if !strings.HasPrefix(with, "0 ") || !strings.Contains(with, "--- PASS: TestVectorised ") || !strings.Contains(with, "vectors: true") {
		t.Errorf("with vectors:\n%s", with)
	}
	without := browser.Eval[string](t, ctx, `run(true, "-test.v", "-test.run=Vectorised|SIMD|Products")`)
	if !strings.HasPrefix(without, "0 ") || !strings.Contains(without, "--- SKIP: TestVectorised ") || !strings.Contains(without, "vectors: false") {
		t.Errorf("without vectors:\n%s", without)
	}
}
