//go:build !js

package main_test

import (
	"testing"

	"github.com/whybox/whybox/internal/browser"
)

// early notes what the page shows once its scripts ran, before the program is
// there.
const early = `addEventListener("DOMContentLoaded", () => {
	const svg = (name) => document.querySelector('[aria-labelledby="panel-' + name + '"] .plot-picture svg');
	globalThis.early = { surface: svg("surface")?.outerHTML ?? "", waterfall: svg("waterfall")?.outerHTML ?? "",
		shown: document.querySelector("#app").innerText, meter: document.querySelector(".score-track span")?.style.width ?? "" };
});`

// TestTheGalleryExplainsBeforeTheProgramIsThere compares what was rendered when
// the page was built with what this browser computes.
func TestTheGalleryExplainsBeforeTheProgramIsThere(t *testing.T) {
	p := open(t, early)
	p.visit("")
	p.done()
	for _, name := range []string{"surface", "waterfall"} {
		before := browser.Eval[string](t, p.ctx, "early."+name)
		if before == "" {
			t.Fatalf("%s was not there", name)
		}
		if differs := browser.Eval[string](t, p.ctx, `wb.differs("`+name+`", early.`+name+`)`); differs != "" {
			t.Errorf("%s differs from what the browser computes: %s", name, differs)
		}
	}
	if meter := browser.Eval[string](t, p.ctx, "early.meter"); meter == "" {
		t.Error("the bars of the scores had no length")
	}
	if browser.Eval[bool](t, p.ctx, `document.querySelector("#app").inert`) {
		t.Error("the page takes no input")
	}
	if !browser.Eval[bool](t, p.ctx, `(() => {
		const example = document.querySelector(".question h3");
		example.scrollIntoView();
		return example.checkVisibility({ contentVisibilityAuto: true });
	})()`) {
		t.Error("the examples are not shown")
	}
}

// TestALinkShowsNoGallery opens a figure: the gallery is not shown on the way.
func TestALinkShowsNoGallery(t *testing.T) {
	p := open(t, early)
	p.visit(link(t, example(t, "iris-tree")))
	if shown := browser.Eval[string](t, p.ctx, "early.waterfall"); shown != "" {
		t.Error("a link shows the gallery first")
	}
	p.done()
}
