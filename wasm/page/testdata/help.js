// What the tests read of a page. It is put into each new document before the
// page's own script, by the browser's debugger, which the policy does not bind.
globalThis.wb = {
  root: () => document.querySelector("#app .whybox"),

  frames: async (n) => {
    while (n-- > 0) await new Promise((go) => requestAnimationFrame(go));
  },

  // settled waits until nothing is computed any more and says how it ended.
  async settled() {
    const end = performance.now() + 25000;
    for (let quiet = 0; quiet < 2; ) {
      if (performance.now() > end) return "still " + (wb.root() ? wb.root().dataset.state : "without a page") + " after 25 s";
      await Promise.race([wb.frames(2), new Promise((go) => setTimeout(go, 1000))]);
      if (document.querySelector("#app main.broken")) return "broken";
      const state = wb.root() && wb.root().dataset.state;
      quiet = !state || state === "busy" || state === "starting" ? 0 : quiet + 1;
    }
    return wb.root().dataset.state;
  },

  // shown lists the panels: what stands in them, and the size of the picture.
  shown: () => [...document.querySelectorAll("#app section.panel[aria-labelledby]")].map((el) => {
    const text = (selector) => {
      const found = [...el.children].find((e) => e.matches(selector));
      return found ? found.textContent : "";
    };
    const svg = el.querySelector(".plot-picture svg");
    return {
      name: el.getAttribute("aria-labelledby").replace("panel-", ""),
      title: el.querySelector("h2, h3").textContent,
      summary: text(".panel-summary"),
      note: text(".panel-note"),
      trouble: el.querySelector(".trouble") ? el.querySelector(".trouble").textContent : "",
      stale: el.classList.contains("stale"),
      width: svg ? svg.viewBox.baseVal.width : 0,
      height: svg ? svg.viewBox.baseVal.height : 0,
    };
  }),

  panel: (name) => document.querySelector(`#app section.panel[aria-labelledby="panel-${name}"]`),

  // lines returns the elements of an SVG, one a line, with attributes and text, but
  // for how the page is to paint it.
  lines(svg) {
    const out = [];
    (function walk(el) {
      out.push(el.tagName + [...el.attributes].filter((a) => a.name !== "data-own").map((a) => ` ${a.name}=${a.value}`).join("") +
        [...el.childNodes].map((n) => n.nodeType === Node.TEXT_NODE ? " " + n.data : "").join(""));
      for (const child of el.children) walk(child);
    })(svg);
    return out;
  },

  // differs returns the first lines in which the picture shown and another
  // differ by more than the last printed digit of numbers, or "".
  differs(name, other) {
    const box = document.createElement("div");
    box.innerHTML = other;
    const here = wb.lines(wb.panel(name).querySelector(".plot-picture svg")), there = wb.lines(box.firstElementChild);
    if (here.length !== there.length) return `${here.length} elements here, ${there.length} there`;
    const number = /-?\d+(?:\.\d+)?/g;
    for (let i = 0; i < here.length; i++) {
      if (here[i] === there[i]) continue;
      const a = here[i].match(number) || [], b = there[i].match(number) || [];
      const same = here[i].replace(number, "#") === there[i].replace(number, "#") && a.every((x, k) => {
        const digits = (x.split(".")[1] || "").length;
        return Math.abs(x - b[k]) <= 1.01 * 10 ** -digits;
      });
      if (!same) return here[i].slice(0, 400) + "\n" + there[i].slice(0, 400);
    }
    return "";
  },

  // tables opens the table twin of every panel and returns the texts by panel.
  async tables() {
    const out = {};
    for (const el of document.querySelectorAll("#app section.panel[aria-labelledby]")) {
      const button = el.querySelector("button.twin");
      if (!button) continue;
      button.click();
      for (let i = 0; i < 600 && !el.querySelector(".table-wrap"); i++) await wb.frames(1); // the engine sends it
      const rows = [...el.querySelectorAll(".table-wrap table tr")];
      out[el.getAttribute("aria-labelledby").replace("panel-", "")] = rows.map((tr) => [...tr.children].map((td) => td.textContent));
      el.querySelector("button.twin").click();
      await wb.frames(2);
    }
    return out;
  },

  // flips lists the counterfactuals shown.
  flips: () => [...document.querySelectorAll("#app .flips .flip")].map((li) => ({
    outcome: li.querySelector("strong").textContent,
    changes: [...li.querySelectorAll(".changes li")].map((x) => [
      x.querySelector(".change-name").textContent, x.querySelector(".change-way > span").textContent, x.querySelector("b").textContent]),
  })),

  // at returns where on the screen the middle of an element is, after bringing
  // it into view; fx and fy are the place within it as fractions.
  at(selector, fx = 0.5, fy = 0.5) {
    const el = typeof selector === "string" ? document.querySelector(selector) : selector;
    if (!el) throw new Error("nothing matches " + selector);
    const point = () => {
      const box = el.getBoundingClientRect();
      return [box.left + fx * box.width, box.top + fy * box.height];
    };
    const [x, y] = point();
    if (x < 4 || y < 70 || x > innerWidth - 4 || y > innerHeight - 70) { // bars stick to both ends
      el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    }
    return point();
  },

  button: (text) => [...document.querySelectorAll("#app button")].find((b) => b.textContent.trim() === text || b.getAttribute("aria-label") === text),

  // set moves a field the way a person does: one input event and one change.
  set(selector, value) {
    const el = document.querySelector(selector);
    el.value = value;
    el.dispatchEvent(new Event("input", { bubbles: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
  },
};

// focus tells what has the focus and whether a person can see that.
wb.focus = () => {
  const el = document.activeElement;
  const box = el.getBoundingClientRect(), style = getComputedStyle(el);
  const ring = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== "none";
  const row = el.parentElement ? getComputedStyle(el.parentElement) : style;
  return {
    tag: el.localName, id: el.id, classes: el.className.toString(), text: (el.getAttribute("aria-label") || el.textContent).trim().slice(0, 60),
    visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ring: el.matches(":focus-visible") && (ring(style) || ring(row) || ring(getComputedStyle(el, "::after"))),
    body: el === document.body || el === document.documentElement,
  };
};
