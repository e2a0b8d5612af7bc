// Notes when the page asks its engine, hears from it, changes and is painted.
// All times are of performance.now(): ms since the navigation began.
globalThis.watch = (() => {
  const questions = []; // {id, at, done, taken: when its last answer came and was read, took: reading all of them, bytes}
  const inputs = []; // {at: of the event itself, begun and ended: of its handlers}
  const frames = []; // {begun, painted: after layout and paint, done: newest question answered before it, render}
  const seen = { ready: 0, explained: 0, live: 0 }; // explained: the first explanation is painted; live: one that this browser computed
  let newest = 0;

  const RealWorker = Worker;
  globalThis.Worker = class extends RealWorker {
    postMessage(data, ...rest) {
      const q = typeof data.json === "string" && /^\{"id":(\d+),"op":"show"/.exec(data.json);
      if (q) questions.push({ id: Number(q[1]), at: performance.now(), done: 0, taken: 0, took: 0, bytes: 0 });
      super.postMessage(data, ...rest);
    }
    set onmessage(f) {
      super.onmessage = (e) => {
        const at = performance.now();
        f.call(this, e);
        const taken = performance.now();
        const { json, svgs, ready } = e.data;
        if (ready) seen.ready = at;
        if (typeof json !== "string") return;
        const answers = JSON.parse(json), last = answers[answers.length - 1];
        const q = questions.find((q) => q.id === last.id);
        if (!q) return;
        q.took += taken - at;
        q.bytes += json.length + svgs.join("").length;
        if (last.kind !== "done") return;
        q.done = at;
        q.taken = taken;
        newest = q.id;
      };
    }
  };

  addEventListener("input", (e) => {
    const input = { at: e.timeStamp, begun: performance.now(), ended: 0 };
    inputs.push(input);
  }, true);
  addEventListener("input", () => { inputs[inputs.length - 1].ended = performance.now(); });

  // A message posted by a frame's callback comes after its layout and paint.
  const channel = new MessageChannel();
  let frame = null;
  channel.port1.onmessage = () => {
    if (!frame) return;
    frame.painted = performance.now();
    const measures = performance.getEntriesByName("whybox-render");
    const last = measures[measures.length - 1];
    if (last && last.startTime >= frame.begun) frame.render = last.duration;
    if (!seen.live && frame.done > 0) seen.live = frame.painted;
    frames.push(frame);
    frame = null;
    if (!seen.explained && document.querySelector('[aria-labelledby="panel-waterfall"] .plot-picture svg')) seen.explained = performance.now();
  };
  requestAnimationFrame(function each() {
    requestAnimationFrame(each); // so that this runs before what the page asks for later
    frame = { begun: performance.now(), painted: 0, done: newest, render: 0 };
    channel.port2.postMessage(null);
  });

  return { questions, inputs, frames, seen };
})();
