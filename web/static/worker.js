// The engine's side of the Web Worker. The page turns this function and those of
// wasm_exec.js and kernels.js into the text of a blob, the one form of worker that also runs
// embedded in other sites and from files.
function whyboxWorker() {
  "use strict";

  // Go writes what it panicked with to file 2; the page is to hear of it.
  let written = "";
  const decoder = new TextDecoder();
  const write = globalThis.fs.writeSync;
  globalThis.fs.writeSync = function (fd, buf) {
    written = (written + decoder.decode(buf)).slice(-65536);
    return write.call(this, fd, buf);
  };

  function lastWords() {
    const starts = [...written.matchAll(/^(panic|fatal error|runtime error)\b.*/gm)];
    if (starts.length === 0) return "";
    const text = written.slice(starts[0].index);
    const end = text.search(/\n\s*\n(goroutine|runtime stack)/);
    return (end < 0 ? text : text.slice(0, end)).slice(0, 2000).trim();
  }

  let over = false;
  function crash(message) {
    if (over) return;
    over = true;
    postMessage({ crash: lastWords() || message });
  }

  let receive = null;
  let pool = null;
  const early = [];
  globalThis.whyboxEngine = {
    line: null, // a helper's port to its engine
    // help asks for helpers. joined(id, port) and lost(id) tell of each.
    help(joined, lost) {
      pool = { joined, lost };
      postMessage({ help: true });
    },
    // send posts bytes to the other end of a port and gives them away.
    send(port, bytes) { port.postMessage(bytes, [bytes.buffer]); },
    listen(f) {
      receive = f;
      postMessage({ ready: true });
      for (const { json, file } of early.splice(0)) receive(json, file);
    },
    post(answers) { postMessage({ answers }, [answers.buffer]); },
    // pinger returns a function after whose call the callback runs as soon as
    // the messages that came before were handled. Timers would wait 4 ms.
    pinger(callback) {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => callback();
      return () => channel.port2.postMessage(null);
    },
  };

  async function start(module) {
    const go = new Go();
    try {
      const instance = await whyboxStart(go, module);
      await go.run(instance);
      crash("The engine ended.");
    } catch (err) {
      crash(String(err));
    }
  }

  globalThis.onmessage = (e) => {
    if (e.data.module) {
      whyboxEngine.line = e.data.line || null;
      start(e.data.module);
    } else if (e.data.joined !== undefined) pool.joined(e.data.joined, e.data.line);
    else if (e.data.lost !== undefined) pool.lost(e.data.lost);
    else if (receive) receive(e.data.json, e.data.file);
    else early.push(e.data);
  };
  globalThis.addEventListener("error", (e) => crash(e.message));
  globalThis.addEventListener("unhandledrejection", (e) => crash(String(e.reason)));
}
