// Notes what goes to the engine and what comes back, and keeps hold of the
// workers so that a test can harm one. Only tests load it.
globalThis.spy = { sent: [], got: [], workers: [], helpers: [] }; // workers: engines alone
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { // before the page's own
      for (const { id, kind, stage } of data.json ? JSON.parse(data.json) : []) {
        spy.got.push({ id, kind, stage: stage || "", at: performance.now() });
      }
    });
  }
  postMessage(data, ...rest) {
    const op = data.json && /^\{"id":(\d+),"op":"(\w+)"/.exec(data.json);
    if (data.module) (data.line ? spy.helpers : spy.workers).push(this);
    if (op) spy.sent.push({ id: Number(op[1]), op: op[2], at: performance.now() });
    super.postMessage(data, ...rest);
  }
};
