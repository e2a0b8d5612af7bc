// Shows the gallery as it was rendered when the page was built, until the
// program is there, and hands the program what was shown. A script of its own,
// that the page runs as soon as it has been read: with those of the program the
// gallery would wait for them. The browser's first frame waits for it: see
// rel="expect" in index.html.
(() => {
  "use strict";
  const app = document.getElementById("app"), picture = document.getElementById("first");
  if (!app || !picture || location.hash.length > 1) return;
  const gallery = document.importNode(picture.content, true);
  // The page's policy forbids the attribute style.
  for (const el of gallery.querySelectorAll("[data-style]")) {
    el.style.cssText = el.dataset.style;
    el.removeAttribute("data-style");
  }
  // What would take the processor from the explanation waits until it is on the
  // screen: the examples further down and, in whybox.js, the program.
  const painted = new Promise((done) => {
    if (document.hidden) { done(); return; }
    new PerformanceObserver(done).observe({ type: "paint", buffered: true });
    setTimeout(done, 1000); // hidden meanwhile, or a browser that does not tell
  }).then(() => app.classList.remove("opening"));
  app.classList.add("opening");
  app.replaceChildren(gallery);
  app.inert = true;
  globalThis.whyboxDOM = {
    painted,
    saved(target) {
      if (target !== app) return "";
      app.inert = false;
      return document.getElementById("first-data").textContent;
    },
  };
})();
