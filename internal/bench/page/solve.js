"use strict";
// What peers and the plain JavaScript share: the arithmetic around the model.

// net returns the prefix of the arrays of a task's network.
const net = (task) => (task.d === 784 ? "cnn" : "mlp" + task.d);

// regress returns the Shapley values: the weighted least squares of the worths
// of the coalitions (a Float64Array, first that of everything, then of nothing),
// where the constraint on their sum takes the place of the last feature.
function regress(masks, pairs, worth, d) {
  const n = d - 1;
  const total = worth[0] - worth[1];
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  const z = new Float64Array(n);
  const wz = new Float64Array(n);
  for (let s = 2; s < worth.length; s++) {
    const at = s * d;
    const last = masks[at + n];
    const w = pairs[s >> 1];
    const y = worth[s] - worth[1] - last * total;
    for (let i = 0; i < n; i++) {
      z[i] = masks[at + i] - last;
      wz[i] = w * z[i];
      b[i] += wz[i] * y;
    }
    for (let i = 0; i < n; i++) {
      const v = wz[i];
      if (v === 0) continue;
      const row = i * n;
      for (let j = 0; j <= i; j++) a[row + j] += v * z[j];
    }
  }
  solvePositive(a, b, n);
  const phi = new Float64Array(d);
  let rest = total;
  for (let i = 0; i < n; i++) {
    phi[i] = b[i];
    rest -= b[i];
  }
  phi[n] = rest;
  return phi;
}

// solvePositive solves a·x = b for a positive definite a, of which the lower
// half is given, and leaves x in b (Cholesky).
function solvePositive(a, b, n) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s = a[i * n + j];
      for (let k = 0; k < j; k++) s -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(s) : s / a[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

// mixRows writes to rows (count·m×d) the background rows (m×d) with the
// features of x that each of count coalitions has, masks from the given one on.
function mixRows(rows, masks, first, count, x, background, m, d) {
  let at = 0;
  for (let s = first; s < first + count; s++) {
    const mask = masks.subarray(s * d, (s + 1) * d);
    for (let b = 0; b < m; b++) {
      for (let i = 0; i < d; i++) rows[at + i] = mask[i] !== 0 ? x[i] : background[b * d + i];
      at += d;
    }
  }
}

// layersOf cuts the weights of a perceptron into layers: w (in×out) and b.
function layersOf(flat, sizes) {
  const layers = [];
  let at = 0;
  for (let i = 1; i < sizes.length; i++) {
    layers.push({ in: sizes[i - 1], out: sizes[i], w: flat.subarray(at, (at += sizes[i - 1] * sizes[i])) });
  }
  for (const l of layers) l.b = flat.subarray(at, (at += l.out));
  return layers;
}

const hidden = 64;
const sizesOf = (task) => [task.d, hidden, hidden, 2];
