// Notes when the page asks its engine, hears from it, changes and is painted.
// All times are of performance.now(): ms since the navigation began.
globalThis.watch = (() => {
  const questions = []; // {id, ahead: of what may be asked, at, done: when its last answer came, took: reading all of them, bytes}
  const inputs = []; // {at: of the event itself, begun and ended: of its handlers, value: of a slider}
  const frames = []; // {begun, painted: after layout and paint, render, values: of the explanation it shows}
  const seen = { ready: 0, explained: 0, live: 0 }; // explained: the first explanation is on the screen; live: one that this browser computed
  const reader = new TextDecoder(), done = new TextEncoder().encode('"kind":"done"');
  const waterfall = '[aria-labelledby="panel-waterfall"] .plot-picture svg';
  let answered = false, values = "";

  const RealWorker = Worker;
  globalThis.Worker = class extends RealWorker {
    postMessage(data, ...rest) {
      const q = typeof data.json === "string" && /^\{"id":(\d+),"op":"(show|ahead)"/.exec(data.json);
      if (q) questions.push({ id: Number(q[1]), ahead: q[2] === "ahead", at: performance.now(), done: 0, took: 0, bytes: 0 });
      super.postMessage(data, ...rest);
    }
    set onmessage(f) {
      super.onmessage = (e) => {
        const at = performance.now();
        f.call(this, e);
        const took = performance.now() - at;
        const { answers, ready } = e.data;
        if (ready) seen.ready = at;
        if (!answers) return;
        const json = answers.subarray(4, 4 + new DataView(answers.buffer).getUint32(0, true));
        const id = Number(/^\[\{"id":(\d+)/.exec(reader.decode(json.subarray(0, 40)))[1]); // the answers of a message are to one question
        const q = questions.find((q) => q.id === id);
        if (!q) return;
        q.took += took;
        q.bytes += answers.length;
        if (!holds(json, done)) return;
        q.done = at;
        answered = true;
      };
    }
  };

  addEventListener("input", (e) => {
    const input = { at: e.timeStamp, begun: performance.now(), ended: 0, value: e.target.value };
    inputs.push(input);
  }, true);
  addEventListener("input", () => { inputs[inputs.length - 1].ended = performance.now(); });

  // holds looks for some bytes in others. A text of them would be one more to sweep up.
  function holds(bytes, wanted) {
    for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
      if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
    }
    return false;
  }

  // look finds out which explanation is on the screen. It reads little, so as
  // not to slow what it watches.
  function look() {
    if (!document.querySelector(waterfall)) return;
    values = document.querySelector("#app .whybox").dataset.values;
  }

  // picture tells the waterfall, however it came to be.
  function picture() {
    const all = document.querySelectorAll('[aria-labelledby="panel-waterfall"] .plot-picture *');
    return [...all].map((el) => [el.localName, ...[...el.attributes].map((a) => a.name + "=" + a.value).sort(), el.children.length ? "" : el.textContent].join(" ")).join("\n");
  }

  // A task that a frame's callback asks for comes after its layout and paint. Where
  // the page has much to do it may wait for the frames after it; the first of their
  // callbacks, or of an input's, then tells that the frame is over.
  let frame = null;
  function over() {
    if (!frame) return;
    frame.painted = performance.now();
    const measures = performance.getEntriesByName("whybox-render");
    const last = measures[measures.length - 1];
    if (last && last.startTime >= frame.begun) frame.render = last.duration;
    if (!seen.live && frame.answered) seen.live = frame.painted;
    if (frame.render > 0 || values === "") look();
    frame.values = values;
    frames.push(frame);
    frame = null;
  }
  addEventListener("input", over, true);

  // explained is when a picture of the page with the first explanation is on the
  // screen, as the browser tells it of the largest text or image it painted then.
  let there = Infinity;
  new MutationObserver((_, self) => {
    if (!document.querySelector(waterfall)) return;
    self.disconnect();
    there = performance.now();
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    const painted = list.getEntries().find((e) => e.paintTime >= there);
    if (painted && !seen.explained) seen.explained = painted.renderTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });

  requestAnimationFrame(function each() {
    requestAnimationFrame(each); // so that this runs before what the page asks for later
    over();
    frame = { begun: performance.now(), painted: 0, render: 0, values: "", answered };
    const mine = frame;
    scheduler.postTask(() => { if (mine === frame) over(); }, { priority: "user-blocking" });
  });

  return { questions, inputs, frames, seen, picture };
})();
