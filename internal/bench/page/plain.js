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
  const predict = task.d === side * side ? convolutional(task, arrays) : perceptron(task, arrays);
  const x = arrays[net(task) + "/rows"].subarray(0, task.rows * task.d);
  const dst = new Float32Array((task.d === side * side ? digits : 2) * task.rows);
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

// convolve computes ReLU(x * f + b) for an image of s×s pixels of k channels,
// with zeros around it.
function convolve(dst, x, f, b, s, k, m) {
  for (let y = 0; y < s; y++) {
    for (let z = 0; z < s; z++) {
      const to = (y * s + z) * m;
      for (let j = 0; j < m; j++) dst[to + j] = b[j];
      for (let v = Math.max(0, 1 - y); v < Math.min(3, s + 1 - y); v++) {
        for (let u = Math.max(0, 1 - z); u < Math.min(3, s + 1 - z); u++) {
          const from = ((y + v - 1) * s + z + u - 1) * k;
          for (let i = 0; i < k; i++) {
            const value = x[from + i];
            const row = ((v * 3 + u) * k + i) * m;
            for (let j = 0; j < m; j++) dst[to + j] += value * f[row + j];
          }
        }
      }
      for (let j = 0; j < m; j++) if (dst[to + j] < 0) dst[to + j] = 0;
    }
  }
}

// pool takes the maximum of 2×2 of s×s pixels of k channels.
function pool(dst, x, s, k) {
  const half = s / 2;
  for (let y = 0; y < half; y++) {
    for (let z = 0; z < half; z++) {
      const from = (2 * y * s + 2 * z) * k;
      for (let j = 0; j < k; j++) {
        const top = Math.max(x[from + j], x[from + k + j]);
        const low = Math.max(x[from + s * k + j], x[from + (s + 1) * k + j]);
        dst[(y * half + z) * k + j] = Math.max(top, low);
      }
    }
  }
}

function convolutional(task, arrays) {
  const { filters, biases, dense: w } = convolutionsOf(arrays["cnn/weights"]);
  const c = channels;
  const h0 = new Float32Array(side * side * c[1]);
  const p0 = new Float32Array(h0.length / 4);
  const h1 = new Float32Array((p0.length / c[1]) * c[2]);
  const p1 = new Float32Array(h1.length / 4);
  return (dst, x, n) => {
    for (let r = 0; r < n; r++) {
      convolve(h0, x.subarray(r * task.d, (r + 1) * task.d), filters[0], biases[0], side, 1, c[1]);
      pool(p0, h0, side, c[1]);
      convolve(h1, p0, filters[1], biases[1], side / 2, c[1], c[2]);
      pool(p1, h1, side / 2, c[2]);
      dense(dst.subarray(r * digits, (r + 1) * digits), p1, 1, { w, b: biases[2], in: p1.length, out: digits }, false);
    }
    softmax(dst, n, digits);
  };
}

kinds.occlusion = (task, arrays) => {
  const predict = convolutional(task, arrays);
  const x = arrays["cnn/rows"].subarray(0, task.d);
  const { hidden: masks, count, cover } = squares();
  const images = new Float32Array((count + 1) * task.d);
  const scores = new Float32Array((count + 1) * digits);
  let out = null;
  return {
    run() {
      hide(images, masks, count, x);
      predict(scores, images, count + 1);
      out = falls(scores, masks, count, cover);
    },
    output: () => out,
  };
};
