"use strict";
// whybox itself, alone or with the helpers that a page would have.
importScripts("wasm_exec.js", "kernels.js", "worker.js");
whyboxWorker();

const shared = ["shap", "occlusion", "smoothgrad", "tree-shap-rows"]; // what falls into parts
let instance = null;

// start takes "pool" where helpers are to be had.
start = async ([pool], parts, content) => {
  const go = new Go();
  const module = await WebAssembly.compileStreaming(get("bench.wasm"));
  instance = await whyboxStart(go, module);
  go.run(instance);
  if (!(await whyboxBench.load(JSON.stringify(parts), new Uint8Array(content)))) throw new Error("there are no vectors");
  if (!pool) return;
  let ready = null;
  whyboxEngine.help = (joined, lost) => { ready = help(module, joined, lost); };
  await whyboxBench.hire();
  await ready;
  for (const kind of Object.keys(kinds)) if (!shared.includes(kind)) delete kinds[kind];
};

// help starts as many workers as whybox.js does, and returns a promise of their
// being ready.
function help(module, joined, lost) {
  const all = [];
  for (let n = Math.min(navigator.hardwareConcurrency || 1, 8) - 1; n > 0; n--) {
    const helper = new Worker("helper.js");
    all.push(new Promise((resolve) => {
      helper.onmessage = ({ data }) => {
        if (data.ready) {
          resolve();
        } else {
          lost(n);
          postMessage(data);
        }
      };
    }));
    const { port1, port2 } = new MessageChannel();
    helper.postMessage({ module, line: port1 }, [port1]);
    joined(n, port2);
  }
  return Promise.all(all);
}

// inGo runs many times in one call: what whybox's explainers do.
async function inGo(task) {
  return {
    how: await whyboxBench.prepare(JSON.stringify(task)),
    many: true,
    run: (n) => whyboxBench.run(n),
    output: () => whyboxBench.output(),
  };
}

for (const kind of ["forward", "shap", "path", "slope", "occlusion", "smoothgrad", "train", "trees", "tree-shap", "tree-shap-rows", "gemm"]) kinds[kind] = inGo;

// One call from JavaScript for each row: it is written to Go's memory, and the
// scores are copied out.
kinds.call = async (task, arrays) => {
  const w = await inGo(task);
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
