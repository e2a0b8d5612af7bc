"use strict";
// Starts the test program; what the policy refuses is kept for the test.
globalThis.refused = [];
document.addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective + " " + e.blockedURI));
globalThis.go = new Go();
WebAssembly.instantiateStreaming(fetch("/app.wasm"), go.importObject).then((r) => go.run(r.instance));
