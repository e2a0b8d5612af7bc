//go:build !js

package host_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
)

// TestText compares with the browser's own decoder: every character, every
// sequence of up to three bytes out of those where the rules change, random bytes
// and long texts.
func TestText(t *testing.T) {
	script, err := os.ReadFile("../../web/static/text.js")
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser.Start(t)
	browser.Do(t, ctx, chromedp.Navigate("about:blank"))
	got := browser.Eval[[]string](t, ctx, `(() => {
		`+string(script)+`
		const ours = new TextDecoder(), theirs = new globalThis.TextDecoder(), encoder = new TextEncoder();
		const wrong = [];
		let tried = 0, own = 0;
		const decode = ours.own.decode.bind(ours.own);
		ours.own.decode = (view) => { own++; return decode(view); };
		const check = (bytes) => {
			tried++;
			const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			if (ours.decode(view) !== theirs.decode(view) && wrong.length < 5) wrong.push(bytes.slice(0, 20).join(" "));
		};
		for (let c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 37) check(encoder.encode("a" + String.fromCodePoint(c) + "z"));
		const proper = own;
		const edges = [0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbb, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
		for (const a of edges) {
			check(Uint8Array.of(a));
			for (const b of edges) for (const c of edges) check(Uint8Array.of(a, b, c)), check(Uint8Array.of(a, b, c, 0x80)), check(Uint8Array.of(0x41, a, b, c, 0xbf));
		}
		let seed = 1;
		const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
		for (let i = 0; i < 20000; i++) check(Uint8Array.from({ length: random(9) }, () => random(256)));
		for (const c of ["x", "−", "é", "😀"]) for (const n of [4093, 4094, 4095, 4096, 4097, 9000, 140000]) check(encoder.encode("." + c.repeat(n)));
		return [String(tried), String(proper), ...wrong];
	})()`)
	t.Logf("%s texts", got[0])
	if got[1] != "0" {
		t.Errorf("%s proper characters went to the browser's decoder", got[1])
	}
	for _, w := range got[2:] {
		t.Errorf("another text than the browser's for the bytes %s", w)
	}
}
