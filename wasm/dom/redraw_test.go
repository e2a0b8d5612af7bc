//go:build !js

package dom_test

import (
	"fmt"
	"testing"

	"github.com/whybox/whybox/internal/browser"
)

// TestRedraw puts one drawing after another into a <g>. Whatever they are, it
// holds what the browser makes of the last; where only values differ from the
// one before, the elements stay.
func TestRedraw(t *testing.T) {
	f := open(t)
	f.run(`
		const host = document.createElement("div");
		document.body.append(host);
		const view = whyboxDOM.open(host, () => {});
		const apply = (ops, text) => view.apply(new Uint8Array(new Int32Array(ops).buffer), 4 * ops.length, "-" + text, "", 0);
		view.apply(new Uint8Array(new Int32Array([1, 2, 1, 0, 4, 1, 2, 0]).buffer), 32, "-", '["g"]', 0);
		globalThis.g = view.node(2);
		globalThis.draw = (html) => {
			const refused = apply([12, 2, html.length], html);
			if (refused) return refused;
			const fresh = document.createElementNS(g.namespaceURI, "g");
			if (/[<&\r]/.test(html)) fresh.innerHTML = html; else fresh.textContent = html;
			return g.isEqualNode(fresh) ? "" : g.innerHTML + " instead of " + fresh.innerHTML;
		};
		globalThis.first = () => { const was = g.firstChild; return was === globalThis.kept ? "kept" : ((globalThis.kept = was), "new"); };
		globalThis.seed = 1;
		globalThis.pick = (list) => list[(seed = (seed * 48271) % 2147483647) % list.length];`)
	for _, d := range []struct{ html, first string }{
		{`<path d="M1 2" class="a"/><text x="1">one<tspan fill="#000"> = 2</tspan> z</text>`, "new"},
		{`<path d="M3 4" class="b"/><text x="3">two<tspan fill=""> = /</tspan> y=</text>`, "kept"},
		{`<path d="M3 4" class="b"/><text x="2">two<tspan fill="#000"></tspan> y</text>`, "new"}, // a text is gone
		{`<path d="M3 4" class="b"/><text x="2">two<tspan fill="#000">!</tspan> y</text>`, "new"},
		{`<path d="M3 4" class="b"/><text x="2">two<tspan fill="#000">&amp;</tspan> y</text>`, "new"},
		{`<path d="M3 4" class="b"/><text x="2">two<tspan fill="#000">?</tspan> y</text>`, "new"},
		{`<path d="M3 4" class="b"/><text y="2">two<tspan fill="#000">?</tspan> y</text>`, "new"}, // another attribute
		{`<path d="M3 4" class="b"/><text y="3">two<tspan fill="#000">?</tspan> y</text>`, "kept"},
		{`words`, "new"},
		{`<g><circle r="1"/><g/></g>`, "new"},
		{`<g><circle r="2"/><g/></g>`, "kept"},
		{`<a x='1'/>`, "new"}, // not as this program writes
		{`<a x='2'/>`, "new"},
		{`a < b`, "new"},
		{`c < b`, "new"},
		{`<div class="a">HTML</div>`, "new"},
	} {
		f.same(fmt.Sprintf("draw(%q)", d.html), "")
		if f.same("first()", d.first); f.Failed() {
			t.Fatalf("after %s", d.html)
		}
	}
	wrong := browser.Eval[string](f, f.ctx, `(() => {
		const value = () => pick(["", "1", "a b", "−3 %", "x=", "/", "é", "=", "/tspan", "&lt;", "M1 2L3 4Z"]);
		const word = () => pick(["", "", "one", " two ", "/g", "a=b", "=", "&quot;", "\n"]);
		const shape = () => pick([
			() => '<path data-d="' + value() + '" class="' + value() + '"/>',
			() => '<text data-x="' + value() + '">' + word() + '<tspan data-y="' + value() + '" fill="' + value() + '">' + word() + "</tspan>" + word() + "</text>",
			() => "<g>" + word() + '<circle data-r="' + value() + '"/></g>' + word(),
			() => "<defs/>",
		]);
		const shapes = [shape(), shape(), shape()];
		for (let i = 0; i < 4000; i++) {
			if (pick([0, 0, 0, 1]) === 1) shapes[pick([0, 1, 2])] = shape();
			const html = shapes.map((s) => s()).join(""), wrong = draw(html);
			if (wrong !== "") return html + ": " + wrong;
		}
		return "";
	})()`)
	if wrong != "" {
		t.Error(wrong)
	}
	f.clean()
}
