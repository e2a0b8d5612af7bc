//go:build !js

package main_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/browser"
)

// oracle is a model of XGBoost 1.7.4 with rows; see the importer's testdata.
const oracle = "../../internal/importer/testdata/xgboost/binary_breast_cancer_50x4/"

// drop drops files on the page as a file manager does; names and contents
// alternate.
func (p *tab) drop(files ...string) {
	p.Helper()
	var list []string
	for i := 0; i < len(files); i += 2 {
		list = append(list, fmt.Sprintf(`new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q)`, base64.StdEncoding.EncodeToString([]byte(files[i+1])), files[i]))
	}
	p.run(`(() => {
		const data = new DataTransfer();
		for (const file of [` + strings.Join(list, ",") + `]) data.items.add(file);
		const main = document.querySelector("main");
		for (const type of ["dragenter", "dragover", "drop"]) main.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
		return true;
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

// TestOwnFiles drops a foreign model and rows on the gallery.
func TestOwnFiles(t *testing.T) {
	p := open(t)
	p.visit("")
	p.done()
	p.run(`globalThis.began = performance.now()`)
	p.drop("model.json", text(t, oracle+"model.json"), "X20.csv", text(t, oracle+"X20.csv"))
	p.wait(`document.querySelector("h1")?.innerText === "X20.csv · model.json"`)
	p.done()
	p.Logf("explained after %.0f ms", browser.Eval[float64](p, p.ctx, `performance.now() - began`))
}
