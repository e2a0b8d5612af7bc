//go:build !js

package main_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/shelf"
	"github.com/whybox/whybox/internal/spec"
)

// oracle is a model of XGBoost 1.7.4 with rows; see the importer's testdata.
const oracle = "../../internal/importer/testdata/xgboost/binary_breast_cancer_50x4/"

// drop drags files over the page, for half a second, and drops them, as a
// person does; names and contents alternate. The page's began is the moment of
// the drop.
func (p *tab) drop(files ...string) {
	p.Helper()
	var list []string
	for i := 0; i < len(files); i += 2 {
		list = append(list, fmt.Sprintf(`new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q)`, base64.StdEncoding.EncodeToString([]byte(files[i+1])), files[i]))
	}
	p.run(`(async () => {
		const data = new DataTransfer();
		for (const file of [` + strings.Join(list, ",") + `]) data.items.add(file);
		const main = document.querySelector("main");
		const send = (type) => main.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
		send("dragenter");
		send("dragover");
		await new Promise((go) => setTimeout(go, 500));
		globalThis.began = performance.now();
		send("drop");
	})()`)
}

func text(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestOwnFiles drops a foreign model and rows on the gallery: all rows, the
// first row, one feature and a tree are there; a click on a point of the one
// picture makes all of them about that row. Then what cannot be opened is named,
// and nothing is lost.
func TestOwnFiles(t *testing.T) {
	p := open(t)
	p.visit("")
	p.done()
	p.drop("model.json", text(t, oracle+"model.json"), "X20.csv", text(t, oracle+"X20.csv"))
	views := []string{"beeswarm", "waterfall", "dependence", "tree-outline"}
	for _, name := range views {
		p.wait(fmt.Sprintf(`wb.panel(%q)?.querySelector(".plot-picture svg")`, name))
	}
	p.Logf("explained after %.0f ms", browser.Eval[float64](p, p.ctx, `performance.now() - began`))
	p.done()
	if title := browser.Eval[string](p, p.ctx, `document.querySelector("h1").innerText`); title != "X20.csv · model.json" {
		p.Errorf("the figure is called %q", title)
	}
	s := p.spec()
	f := opened(p, s)
	before := map[string]string{}
	for _, name := range views {
		before[name] = p.said(name)
	}
	d := p.drawing(f, "beeswarm")
	mark := lonelySpot(p, d)
	x, y := p.over("beeswarm", d.Frame, mark.X, mark.Y)
	p.clickAt(x, y)
	p.done()
	if row := *p.spec().Explain.Row; row != mark.Index || row == 0 {
		p.Errorf("row %d was picked, want %d", row, mark.Index)
	}
	for _, name := range []string{"waterfall", "tree-outline"} {
		if p.said(name) == before[name] {
			p.Errorf("%s says the same of another row: %q", name, before[name])
		}
	}
	sign := 1.0
	if p.spec().Explain.Class == "class 0" {
		sign = -1
	}
	for j, v := range p.numbers().Values {
		if want := contributions(p)[mark.Index][j]; math.Abs(sign*v-want) > 1e-4 {
			p.Errorf("feature %d has %v, XGBoost says %v", j, sign*v, want)
		}
	}

	p.drop("notes.pdf", "%PDF-1.7\n1 0 obj")
	p.wait(`document.querySelector(".file-trouble")?.innerText.includes("a PDF")`)
	if now := p.spec(); now.Data.File.Sum != s.Data.File.Sum || now.Model.File.Sum != s.Model.File.Sum {
		p.Errorf("a file that was not opened changed the figure")
	}
	p.press("Dismiss")
	p.wait(`!document.querySelector(".file-trouble")`)
}

// TestParity drops a model with rows that have XGBoost's own answers beside
// them, one of which is altered: the page says which, and a choice of no column
// lists the scores instead.
func TestParity(t *testing.T) {
	p := open(t)
	p.visit("")
	p.done()
	var told struct {
		Predict []float64 `json:"predict"`
	}
	if err := json.Unmarshal([]byte(text(p, oracle+"expected.json")), &told); err != nil {
		p.Fatal(err)
	}
	told.Predict[7] -= 0.25
	lines := strings.Split(strings.TrimSpace(text(p, oracle+"X20.csv")), "\n")
	for i, line := range lines {
		cell := "prediction"
		if i > 0 {
			cell = fmt.Sprint(told.Predict[i-1])
		}
		lines[i] = strings.TrimSpace(line) + "," + cell
	}
	p.drop("model.json", text(p, oracle+"model.json"), "rows.csv", strings.Join(lines, "\n"))
	p.wait(`document.querySelector("#check")?.innerText.startsWith("Check: 1 of 20 rows differs from column prediction by more than 1e-5, most row 7: 0.99919 here, 0.74919 expected.")`)
	p.press("Compare the rows")
	p.wait(`wb.panel("parity")?.querySelector("tbody tr")?.innerText.startsWith("7")`)
	p.run(`(() => {
		const menu = document.querySelector("#expected");
		menu.value = "";
		menu.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`)
	p.wait(`document.querySelector("#check")?.innerText.startsWith("Check: Compare these scores with what XGBoost 1.7.4 gave")`)
	p.wait(`wb.panel("parity")?.querySelectorAll("thead th").length === 4`)
}

// opened builds the figure of the dropped files without the browser.
func opened(t testing.TB, s *spec.Spec) *figure.Figure {
	t.Helper()
	return openedFrom(t, oracle, s)
}

func openedFrom(t testing.TB, folder string, s *spec.Spec) *figure.Figure {
	t.Helper()
	b := figure.NewBuilder()
	b.Files = new(shelf.Shelf)
	for _, name := range []string{"model.json", "X20.csv"} {
		if _, err := b.Open(name, []byte(text(t, folder+name))); err != nil {
			t.Fatal(err)
		}
	}
	f, err := b.Build(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// contributions are XGBoost's own of each row, in the margin of class 1.
func contributions(t testing.TB) [][]float64 {
	t.Helper()
	var expected struct {
		Contribs [][]float64 `json:"pred_contribs"`
	}
	if err := json.Unmarshal([]byte(text(t, oracle+"expected.json")), &expected); err != nil {
		t.Fatal(err)
	}
	return expected.Contribs
}

// said is the sentence of a panel.
func (p *tab) said(name string) string {
	p.Helper()
	return browser.Eval[string](p, p.ctx, fmt.Sprintf(`wb.panel(%q).querySelector(".panel-summary").innerText`, name))
}
