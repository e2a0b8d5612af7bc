// Runs a Go program for the browser under Node, as Go's own go_js_wasm_exec
// does, with the loops in vectors that it imports:
//
//	node --stack-size=8192 .ci/node_exec.js program.wasm [arguments]
//
// WASM_EXEC is the path of Go's wasm_exec.js; WITHOUT_SIMD=1 leaves the vectors
// out, as an old browser would.
"use strict";

const fs = require("fs");
const path = require("path");
const vm = require("vm");

globalThis.require = require;
globalThis.fs = fs;
globalThis.path = path;
require(process.env.WASM_EXEC);
vm.runInThisContext(fs.readFileSync(path.join(__dirname, "../web/static/kernels.js"), "utf8"));

async function main() {
  const go = new Go();
  go.argv = process.argv.slice(2);
  go.env = { TMPDIR: require("os").tmpdir(), ...process.env };
  go.exit = process.exit;
  const module = await WebAssembly.compile(fs.readFileSync(process.argv[2]));
  const instance = await whyboxStart(go, module, undefined, process.env.WITHOUT_SIMD === "1");
  process.on("exit", (code) => {
    if (code !== 0 || go.exited) return;
    go._pendingEvent = { id: 0 }; // nothing is left to wait for: Go prints where it is stuck
    go._resume();
  });
  await go.run(instance);
}

main().catch((err) => {
  console.error(err);
  process.exit(1);
});
