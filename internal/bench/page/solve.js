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

// What package task says too.
const explained = 1; // class
const steps = 64; // integrated gradients
const patch = 6; // occlusion, pixels
const stride = 2; // occlusion, pixels
const copies = 50; // SmoothGrad
const noise = 0.1; // SmoothGrad, standard deviation
const batch = 32; // training, rows a step
const rate = 0.01; // training
const side = 28; // of an image, pixels
const digits = 10;
const channels = [1, 16, 32];

// convolutionsOf cuts the weights of the convolutional network.
function convolutionsOf(flat) {
  let at = 0;
  const cut = (n) => flat.subarray(at, (at += n));
  const filters = [cut(9 * channels[0] * channels[1]), cut(9 * channels[1] * channels[2])];
  const dense = cut((side / 4) ** 2 * channels[2] * digits);
  return { filters, dense, biases: [cut(channels[1]), cut(channels[2]), cut(digits)] };
}

// squares returns what occlusion hides: for each square a mask of ones where it
// is, and how many squares cover each pixel.
function squares() {
  const starts = [];
  for (let at = 0; at < side - patch; at += stride) starts.push(at);
  starts.push(side - patch);
  const count = starts.length ** 2;
  const hidden = new Float32Array(count * side * side);
  const cover = new Float32Array(side * side);
  let s = 0;
  for (const top of starts) {
    for (const left of starts) {
      for (let y = top; y < top + patch; y++) {
        for (let x = left; x < left + patch; x++) {
          hidden[s * side * side + y * side + x] = 1;
          cover[y * side + x]++;
        }
      }
      s++;
    }
  }
  return { hidden, count, cover };
}

// normal returns a normal deviate (Marsaglia's polar method).
let spare = null;
function normal() {
  if (spare !== null) {
    const v = spare;
    spare = null;
    return v;
  }
  for (;;) {
    const u = 2 * Math.random() - 1;
    const v = 2 * Math.random() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) {
      const f = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * f;
      return u * f;
    }
  }
}

// noisyCopies writes copies of x with noise to dst.
function noisyCopies(dst, x) {
  for (let i = 0; i < dst.length; i++) dst[i] = x[i % x.length] + noise * normal();
}

// meanOfRows returns the mean of n rows of d values.
function meanOfRows(g, n, d) {
  const mean = new Float64Array(d);
  for (let r = 0; r < n; r++) for (let i = 0; i < d; i++) mean[i] += g[r * d + i];
  for (let i = 0; i < d; i++) mean[i] /= n;
  return mean;
}

// evenPath writes the points of the even walk from zeros to x.
function evenPath(x) {
  const d = x.length;
  const points = new Float32Array((steps + 1) * d);
  for (let s = 0; s <= steps; s++) for (let i = 0; i < d; i++) points[s * d + i] = (s / steps) * x[i];
  return points;
}

// trapezoid returns the integral of the gradients g at the points of that walk,
// times x.
function trapezoid(g, x) {
  const d = x.length;
  const out = new Float64Array(d);
  for (let s = 0; s <= steps; s++) {
    const w = s === 0 || s === steps ? 0.5 : 1;
    for (let i = 0; i < d; i++) out[i] += w * g[s * d + i];
  }
  for (let i = 0; i < d; i++) out[i] *= x[i] / steps;
  return out;
}

// hide writes to dst the images with one square of each mask set to 0, and
// last x itself.
function hide(dst, masks, count, x) {
  const d = x.length;
  for (let s = 0; s < count; s++) for (let i = 0; i < d; i++) dst[s * d + i] = masks[s * d + i] !== 0 ? 0 : x[i];
  dst.set(x, count * d);
}

// falls returns the mean fall of the score over the squares that cover each
// pixel; p has `digits` scores for each image of hide.
function falls(p, masks, count, cover) {
  const out = new Float64Array(cover.length);
  const whole = p[count * digits + explained];
  for (let s = 0; s < count; s++) {
    const fall = whole - p[s * digits + explained];
    for (let i = 0; i < cover.length; i++) if (masks[s * cover.length + i] !== 0) out[i] += fall;
  }
  for (let i = 0; i < cover.length; i++) out[i] /= cover[i];
  return out;
}
