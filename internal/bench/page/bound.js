"use strict";
// What no product can outrun: vector products and sums in registers alone.
let bound = null;

start = async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = await WebAssembly.instantiateStreaming(get("bound.wasm"), { env: { memory } });
  bound = instance.exports.bound;
};

// One turn is 4 rounds of 12 chains of 4 lanes, a product and a sum each.
const turn = 4 * 12 * 4 * 2;

kinds.gemm = ({ m, n, k }) => ({
  many: true,
  run: (times) => bound(Math.round((times * 2 * m * n * k) / turn), 0, 0.5),
  output: () => [],
});
