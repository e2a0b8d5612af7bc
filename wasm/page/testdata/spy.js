// Notes what goes to the engine and what comes back, and keeps hold of the
// workers so that a test can harm one. Only tests load it.
globalThis.spy = { sent: [], got: [], workers: [], helpers: [] }; // workers: engines alone
// read returns the answers of a message, without their pictures.
spy.read = (bytes) => {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
};
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { // before the page's own
      for (const { id, kind, stage } of data.answers ? spy.read(data.answers) : []) {
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
