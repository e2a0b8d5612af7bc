// Shows the gallery as it was rendered when the page was built, until the
// program is there, and hands the program what was shown. A script of its own,
// that the page runs as soon as it has been read: with those of the program the
// gallery would wait for them.
(() => {
  "use strict";
  const app = document.getElementById("app"), picture = document.getElementById("first");
  const text = document.getElementById("first-data");
  if (!app || !picture || !text || location.hash.length > 1) return;
  app.replaceChildren(document.importNode(picture.content, true));
  app.inert = true;
  // The page's policy forbids the attribute style.
  for (const el of app.querySelectorAll("[data-style]")) {
    el.style.cssText = el.dataset.style;
    el.removeAttribute("data-style");
  }
  globalThis.whyboxDOM = {
    saved(target) {
      if (target !== app) return "";
      app.inert = false;
      return text.textContent;
    },
  };
})();
