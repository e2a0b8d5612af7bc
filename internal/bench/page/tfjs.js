"use strict";
// TensorFlow.js on its WebAssembly back end, or on its plain JavaScript one.
importScripts("npm/@tensorflow/tfjs/dist/tf.min.js", "npm/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js");

// start takes how many threads, or "cpu": plain JavaScript, which is worth a try
// only where the steps are small.
start = async ([how]) => {
  tf.enableProdMode();
  if (how === "cpu") {
    await tf.setBackend("cpu");
    for (const kind of Object.keys(kinds)) if (kind !== "train") delete kinds[kind];
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

// network puts the weights into tensors and returns the logits of rows. tfjs
// itself takes its fused kernels apart where a gradient is asked for.
function network(task, arrays) {
  const flat = arrays[net(task) + "/weights"];
  if (task.d === side * side) return convolutional(flat);
  const layers = layersOf(flat, sizesOf(task)).map((l) => ({ w: tf.tensor2d(l.w, [l.in, l.out]), b: tf.tensor1d(l.b) }));
  return { logits: (x) => perceptron(layers, x), drop: dropAll(layers) };
}

function perceptron(layers, x) {
  const last = layers.length - 1;
  layers.forEach((l, i) => {
    x = tf.fused.matMul({ a: x, b: l.w, bias: l.b, activation: i < last ? "relu" : "linear" });
  });
  return x;
}

function convolutional(flat) {
  const { filters, biases, dense } = convolutionsOf(flat);
  const f = filters.map((w, i) => tf.tensor4d(w, [3, 3, channels[i], channels[i + 1]]));
  const b = biases.map((v) => tf.tensor1d(v));
  const w = tf.tensor2d(dense, [dense.length / digits, digits]);
  return {
    logits(x) {
      let y = tf.reshape(x, [-1, side, side, 1]);
      for (let i = 0; i < 2; i++) {
        y = tf.fused.conv2d({ x: y, filter: f[i], strides: 1, pad: "same", bias: b[i], activation: "relu" });
        y = tf.maxPool(y, 2, 2, "valid");
      }
      return tf.fused.matMul({ a: tf.reshape(y, [-1, dense.length / digits]), b: w, bias: b[2] });
    },
    drop: dropAll(f, b, w),
  };
}

function dropAll(...tensors) {
  return () => tf.dispose(tensors);
}

kinds.forward = kinds.call = (task, arrays) => {
  const { logits, drop } = network(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.rows * task.d);
  let out = null;
  return {
    run() {
      out = tf.tidy(() => tf.softmax(logits(tf.tensor2d(x, [task.rows, task.d]))).dataSync());
    },
    output: () => out,
    drop,
  };
};

// Two ways: tfjs mixes, or JavaScript does; each in chunks of several sizes.
kinds.shap = async (task, arrays) => {
  const { d, rows: m } = task;
  const { logits, drop } = network(task, arrays);
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
  for (const at of [4096, 16384, 65536]) {
    const chunk = Math.max(1, Math.round(at / m));
    ways.push({ how: `tensors mix, ${chunk} coalitions at a time`, run: mixWithTensors(chunk) });
    ways.push({ how: `JavaScript mixes, ${chunk} coalitions at a time`, run: mixWithArrays(chunk) });
  }
  const best = await fastest(ways);
  return { how: best.how, run: best.run, output: () => phi, drop };
};

// slopeOf returns the gradient of the probability of a class.
const slopeOf = (logits, c) => tf.grad((x) => tf.sum(tf.slice(tf.softmax(logits(x)), [0, c], [-1, 1])));

// The textbook's way: even steps, one batch, the trapezoid rule.
kinds.path = (task, arrays) => {
  const { logits, drop } = network(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.d);
  const slope = slopeOf(logits, explained);
  let out = null;
  return {
    run() {
      out = tf.tidy(() => {
        const row = tf.tensor2d(x, [1, task.d]);
        const g = slope(tf.mul(tf.reshape(tf.linspace(0, 1, steps + 1), [steps + 1, 1]), row));
        const inner = tf.mul(tf.sum(tf.add(tf.slice(g, [0, 0], [steps, -1]), tf.slice(g, [1, 0], [steps, -1])), 0), 0.5 / steps);
        return tf.mul(inner, tf.reshape(row, [task.d])).dataSync();
      });
    },
    output: () => out,
    drop,
  };
};

kinds.slope = (task, arrays) => {
  const { logits, drop } = network(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.d);
  const slope = slopeOf(logits, explained);
  let out = null;
  return {
    run() {
      out = tf.tidy(() => slope(tf.tensor2d(x, [1, task.d])).dataSync());
    },
    output: () => out,
    drop,
  };
};

// The masks are the same for every image of a size, so they are made once.
kinds.occlusion = (task, arrays) => {
  const { logits, drop } = network(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.d);
  const { hidden: masks, count, cover } = squares();
  const seen = tf.tensor2d(masks.map((v) => 1 - v), [count, task.d]);
  const share = tf.tidy(() => tf.transpose(tf.div(tf.tensor2d(masks, [count, task.d]), tf.tensor2d(cover, [1, task.d]))));
  let out = null;
  return {
    run() {
      out = tf.tidy(() => {
        const row = tf.tensor2d(x, [1, task.d]);
        const p = tf.slice(tf.softmax(logits(tf.concat([tf.mul(row, seen), row]))), [0, explained], [-1, 1]);
        const fall = tf.sub(tf.slice(p, [count, 0], [1, 1]), tf.slice(p, [0, 0], [count, 1]));
        return tf.matMul(share, fall).dataSync();
      });
    },
    output: () => out,
    drop() {
      drop();
      tf.dispose([seen, share]);
    },
  };
};

kinds.smoothgrad = (task, arrays) => {
  const { logits, drop } = network(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.d);
  const slope = slopeOf(logits, explained);
  let out = null;
  const average = (noisy) => {
    out = tf.tidy(() => tf.mean(slope(noisy()), 0).dataSync());
  };
  return {
    run: () => average(() => tf.add(tf.tensor2d(x, [1, task.d]), tf.randomNormal([copies, task.d], 0, noise))),
    check: () => average(() => tf.tensor2d(arrays["cnn/copies"], [copies, task.d])),
    output: () => out,
    drop,
  };
};

// The rows are in the order that everyone learns them in.
kinds.train = (task, arrays) => {
  const { d, rows: n } = task;
  const start = layersOf(arrays["train/weights"], sizesOf(task));
  const first = start.map((l) => ({ w: tf.tensor2d(l.w, [l.in, l.out]), b: tf.tensor1d(l.b) }));
  const layers = first.map((l) => ({ w: tf.variable(l.w), b: tf.variable(l.b) }));
  const x = tf.tensor2d(arrays["train/x"], [n, d]);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(arrays["train/y"], "int32"), 2), "float32"));
  const variables = layers.flatMap((l) => [l.w, l.b]);
  return {
    run() {
      layers.forEach((l, i) => {
        l.w.assign(first[i].w);
        l.b.assign(first[i].b);
      });
      const adam = tf.train.adam(rate, 0.9, 0.999, 1e-8);
      for (let from = 0; from < n; from += batch) {
        const rows = Math.min(batch, n - from);
        adam.minimize(() => tf.losses.softmaxCrossEntropy(tf.slice(y, [from, 0], [rows, 2]), perceptron(layers, tf.slice(x, [from, 0], [rows, d]))), false, variables);
      }
      layers[0].b.dataSync();
      adam.dispose();
    },
    output: () => tf.tidy(() => tf.softmax(perceptron(layers, tf.slice(x, [0, 0], [256, d]))).dataSync()),
    drop: dropAll(first, layers, x, y),
  };
};
