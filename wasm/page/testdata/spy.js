// Notes what goes to the engine and what comes back, and keeps hold of the
// workers so that a test can harm one. Only tests load it.
globalThis.spy = { sent: [], got: [], workers: [], helpers: [] }; // workers: engines alone
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { // before the page's own
      const kind = data.json && /^\{"id":(\d+),"kind":"(\w+)"(?:,"stage":"(\w+)")?/.exec(data.json);
      if (kind) spy.got.push({ id: Number(kind[1]), kind: kind[2], stage: kind[3] || "", at: performance.now() });
    });
  }
  postMessage(data, ...rest) {
    const op = data.json && /^\{"id":(\d+),"op":"(\w+)"/.exec(data.json);
    if (data.module) (data.line ? spy.helpers : spy.workers).push(this);
    if (op) spy.sent.push({ id: Number(op[1]), op: op[2], at: performance.now() });
    super.postMessage(data, ...rest);
  }
};
