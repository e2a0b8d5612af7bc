"use strict";
// ONNX Runtime Web on WebAssembly.
importScripts("npm/onnxruntime-web/dist/ort.wasm.min.js");

// start takes how many threads.
start = async ([threads]) => {
  ort.env.wasm.numThreads = Number(threads);
  ort.env.wasm.wasmPaths = new URL("npm/onnxruntime-web/dist/", location.href).href;
  if (Number(threads) > 1 && !self.crossOriginIsolated) throw new Error("ONNX Runtime runs without threads");
};

async function session(model) {
  const content = new Uint8Array(await (await get(model + ".onnx")).arrayBuffer());
  return ort.InferenceSession.create(content, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
}

// scoring runs a model over the first rows of an array.
async function scoring(model, rows, task) {
  const s = await session(model);
  const x = rows.slice(0, task.rows * task.d);
  let out = null;
  return {
    async run() {
      const { y } = await s.run({ x: new ort.Tensor("float32", x, [task.rows, task.d]) });
      out = y.data;
    },
    output: () => out,
    drop: () => s.release(),
  };
}

kinds.forward = kinds.call = (task, arrays) => scoring(net(task), arrays[net(task) + "/rows"], task);
kinds.trees = (task, arrays) => scoring("trees", arrays["trees/rows"], task);

// Two ways: the graph mixes, or JavaScript does; each in chunks of several sizes.
kinds.shap = async (task, arrays) => {
  const { d, rows: m } = task;
  const plain = await session(net(task));
  const mixing = await session(net(task) + "-mix");
  const masks = arrays[net(task) + "/masks"];
  const pairs = arrays[net(task) + "/pairs"];
  const row = arrays[net(task) + "/rows"].slice(0, d);
  const rows = arrays[net(task) + "/background"].slice(0, m * d);
  const count = masks.length / d;
  let phi = null;

  const mixInGraph = (chunk) => async () => {
    const worth = new Float64Array(count);
    const x = new ort.Tensor("float32", row, [d]);
    const background = new ort.Tensor("float32", rows, [1, m, d]);
    for (let first = 0; first < count; first += chunk) {
      const c = Math.min(chunk, count - first);
      const mask = new ort.Tensor("float32", masks.subarray(first * d, (first + c) * d), [c, 1, d]);
      const { y } = await mixing.run({ mask, x, background });
      for (let s = 0; s < c; s++) worth[first + s] = y.data[2 * s + 1];
    }
    phi = regress(masks, pairs, worth, d);
  };
  const mixInArrays = (chunk) => {
    const buffer = new Float32Array(Math.min(chunk, count) * m * d);
    return async () => {
      const worth = new Float64Array(count);
      for (let first = 0; first < count; first += chunk) {
        const c = Math.min(chunk, count - first);
        mixRows(buffer, masks, first, c, row, rows, m, d);
        const x = new ort.Tensor("float32", buffer.subarray(0, c * m * d), [c * m, d]);
        const p = (await plain.run({ x })).y.data;
        for (let s = 0; s < c; s++) {
          let sum = 0;
          for (let b = s * m; b < (s + 1) * m; b++) sum += p[2 * b + 1];
          worth[first + s] = sum / m;
        }
      }
      phi = regress(masks, pairs, worth, d);
    };
  };
  const ways = [];
  for (const at of [4096, 16384, 65536]) {
    const chunk = Math.max(1, Math.round(at / m));
    ways.push({ how: `the graph mixes, ${chunk} coalitions at a time`, run: mixInGraph(chunk) });
    ways.push({ how: `JavaScript mixes, ${chunk} coalitions at a time`, run: mixInArrays(chunk) });
  }
  const best = await fastest(ways);
  return {
    how: best.how,
    run: best.run,
    output: () => phi,
    drop: () => Promise.all([plain.release(), mixing.release()]),
  };
};

// slopes returns gradients of the explained probability at n rows. ONNX Runtime
// Web does not differentiate: the graph was put together by hand.
async function differentiated(task) {
  const s = await session(net(task) + "-gradient");
  return {
    slopes: async (x, n) => (await s.run({ x: new ort.Tensor("float32", x, [n, task.d]) })).g.data,
    drop: () => s.release(),
  };
}

kinds.path = async (task, arrays) => {
  const { slopes, drop } = await differentiated(task);
  const x = arrays[net(task) + "/rows"].slice(0, task.d);
  let out = null;
  return {
    async run() {
      out = trapezoid(await slopes(evenPath(x), steps + 1), x);
    },
    output: () => out,
    drop,
  };
};

kinds.slope = async (task, arrays) => {
  const { slopes, drop } = await differentiated(task);
  const x = arrays[net(task) + "/rows"].slice(0, task.d);
  let out = null;
  return {
    async run() {
      out = await slopes(x, 1);
    },
    output: () => out,
    drop,
  };
};

kinds.smoothgrad = async (task, arrays) => {
  const { slopes, drop } = await differentiated(task);
  const x = arrays[net(task) + "/rows"].slice(0, task.d);
  const noisy = new Float32Array(copies * task.d);
  let out = null;
  return {
    async run() {
      noisyCopies(noisy, x);
      out = meanOfRows(await slopes(noisy, copies), copies, task.d);
    },
    async check() {
      out = meanOfRows(await slopes(arrays["cnn/copies"].slice(), copies), copies, task.d);
    },
    output: () => out,
    drop,
  };
};

kinds.occlusion = async (task, arrays) => {
  const s = await session(net(task));
  const x = arrays[net(task) + "/rows"].slice(0, task.d);
  const { hidden: masks, count, cover } = squares();
  const images = new Float32Array((count + 1) * task.d);
  let out = null;
  return {
    async run() {
      hide(images, masks, count, x);
      const p = (await s.run({ x: new ort.Tensor("float32", images, [count + 1, task.d]) })).y.data;
      out = falls(p, masks, count, cover);
    },
    output: () => out,
    drop: () => s.release(),
  };
};
