"use strict";
// whybox itself.
importScripts("wasm_exec.js", "kernels.js");

let instance = null;

// must returns what the Go side answered, or throws what it complained of.
function must({ error, value }) {
  if (error) throw new Error(error);
  return value;
}

start = async (_, parts, content) => {
  const go = new Go();
  instance = await whyboxStart(go, await WebAssembly.compileStreaming(get("bench.wasm")));
  go.run(instance);
  if (!must(whyboxBench.load(JSON.stringify(parts), new Uint8Array(content)))) throw new Error("there are no vectors");
};

// inGo runs many times in one call: what whybox's explainers do.
function inGo(task) {
  must(whyboxBench.prepare(JSON.stringify(task)));
  return {
    many: true,
    run: (n) => must(whyboxBench.run(n)),
    output: () => must(whyboxBench.output()),
  };
}

for (const kind of ["forward", "shap", "path", "slope", "occlusion", "smoothgrad", "train", "trees", "gemm"]) kinds[kind] = inGo;

// One call from JavaScript for each row: it is written to Go's memory, and the
// scores are copied out.
kinds.call = (task, arrays) => {
  const w = inGo(task);
  const row = arrays[net(task) + "/rows"].subarray(0, task.d);
  const { in: from, out, predict, mem } = instance.exports;
  const [inAt, outAt] = [from(), out()];
  let scores = null;
  return {
    run() {
      new Float32Array(mem.buffer, inAt, task.d).set(row);
      predict();
      scores = new Float32Array(mem.buffer, outAt, 2).slice();
    },
    output: () => scores,
  };
};
