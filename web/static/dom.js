// The browser's half of wasm/dom: applies batches of changes to one root and
// hands its events over. The operations are those of wasm/dom/batch.go.
(() => {
  "use strict";

  const SPACES = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"];
  const ATTRIBUTE_SPACES = {
    xlink: "http://www.w3.org/1999/xlink",
    xml: "http://www.w3.org/XML/1998/namespace",
    xmlns: "http://www.w3.org/2000/xmlns/",
  };
  // Events that do not bubble are caught on their way down.
  const QUIET = new Set(["focus", "blur", "pointerenter", "pointerleave", "mouseenter", "mouseleave", "scroll",
    "scrollend", "load", "error", "toggle", "beforetoggle", "invalid", "close", "cancel", "play", "pause", "ended"]);
  // Listeners to these make scrolling wait unless they are passive.
  const SCROLLING = new Set(["touchstart", "touchmove", "wheel", "mousewheel"]);
  const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex='0']";
  const MOVING = new Set(["pointermove", "mousemove", "pointerenter", "pointerleave", "mouseenter", "mouseleave"]); // change no field
  const FORCED = new Set(["checked", "selected", "muted", "indeterminate"]); // properties, not attributes

  let active = null; // the event being handled
  let activeTarget = null; // the element whose handler runs
  let stopped = false;

  // vugu.DOMEvent calls these.
  window.vuguGetActiveEvent = () => active;
  window.vuguGetActiveEventTarget = () => active && active.target;
  window.vuguGetActiveEventCurrentTarget = () => activeTarget;
  window.vuguActiveEventPreventDefault = () => { if (active) active.preventDefault(); };
  window.vuguActiveEventStopPropagation = () => {
    if (active) { active.stopPropagation(); stopped = true; }
  };

  function describe(el) {
    const d = { id: el.id || "", name: el.name || "", tagName: el.tagName || "", dataset: { ...el.dataset } };
    if (typeof el.value === "string") d.value = el.value;
    if (typeof el.checked === "boolean") d.checked = el.checked;
    if (Number.isFinite(el.valueAsNumber)) d.valueAsNumber = el.valueAsNumber;
    if (el.files) d.files = el.files.length;
    return d;
  }

  function summarize(e, el) {
    const s = {
      type: e.type, key: e.key, code: e.code, repeat: e.repeat, isComposing: e.isComposing,
      shiftKey: e.shiftKey, ctrlKey: e.ctrlKey, metaKey: e.metaKey, altKey: e.altKey,
      button: e.button, buttons: e.buttons, pointerId: e.pointerId, pointerType: e.pointerType, deltaY: e.deltaY,
      target: describe(e.target),
      currentTarget: { id: el.id || "", dataset: { ...el.dataset } },
    };
    const at = e.changedTouches ? e.changedTouches[0] : e;
    if (at && at.clientX !== undefined) { // only these are worth a layout
      const box = (el.dataset.box && el.querySelector(el.dataset.box) || el).getBoundingClientRect(); // of the part that counts
      s.currentTarget.width = box.width;
      s.currentTarget.height = box.height;
      s.clientX = at.clientX;
      s.clientY = at.clientY;
      s.scale = devicePixelRatio;
      s.x = box.width ? (at.clientX - box.left) / box.width : 0;
      s.y = box.height ? (at.clientY - box.top) / box.height : 0;
    }
    return JSON.stringify(s);
  }

  // isField: a person can type or choose a value here.
  function isField(el) {
    const tag = el.localName;
    return tag === "textarea" || tag === "select" || (tag === "input" && el.type !== "file");
  }

  function isSelectable(el) {
    return el && typeof el.selectionStart === "number";
  }

  // parseWatch reads what listen in wasm/dom/tree.go wrote.
  function parseWatch(text) {
    const [types, prevent, capture] = text.split("|");
    const watch = { types: new Set(types.split(" ").filter(Boolean)), prevent: new Map(), capture: capture === "c" };
    for (const rule of prevent.split(" ").filter(Boolean)) {
      const colon = rule.indexOf(":");
      if (colon < 0) watch.prevent.set(rule, null);
      else watch.prevent.set(rule.slice(0, colon), rule.slice(colon + 1).split(","));
    }
    return watch;
  }

  function prevents(watch, e) {
    const keys = watch.prevent.get(e.type);
    if (keys === undefined) return false;
    if (keys === null) return true;
    return !e.ctrlKey && !e.altKey && !e.metaKey && (keys.includes(e.key) || keys.includes(e.code));
  }

  // open makes the view of one root. handle(id, capture, summary) is Go's.
  function open(target, handle) {
    const nodes = [null, target]; // by id
    const names = [];
    const watches = new Map(); // element -> what parseWatch returns
    const listeners = new Map(); // "type" or "!type" -> {type, capture, passive, run}
    const fields = new Map(); // element -> {property: {value, fresh}}
    const loose = new Set(); // fields whose state may be another than wanted
    const dimmed = new Set(); // buttons to be disabled once the focus leaves them
    const drawings = whyboxDOM.drawings();
    let allLoose = false; // the state of any field may
    let shown = false, applying = false, closed = false;

    function onEvent(e, capture) {
      if (applying || closed) return; // what a batch itself causes is no news
      if (e.type === "input" && e.target.type === "range") loose.add(e.target);
      else if (!MOVING.has(e.type)) allLoose = true;
      const path = e.composedPath();
      const chain = path.slice(0, path.indexOf(target)).filter((el) => watches.has(el));
      if (!capture || QUIET.has(e.type)) {
        let held = e.type !== "pointerdown"; // the innermost element holds the pointer
        for (const el of chain) {
          const watch = watches.get(el);
          if (prevents(watch, e)) e.preventDefault();
          if (watch.capture && !held) el.setPointerCapture(e.pointerId);
          held ||= watch.capture;
        }
      }
      stopped = false;
      if (capture) {
        for (const el of chain.slice().reverse()) call(e, el, "!" + e.type, true);
        if (!QUIET.has(e.type)) return;
      }
      for (const el of chain) {
        if (!e.bubbles && el !== e.target) continue;
        call(e, el, e.type, false);
      }
    }

    function call(e, el, type, capture) {
      const watch = watches.get(el);
      if (closed || stopped || !watch || !watch.types.has(type) || (type === "click" && dimmed.has(el))) return;
      const outer = [active, activeTarget];
      active = e;
      activeTarget = el;
      try {
        handle(watch.id, capture, summarize(e, el));
      } finally {
        [active, activeTarget] = outer;
      }
    }

    function need(type, capture, passive) {
      const key = (capture ? "!" : "") + type;
      const old = listeners.get(key);
      if (old) {
        if (passive || !old.passive) return;
        target.removeEventListener(type, old.run, old);
      }
      const l = { type, capture, passive, run: (e) => onEvent(e, capture) };
      target.addEventListener(type, l.run, l);
      listeners.set(key, l);
    }

    function listen(id, text) {
      const el = nodes[id];
      if (text === "") {
        watches.delete(el);
        return;
      }
      const watch = parseWatch(text);
      watch.id = id;
      watches.set(el, watch);
      for (const t of watch.types) {
        const type = t.replace("!", "");
        need(type, t[0] === "!" || QUIET.has(type), SCROLLING.has(type) && !watch.prevent.has(type));
      }
      for (const type of watch.prevent.keys()) need(type, QUIET.has(type), false);
      if (watch.capture) need("pointerdown", false, false);
      // Without the attribute checked, the model says no.
      const ticks = el.localName === "input" && (el.type === "checkbox" || el.type === "radio");
      if (ticks && hold(el) && !(fields.get(el) || {}).checked) want(el, "checked", el.checked);
    }

    // want notes the value a property is to have once the batch is applied: a
    // select needs its options first, a range its bounds.
    function want(el, property, value) {
      if (!fields.has(el)) fields.set(el, {});
      fields.get(el)[property] = { value, fresh: true };
      loose.add(el);
    }

    // dim disables a button that has the focus and is not to lose it.
    function dim(el) {
      dimmed.add(el);
      el.setAttribute("aria-disabled", "true");
    }

    function brighten(el) {
      if (dimmed.delete(el)) el.removeAttribute("aria-disabled");
    }

    function onFocusOut({ target: el }) {
      allLoose = true;
      if (applying || !dimmed.has(el)) return;
      brighten(el);
      el.disabled = true;
    }
    target.addEventListener("focusout", onFocusOut);

    function setAttribute(el, name, value) {
      if (name === "disabled" && el.localName === "button" && el === focusedElement()) dim(el);
      else if (name === "style") el.style.cssText = value;
      else if (name === "value" && isField(el)) want(el, name, value);
      else if (FORCED.has(name) && name in el) want(el, name, true);
      else el.setAttribute(name, value);
    }

    function removeAttribute(el, name) {
      if (name === "disabled") brighten(el);
      if (name === "value" && isField(el)) {
        if (fields.has(el)) delete fields.get(el).value;
      } else if (FORCED.has(name) && name in el) want(el, name, false);
      else if (name === "style") el.style.cssText = "";
      else el.removeAttribute(name);
    }

    function setProperty(el, name, json) {
      const value = JSON.parse(json);
      if (name === "style") el.style.cssText = value;
      else if (name === "value" && isField(el)) want(el, name, value === null ? "" : String(value));
      else if (FORCED.has(name)) want(el, name, Boolean(value));
      else el[name] = value;
    }

    function setHTML(el, html) {
      const plain = !/[<&\r]/.test(html);
      if (!plain && el.namespaceURI === SPACES[1] && !/[&\r]/.test(html)) {
        if (drawings.redraw(el, html)) return;
      } else {
        drawings.forget(el);
      }
      if (!plain) {
        el.innerHTML = html;
      } else if (el.childNodes.length === 1 && el.firstChild.nodeType === Node.TEXT_NODE) {
        el.firstChild.data = html; // keeps what a person selected
      } else {
        el.textContent = html;
      }
    }

    function insert(parent, node, before) {
      if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, before);
      else parent.insertBefore(node, before);
    }

    // hold reports whether the model keeps a person's input from standing.
    function hold(el) {
      const watch = watches.get(el.localName === "option" ? el.closest("select") : el);
      return Boolean(watch) && ["input", "change", "click"].some((t) => watch.types.has(t));
    }

    function syncFields() {
      const focused = focusedElement();
      for (const el of allLoose ? fields.keys() : loose) {
        const wants = fields.get(el);
        for (const name in wants) {
          const w = wants[name];
          if (el[name] !== w.value && (w.fresh || (hold(el) && (name !== "value" || el !== focused)))) {
            const typing = el === focused && el.type === "number" && Number(el.value) === Number(w.value) && el.value !== "";
            if (!typing) el[name] = w.value; // "1." is on its way to "1.5"
          }
          w.fresh = false;
        }
      }
      loose.clear();
      allLoose = false;
    }

    // focusedElement returns the focused element of this root, or null.
    function focusedElement() {
      const el = target.getRootNode().activeElement;
      return el && el !== target && target.contains(el) ? el : null;
    }

    function rememberFocus() {
      const el = focusedElement();
      if (!el) return null;
      const f = { el, inside: el.shadowRoot && el.shadowRoot.activeElement, places: [] };
      for (let e = el; e !== target; e = e.parentNode) f.places.push([e.parentNode, e.previousElementSibling]);
      if (isSelectable(el)) f.selection = [el.selectionStart, el.selectionEnd, el.selectionDirection];
      return f;
    }

    // heir returns what takes the focus of an element that is gone: the nearest
    // that can, after its place, else before it.
    function heir(places) {
      for (const [parent, before] of places) {
        if (!parent.isConnected) continue;
        const all = [...parent.querySelectorAll(FOCUSABLE)].filter((el) => el.getClientRects().length > 0);
        const follows = (el) => before.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING && !before.contains(el);
        if (all.length > 0) return (before && before.parentNode === parent ? all.find(follows) : all[0]) || all[all.length - 1];
      }
      return null;
    }

    function restoreFocus(f) {
      if (!f) return;
      if (!f.el.isConnected) {
        const el = heir(f.places);
        if (el) el.focus();
        return;
      }
      if (focusedElement() !== f.el && !f.inside) f.el.focus({ preventScroll: true });
      if (f.selection && isSelectable(f.el) &&
        (f.el.selectionStart !== f.selection[0] || f.el.selectionEnd !== f.selection[1])) {
        f.el.setSelectionRange(...f.selection);
      }
    }

    // apply runs a batch and returns what the browser refused, or null. start is
    // when the render began.
    function apply(buffer, bytes, text, fresh, start) {
      if (fresh !== "") names.push(...JSON.parse(fresh));
      if (!shown) {
        target.replaceChildren();
        shown = true;
      }
      const ops = bytes === 0 ? [] : new Int32Array(buffer.buffer, 0, bytes / 4);
      const focus = rememberFocus();
      let refused = null, autofocus = null, i = 0, at = 1;
      const str = (length) => text.substring(at, (at += length));
      applying = true;
      while (i < ops.length) {
        // The operands are read before anything can throw.
        const op = ops[i], id = ops[i + 1], a = ops[i + 2], b = ops[i + 3];
        // What a field holds depends on its other attributes and its options.
        if (op === 8 ? names[a] !== "value" && isField(nodes[id]) : op !== 7 && op !== 12) allLoose = true;
        try {
          switch (op) {
            case 1: i += 4; nodes[id] = document.createElementNS(SPACES[a], names[b]); break;
            case 2: i += 3; nodes[id] = document.createTextNode(str(a)); break;
            case 3: i += 3; nodes[id] = document.createComment(str(a)); break;
            case 4: i += 4; insert(nodes[id], nodes[a], b === 0 ? null : nodes[b]); break;
            case 5: i += 2; nodes[id].remove(); break;
            case 6: i += 2; watches.delete(nodes[id]); fields.delete(nodes[id]); dimmed.delete(nodes[id]); nodes[id] = null; break;
            case 7: i += 3; nodes[id].data = str(a); break;
            case 8: i += 4; setAttribute(nodes[id], names[a], str(b)); break;
            case 9: {
              const value = str(ops[i + 4]), bare = names[b].replace(/^.*:/, "");
              i += 5;
              nodes[id].setAttributeNS(ATTRIBUTE_SPACES[names[a]] || null, names[a] + ":" + bare, value);
              break;
            }
            case 10: i += 3; removeAttribute(nodes[id], names[a]); break;
            case 11: i += 4; setProperty(nodes[id], names[a], str(b)); break;
            case 12: i += 3; setHTML(nodes[id], str(a)); break;
            case 13: i += 3; listen(id, str(a)); break;
            case 14: i += 2; autofocus = nodes[id]; break;
            default: throw new Error("unknown operation " + op);
          }
        } catch (err) {
          refused = String(err);
          if (op < 1 || op > 14) break; // nothing after it can be read
          if (op === 1) nodes[id] = document.createElementNS(SPACES[a], "span"); // keeps its children
        }
      }
      syncFields();
      restoreFocus(focus);
      if (autofocus && autofocus.isConnected) autofocus.focus();
      applying = false;
      performance.clearMeasures("whybox-render");
      performance.measure("whybox-render", { start });
      return refused;
    }

    function close() {
      closed = true;
      for (const l of listeners.values()) target.removeEventListener(l.type, l.run, l);
      target.removeEventListener("focusout", onFocusOut);
      if (shown) target.replaceChildren();
      nodes.length = 0;
      watches.clear();
      dimmed.clear();
      listeners.clear();
      fields.clear();
    }

    return { apply, close, node: (id) => nodes[id] };
  }

  globalThis.whyboxDOM = { ...globalThis.whyboxDOM, open };
})();
