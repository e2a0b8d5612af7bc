"use strict";
// A contender in its worker. Its script defines
//   start(options)   makes its runtime ready
//   kinds[kind](task, arrays)   prepares a task and returns { run, output, drop, check }
// run does the task once, or so many times where many is set; output returns what
// was computed last; either may return a promise; check, where there is one, is
// a run on inputs that others had too.
const [engine, ...options] = location.search.slice(1).split("-");
const kinds = {};
let start = async () => {};
let work = null;
let arrays = null;
let started = null;

importScripts("solve.js", engine + ".js");

// get fetches what the benchmark serves.
async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function load() {
  const parts = await (await get("arrays.json")).json();
  const content = await (await get("arrays.bin")).arrayBuffer();
  arrays = {};
  for (const [name, p] of Object.entries(parts)) {
    arrays[name] = new Float32Array(content, 4 * p.from, p.length);
  }
  await start(options, parts, content);
}

// times runs the work so many times.
async function times(n) {
  if (work.many) {
    await work.run(n);
    return;
  }
  for (let i = 0; i < n; i++) {
    const wait = work.run();
    if (wait) await wait;
  }
}

const operations = {
  // prepare returns whether there is such a kind of work here.
  async prepare({ task }) {
    started ??= load();
    await started;
    if (work && work.drop) await work.drop();
    work = null;
    if (!kinds[task.kind]) return false;
    work = await kinds[task.kind](task, arrays);
    return work.how ?? true;
  },
  // sample returns how many ms so many runs took.
  async sample({ inner }) {
    const from = performance.now();
    await times(inner);
    return performance.now() - from;
  },
  async output({ check }) {
    if (check && work.check) await work.check();
    return Float64Array.from(await work.output());
  },
};

onmessage = async (e) => {
  try {
    const value = await operations[e.data.op](e.data);
    postMessage({ value });
  } catch (err) {
    postMessage({ error: String((err && err.stack) || err) });
  }
};

// fastest measures the ways a task can be done, each twice after one to warm
// up, and returns the best.
async function fastest(ways) {
  let best = null;
  for (const way of ways) {
    let took = Infinity;
    for (let i = 0; i < 3; i++) {
      const from = performance.now();
      await way.run();
      if (i > 0) took = Math.min(took, performance.now() - from);
    }
    if (best === null || took < best.took) best = { way, took };
  }
  return best.way;
}
