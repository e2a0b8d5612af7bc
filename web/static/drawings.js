// Changes drawings in place: markup of the same structure as what an element
// shows changes values of it and no elements.
(() => {
  "use strict";

  // places finds what the pieces of the markup in el stand for: for each a text
  // or an element and its attribute, null for what makes the structure. Null for
  // all where the browser made something else of the markup.
  function places(el, pieces) {
    const found = new Array(pieces.length).fill(null);
    const walk = document.createTreeWalker(el, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let i = 0; i < pieces.length; i++) {
      if (i > 0 && pieces[i][0] !== "/") { // a start tag
        const node = walk.nextNode();
        if (!node || node.nodeType !== Node.ELEMENT_NODE) return null;
        for (; pieces[i] && pieces[i].endsWith("="); i += 2) {
          const name = pieces[i].slice(pieces[i].lastIndexOf(" ") + 1, -1);
          if (node.getAttribute(name) !== pieces[i + 1]) return null;
          found[i + 1] = { node, name };
        }
      }
      if (i > 0) i++;
      if (pieces[i] === "") continue; // nothing stands between two tags
      const node = walk.nextNode();
      if (!node || node.data !== pieces[i]) return null;
      found[i] = { node };
    }
    return found;
  }

  // drawings makes the memory of what the elements of one root show.
  function drawings() {
    const shown = new WeakMap(); // SVG element -> {pieces, places}: of the markup in it

    // redraw changes the values in el, which shows older markup of the same
    // structure, and reports whether that was so.
    function redraw(el, html) {
      const old = shown.get(el), now = { pieces: html.split(/[<>"]/), places: null };
      shown.set(el, now);
      if (!old || old.pieces.length !== now.pieces.length) return false;
      old.places ||= places(el, old.pieces);
      if (!old.places) return false;
      const changed = [];
      for (let i = 0; i < now.pieces.length; i++) {
        if (now.pieces[i] === old.pieces[i]) continue;
        const place = old.places[i];
        if (!place || (!place.name && now.pieces[i] === "")) return false;
        changed.push(i);
      }
      for (const i of changed) {
        const { node, name } = old.places[i];
        if (name) node.setAttribute(name, now.pieces[i]); else node.data = now.pieces[i];
      }
      now.places = old.places;
      return true;
    }

    return { redraw, forget: (el) => shown.delete(el) };
  }

  globalThis.whyboxDOM = { ...globalThis.whyboxDOM, drawings };
})();
