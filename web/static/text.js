"use strict";

// What Go's wasm_exec.js makes strings with, in place of the browser's own
// decoder, whose strings lie outside of the script's memory: freeing those of one
// drag of a slider took a full collection up to 59 ms, with the page standing
// still (Chromium 156). These are short-lived objects like any other. What
// is long or no proper UTF-8 goes to the browser's.
class TextDecoder {
  constructor() {
    this.own = new globalThis.TextDecoder();
    this.units = new Uint16Array(4096);
  }

  decode(view) {
    const from = new Uint8Array(view.buffer, view.byteOffset, view.byteLength), units = this.units;
    if (from.length > 1 << 17) return this.own.decode(view);
    let text = "", n = 0;
    for (let i = 0; i < from.length;) {
      let c = from[i++];
      if (c >= 0x80) {
        const more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        let bad = c < 0xc2 || c > 0xf4;
        c &= 0x3f >> more;
        for (let k = 0; k < more; k++) {
          const next = from[i++];
          bad ||= (next & 0xc0) !== 0x80;
          c = c << 6 | next & 0x3f;
        }
        bad ||= c < (more === 2 ? 0x800 : more === 3 ? 0x10000 : 0x80) || c > 0x10ffff || c >> 11 === 0x1b;
        if (bad || (c === 0xfeff && i === 3)) return this.own.decode(view); // a byte order mark is dropped
        if (c > 0xffff) {
          units[n++] = 0xd800 | c - 0x10000 >> 10;
          c = 0xdc00 | c & 0x3ff;
        }
      }
      units[n++] = c;
      if (n > units.length - 2) {
        text += String.fromCharCode.apply(null, units.subarray(0, n));
        n = 0;
      }
    }
    return text + String.fromCharCode.apply(null, units.subarray(0, n));
  }
}
