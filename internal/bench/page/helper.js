"use strict";
// A worker that computes parts for whybox.
importScripts("wasm_exec.js", "kernels.js", "worker.js");
whyboxWorker();
