"use strict";
// TensorFlow.js on its WebAssembly back end, or on its plain JavaScript one.
importScripts("npm/@tensorflow/tfjs/dist/tf.min.js", "npm/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");

// start takes how many threads, or "cpu".
start = async ([how]) => {
  tf.enableProdMode();
  if (how === "cpu") {
    await tf.setBackend("cpu");
    return;
  }
  const threads = Number(how);
  tf.wasm.setWasmPaths(new URL("npm/@tensorflow/tfjs-backend-wasm/dist/", location.href).href);
  tf.wasm.setThreadsCount(threads);
  await tf.setBackend("wasm");
  await tf.ready();
  if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("tfjs runs without SIMD");
  if (threads > 1 && !(await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT"))) throw new Error("tfjs runs without threads");
};

// layerTensors puts the weights into tensors.
function layerTensors(task, arrays) {
  return layersOf(arrays[net(task) + "/weights"], sizesOf(task)).map((l) => ({
    w: tf.tensor2d(l.w, [l.in, l.out]),
    b: tf.tensor1d(l.b),
  }));
}

// logits uses the fused kernel where no gradient is asked for.
function perceptron(layers) {
  const last = layers.length - 1;
  return (x) => {
    for (let i = 0; i <= last; i++) {
      x = tf.fused.matMul({ a: x, b: layers[i].w, bias: layers[i].b, activation: i < last ? "relu" : "linear" });
    }
    return x;
  };
}

function dropAll(...tensors) {
  return () => tf.dispose(tensors);
}

kinds.forward = kinds.call = (task, arrays) => {
  const layers = layerTensors(task, arrays);
  const logits = perceptron(layers);
  const x = arrays[net(task) + "/rows"].subarray(0, task.rows * task.d);
  let out = null;
  return {
    run() {
      out = tf.tidy(() => tf.softmax(logits(tf.tensor2d(x, [task.rows, task.d]))).dataSync());
    },
    output: () => out,
    drop: dropAll(layers),
  };
};

// Two ways: tfjs mixes, or JavaScript does; each in chunks of several sizes.
kinds.shap = async (task, arrays) => {
  const { d, rows: m } = task;
  const layers = layerTensors(task, arrays);
  const logits = perceptron(layers);
  const masks = arrays[net(task) + "/masks"];
  const pairs = arrays[net(task) + "/pairs"];
  const row = arrays[net(task) + "/rows"].subarray(0, d);
  const rows = arrays[net(task) + "/background"].subarray(0, m * d);
  const count = masks.length / d;
  let phi = null;

  // worthsOf returns the mean score of class 1 of rows that belong to c coalitions.
  const worthsOf = (x, c) => {
    const p = tf.softmax(logits(x));
    return tf.mean(tf.reshape(tf.slice(p, [0, 1], [c * m, 1]), [c, m]), 1);
  };
  const explain = (chunk, mixed) => {
    const worth = new Float64Array(count);
    for (let first = 0; first < count; first += chunk) {
      const c = Math.min(chunk, count - first);
      worth.set(tf.tidy(() => worthsOf(mixed(first, c), c).dataSync()), first);
    }
    phi = regress(masks, pairs, worth, d);
  };

  const mixWithTensors = (chunk) => () => tf.tidy(() => {
    const background = tf.tensor3d(rows, [1, m, d]);
    const difference = tf.sub(tf.tensor3d(row, [1, 1, d]), background);
    explain(chunk, (first, c) => {
      const mask = tf.tensor3d(masks.subarray(first * d, (first + c) * d), [c, 1, d]);
      return tf.reshape(tf.add(background, tf.mul(mask, difference)), [c * m, d]);
    });
  });
  const mixWithArrays = (chunk) => {
    const buffer = new Float32Array(Math.min(chunk, count) * m * d);
    return () => explain(chunk, (first, c) => {
      mixRows(buffer, masks, first, c, row, rows, m, d);
      return tf.tensor2d(c * m * d === buffer.length ? buffer : buffer.subarray(0, c * m * d), [c * m, d]);
    });
  };
  const ways = [];
  for (const at of [256, 1024, 4096, 16384]) {
    const chunk = Math.max(1, Math.round(at / m));
    ways.push({ how: `tensors mix, ${chunk} coalitions at a time`, run: mixWithTensors(chunk) });
    ways.push({ how: `JavaScript mixes, ${chunk} coalitions at a time`, run: mixWithArrays(chunk) });
  }
  const best = await fastest(ways);
  return { how: best.how, run: best.run, output: () => phi, drop: dropAll(layers) };
};
