"use strict";
// Plain JavaScript: the floor that every library must beat.

// dense computes act(x·w + b) for n rows, act being ReLU or none.
function dense(dst, x, n, l, relu) {
  const { w, b, in: k, out: m } = l;
  for (let r = 0; r < n; r++) {
    const to = r * m;
    for (let j = 0; j < m; j++) dst[to + j] = b[j];
    for (let i = 0; i < k; i++) {
      const v = x[r * k + i];
      const row = i * m;
      for (let j = 0; j < m; j++) dst[to + j] += v * w[row + j];
    }
    if (relu) for (let j = 0; j < m; j++) if (dst[to + j] < 0) dst[to + j] = 0;
  }
}

// softmax replaces n rows of k logits by probabilities.
function softmax(x, n, k) {
  for (let r = 0; r < n; r++) {
    let top = -Infinity;
    for (let j = 0; j < k; j++) top = Math.max(top, x[r * k + j]);
    let sum = 0;
    for (let j = 0; j < k; j++) sum += x[r * k + j] = Math.exp(x[r * k + j] - top);
    for (let j = 0; j < k; j++) x[r * k + j] /= sum;
  }
}

// Rows that go through the network at a time, so that they stay in the cache.
const chunk = 64;

function perceptron(task, arrays) {
  const layers = layersOf(arrays[net(task) + "/weights"], sizesOf(task));
  const h1 = new Float32Array(chunk * hidden);
  const h2 = new Float32Array(chunk * hidden);
  return (dst, x, n) => {
    for (let from = 0; from < n; from += chunk) {
      const rows = Math.min(chunk, n - from);
      const scores = dst.subarray(2 * from, 2 * (from + rows));
      dense(h1, x.subarray(from * task.d, (from + rows) * task.d), rows, layers[0], true);
      dense(h2, h1, rows, layers[1], true);
      dense(scores, h2, rows, layers[2], false);
      softmax(scores, rows, 2);
    }
  };
}

kinds.forward = kinds.call = (task, arrays) => {
  const predict = perceptron(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.rows * task.d);
  const dst = new Float32Array(2 * task.rows);
  return { run: () => predict(dst, x, task.rows), output: () => dst };
};

kinds.shap = (task, arrays) => {
  const predict = perceptron(task, arrays);
  const { d, rows: m } = task;
  const masks = arrays[net(task) + "/masks"];
  const pairs = arrays[net(task) + "/pairs"];
  const x = arrays[net(task) + "/rows"];
  const background = arrays[net(task) + "/background"];
  const count = masks.length / d;
  const mixed = new Float32Array(m * d);
  const scores = new Float32Array(2 * m);
  let phi = null;
  return {
    run() {
      const worth = new Float64Array(count);
      for (let s = 0; s < count; s++) {
        mixRows(mixed, masks, s, 1, x, background, m, d);
        predict(scores, mixed, m);
        let sum = 0;
        for (let b = 0; b < m; b++) sum += scores[2 * b + 1];
        worth[s] = sum / m;
      }
      phi = regress(masks, pairs, worth, d);
    },
    output: () => phi,
  };
};
