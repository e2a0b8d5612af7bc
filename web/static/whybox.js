// Loads the program, once for the page and once for each engine worker, and
// offers both what they need of the browser. The build puts Go's wasm_exec.js and the
// other scripts of this folder in front of it, all in one strict function; see internal/bundle.

const script = document.currentScript;
let compiled = null; // promise of the WebAssembly.Module
let opener = null; // the same, of the engine that opens files; null until one is brought

// load fetches and compiles the program; it compiles when idle is resolved.
async function load(url, idle) {
  const response = await fetch(url);
  await idle;
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
  if (WebAssembly.compileStreaming && (response.headers.get("Content-Type") || "").startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

// loadOpener starts to load the engine that opens files.
function loadOpener() {
  if (!opener) {
    opener = load(new URL(script.dataset.files, script.src));
    opener.catch(() => { opener = null; }); // the next file tries again
  }
  return opener;
}

// fail shows what went wrong where the picture would be. Nothing is lost: the
// address holds the state.
function fail(what, why, fix) {
  const box = document.createElement("section");
  box.id = "trouble";
  box.className = "broken";
  box.setAttribute("role", "alert");
  for (const [tag, text] of [["h1", what], ["p", why], ["p", fix]]) {
    const line = document.createElement(tag);
    line.textContent = text;
    box.append(line);
  }
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button strong";
  again.textContent = "Reload";
  again.addEventListener("click", () => location.reload());
  box.append(again);
  const main = document.createElement("main");
  main.append(box);
  const app = document.getElementById("app");
  if (app) app.replaceChildren(main);
  else document.body.append(main);
}

// slow says that computing takes longer here than elsewhere.
function slow() {
  const note = document.createElement("p");
  note.className = "slow";
  note.setAttribute("role", "status");
  note.textContent = "This browser lacks WebAssembly's vector instructions. Everything works and gives the same numbers, but takes longer.";
  document.body.prepend(note);
}

// address returns the location without its hash.
const address = () => location.pathname + location.search;

globalThis.whyboxHost = {
  // engine starts a worker and returns what speaks to it. receive(answers)
  // gets them as bytes; ready() and, once, crashed(text) tell how it is. opens says
  // that it is to open files.
  engine(receive, ready, crashed, opens) {
    const source = `(${whyboxExec})();${whyboxStart}(${whyboxWorker})();`;
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    let over = false;
    let worker = null;
    const helpers = new Map();
    const stop = () => {
      over = true;
      for (const w of [worker, ...helpers.values()]) if (w) w.terminate();
      helpers.clear();
      URL.revokeObjectURL(url);
    };
    const end = (text) => {
      if (over) return;
      stop();
      crashed(text);
    };
    // help starts workers that compute for this one, as many as there are cores
    // left. They speak to it alone; it hears when one is gone.
    let number = 0;
    const help = (module) => {
      for (let n = Math.min(navigator.hardwareConcurrency || 1, 8) - 1; n > 0; n--) {
        const id = number++;
        const helper = new Worker(url);
        helpers.set(id, helper);
        const lost = () => {
          helper.terminate();
          if (helpers.delete(id)) worker.postMessage({ lost: id });
        };
        helper.onmessage = ({ data }) => { if (data.crash !== undefined) lost(); };
        helper.onerror = (e) => { e.preventDefault(); lost(); };
        const { port1, port2 } = new MessageChannel();
        helper.postMessage({ module, line: port1 }, [port1]);
        worker.postMessage({ joined: id, line: port2 }, [port2]);
      }
    };
    const early = [];
    (opens ? loadOpener() : compiled).then((module) => {
      if (over) return;
      worker = new Worker(url);
      worker.onmessage = ({ data }) => {
        if (over) return;
        if (data.ready) ready();
        else if (data.crash !== undefined) end(data.crash);
        else if (data.help) help(module);
        else receive(data.answers);
      };
      worker.onerror = (e) => {
        e.preventDefault();
        end(e.message || "The browser did not start the worker. A page that embeds it must allow worker-src blob: in its Content-Security-Policy.");
      };
      worker.postMessage({ module });
      for (const message of early) worker.postMessage(...message);
    }).catch((err) => end(String(err)));
    return {
      // post sends a question, with the bytes of a file beside it; they are given away.
      post(json, file) {
        const message = file ? [{ json, file }, [file]] : [{ json }];
        if (worker) worker.postMessage(...message);
        else early.push(message);
      },
      stop,
    };
  },

  // files calls opened(number, name, size) for each file that a person drops,
  // pastes or picks; read(number, done, failed) gives its bytes.
  files(opened) {
    const held = [];
    const take = (list) => {
      for (const file of list) opened(held.push(file) - 1, file.name, file.size);
    };
    const carries = (e) => e.dataTransfer && e.dataTransfer.types.includes("Files");
    let over = 0; // elements that the dragged file is over
    const hover = (by) => {
      if (by > 0) loadOpener();
      over = Math.max(0, by === 0 ? 0 : over + by);
      document.documentElement.classList.toggle("dropping", over > 0);
    };
    document.addEventListener("dragenter", (e) => { if (carries(e)) { e.preventDefault(); hover(1); } });
    document.addEventListener("dragleave", (e) => { if (carries(e)) hover(-1); });
    document.addEventListener("dragover", (e) => { if (carries(e)) e.preventDefault(); });
    document.addEventListener("drop", (e) => {
      if (!carries(e)) return;
      e.preventDefault();
      hover(0);
      take(e.dataTransfer.files);
    });
    const picker = (e) => e.target.localName === "input" && e.target.type === "file";
    document.addEventListener("click", (e) => { if (picker(e)) loadOpener(); });
    document.addEventListener("change", (e) => {
      if (!picker(e)) return;
      take(e.target.files);
      e.target.value = ""; // so that the same file can be picked again
    });
    document.addEventListener("paste", (e) => {
      if (e.target.closest && e.target.closest("input, textarea, [contenteditable]")) return;
      const text = e.clipboardData.getData("text/plain");
      if (e.clipboardData.files.length > 0) take(e.clipboardData.files);
      else if (text.trim().includes("\n")) take([new File([text], "pasted.csv")]);
      else return;
      e.preventDefault();
    });
    return (number, done, failed) => {
      held[number].arrayBuffer().then(done, (err) => failed(String(err)));
    };
  },

  setHash(hash, replace) {
    const url = address() + hash;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", url);
    } catch (err) { // a sandboxed page, or too often in a short time: the state goes on without the address
      console.warn("whybox: " + err);
    }
  },

  // copy puts the link of a hash on the clipboard.
  async copy(hash) {
    const link = location.href.replace(/#.*/s, "") + hash;
    try {
      await navigator.clipboard.writeText(link);
    } catch { // no permission, or not a secure page
      const area = document.createElement("textarea");
      area.value = link;
      area.className = "sr";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  },

  // media returns what tells whether a media query holds.
  media(query) {
    const list = matchMedia(query);
    return () => list.matches;
  },
  fail,
};

// The hash of the address is the state, so a link within the page must not
// change it.
document.addEventListener("click", (e) => {
  const link = e.target.closest && e.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  e.preventDefault();
  target.focus();
  target.scrollIntoView();
});

async function start() {
  if (typeof WebAssembly !== "object") {
    fail("This browser cannot run whybox", "It has no WebAssembly, or it is switched off.",
      "Use a current Firefox, Chrome, Edge or Safari, and allow WebAssembly for this page.");
    return;
  }
  try {
    compiled = load(new URL(script.dataset.wasm, script.src), globalThis.whyboxDOM.painted);
    const module = await compiled;
    const go = new Go();
    const instance = await whyboxStart(go, module, slow);
    performance.mark("whybox-running");
    await go.run(instance);
    fail("The page stopped", "An error in whybox ended it; the browser's console has the details.",
      "Reload: the address holds your figure.");
  } catch (err) {
    fail("whybox could not start", String(err),
      "Check the connection and reload. If this page is your own copy, serve it with: whybox serve");
  }
}

start();
