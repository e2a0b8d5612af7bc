package main

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mistake is one thing a person may get wrong and what they are told.
type mistake struct {
	name  string
	old   string   // piece of the good spec to replace; "" leaves it as it is
	new   string   //
	args  []string // default: render figure.json -o x.svg
	exit  int
	where string // part of the message that says where
	fix   string // part of the message that says how to mend it
}

const goodSpec = `{
  "$schema": "urn:whybox:figure:1",
  "title": "Would this loan be repaid?",
  "seed": 3,
  "data": {"name": "iris", "test": 0.25},
  "model": {"name": "mlp", "knobs": {"hidden": "8", "activation": "tanh", "epochs": 5}},
  "explain": {
    "name": "integrated-gradients",
    "knobs": {"steps": 32},
    "row": 3,
    "edit": {"petal length": 2.5},
    "counterfactual": {"name": "growing-spheres", "fixed": ["sepal width"]}
  },
  "view": {"name": "waterfall", "width": 640},
  "params": [{"path": "/explain/edit/petal length", "min": 1, "max": 6}]
}
`

// link packs a document as a link of the page does.
func link(document string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed)
	w.Write([]byte(document))
	w.Close()
	return "https://example.org/#1." + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func render(args ...string) []string { return append([]string{"render"}, args...) }

func mistakes() []mistake {
	const f = "figure.json"
	return []mistake{
		// Specs that are not JSON.
		{name: "trailing comma", old: `"row": 3,`, new: `"row": 3,,`, exit: 3, where: "figure.json:10: E-SPEC-SYNTAX", fix: "remove one"},
		{name: "comma at the end", old: `"max": 6}]`, new: `"max": 6},]`, exit: 3, where: "line 15", fix: "remove the comma"},
		{name: "missing comma", old: `"seed": 3,`, new: `"seed": 3`, exit: 3, where: "figure.json:5:", fix: "add a comma"},
		{name: "comment", old: `"seed": 3,`, new: `"seed": 3, // lucky`, exit: 3, where: "line 4", fix: "remove the comment"},
		{name: "cut off", old: "]\n}\n", new: "]\n", exit: 3, where: "ends too early", fix: "close it with }"},
		{name: "single quotes", old: `"row"`, new: `'row'`, exit: 3, where: "line 10", fix: "double quotes"},
		{name: "NaN", old: `"row": 3`, new: `"row": NaN`, exit: 3, where: "line 10", fix: "there is no NaN"},
		{name: "a list", old: goodSpec, new: `[]`, exit: 3, where: "figure.json:1: E-SPEC-TYPE", fix: "replace it with an object"},
		// Specs that are JSON but no figure.
		{name: "no version", old: "\"$schema\": \"urn:whybox:figure:1\",", new: "", exit: 3, where: "/$schema", fix: `add "$schema"`},
		{name: "later version", old: "figure:1", new: "figure:9", exit: 3, where: "/$schema", fix: "newer whybox"},
		{name: "unknown field", old: `"explain"`, new: `"explian"`, exit: 3, where: "/explian", fix: `did you mean "explain"?`},
		{name: "twice", old: `"seed": 3,`, new: `"seed": 3, "seed": 4,`, exit: 3, where: "E-SPEC-DUPLICATE at /seed", fix: "remove one"},
		{name: "quoted number", old: `"row": 3`, new: `"row": "3"`, exit: 3, where: "/explain/row", fix: "write 3 without quotes"},
		{name: "data", old: `"iris"`, new: `"irsi"`, exit: 3, where: "figure.json:5: E-SPEC-NAME at /data/name", fix: `did you mean "iris"?`},
		{name: "model", old: `"mlp"`, new: `"mpl"`, exit: 3, where: "/model/name", fix: `did you mean "mlp"?`},
		{name: "explainer", old: `"integrated-gradients"`, new: `"integrated-gradient"`, exit: 3, where: "/explain/name", fix: "did you mean"},
		{name: "search", old: `"growing-spheres"`, new: `"growing-sphere"`, exit: 3, where: "/explain/counterfactual/name", fix: "did you mean"},
		{name: "view", old: `"waterfall"`, new: `"watterfall"`, exit: 3, where: "/view/name", fix: `did you mean "waterfall"?`},
		{name: "row", old: `"row": 3`, new: `"row": 150`, exit: 3, where: "/explain/row", fix: "use 149"},
		{name: "half a row", old: `"row": 3`, new: `"row": 3.5`, exit: 3, where: "/explain/row", fix: "use 3 or 4"},
		{name: "test share", old: `0.25`, new: `25`, exit: 3, where: "/data/test", fix: "use 0.5"},
		{name: "knob", old: `"epochs"`, new: `"epoch"`, exit: 3, where: "/model/knobs/epoch", fix: `did you mean "epochs"?`},
		{name: "knob range", old: `"steps": 32`, new: `"steps": 1e9`, exit: 3, where: "/explain/knobs/steps", fix: "use "},
		{name: "knob choice", old: `"tanh"`, new: `"tan"`, exit: 3, where: "/model/knobs/activation", fix: `did you mean "tanh"?`},
		{name: "knob sizes", old: `"hidden": "8"`, new: `"hidden": "8x8"`, exit: 3, where: "/model/knobs/hidden", fix: `"16,16"`},
		{name: "feature", old: `"edit": {"petal length"`, new: `"edit": {"petal lenght"`, exit: 3, where: "/explain/edit/petal lenght", fix: `did you mean "petal length"?`},
		{name: "edit range", old: `2.5`, new: `250`, exit: 3, where: "/explain/edit/petal length", fix: "use "},
		{name: "fixed", old: `["sepal width"]`, new: `["colour"]`, exit: 3, where: "/explain/counterfactual/fixed/0", fix: "choose one"},
		{name: "width", old: `640`, new: `64`, exit: 3, where: "/view/width", fix: "use 240"},
		{name: "slider path", old: `"/explain/edit/petal length"`, new: `"/title"`, exit: 3, where: "/params/0/path", fix: "write it as"},
		{name: "slider range", old: `"min": 1`, new: `"min": 7`, exit: 3, where: "/params/0/min", fix: "swap them"},
		{name: "class", old: `"row": 3,`, new: `"row": 3, "class": "rose",`, exit: 3, where: "/explain/class", fix: "choose one"},
		// Links.
		{name: "link without version", args: render("https://example.org/#abc", "-o", "x.svg"), exit: 3, where: "<link>: E-LINK-VERSION", fix: "copy the whole link"},
		{name: "link of a later version", args: render("https://example.org/#2.abc", "-o", "x.svg"), exit: 3, where: "E-LINK-VERSION", fix: "newer whybox"},
		{name: "empty link", args: render("#1.", "-o", "x.svg"), exit: 3, where: "E-LINK-TRUNCATED", fix: "copy the whole link"},
		{name: "bad character", args: render("#1.a+b", "-o", "x.svg"), exit: 3, where: "character 2", fix: "copy the whole link"},
		{name: "cut link", args: render(link(goodSpec)[:60], "-o", "x.svg"), exit: 3, where: "cut off", fix: "copy the whole link"},
		{name: "damaged link", args: render("#1.____", "-o", "x.svg"), exit: 3, where: "E-LINK-DEFLATE", fix: "copy the whole link"},
		{name: "bomb", args: render(link(strings.Repeat(" ", 1<<20)), "-o", "x.svg"), exit: 3, where: "E-LINK-SIZE", fix: "do not trust"},
		{name: "link to no JSON", args: render(link("hello"), "-o", "x.svg"), exit: 3, where: "E-LINK-JSON", fix: "copy the whole link"},
		{name: "link to nothing", args: render(link("{}"), "-o", "x.svg"), exit: 3, where: "E-LINK-FORM", fix: "make the link again"},
		{name: "link to an unknown example", args: render(link(`{"example":"roses","patch":{}}`), "-o", "x.svg"), exit: 3, where: `"roses"`, fix: "start from the gallery"},
		{name: "link to a bad spec", args: render(link(`{"example":"moons-flip","patch":{"seed":"x"}}`), "-o", "x.svg"), exit: 3, where: "<link>: E-SPEC-TYPE at /seed", fix: "replace it"},
		// Commands, flags and files.
		{name: "command", args: []string{"rendr"}, exit: 2, where: `"rendr"`, fix: "did you mean render?"},
		{name: "flag", args: render(f, "--widht", "300"), exit: 2, where: "--widht", fix: "did you mean --width?"},
		{name: "short flag", args: render(f, "-x"), exit: 2, where: "-x", fix: "render --help"},
		{name: "flag of another command", args: []string{"check", "--view", "loss", f}, exit: 2, where: "--view", fix: "check --help"},
		{name: "flag value", args: render(f, "-o", "x.svg", "--width", "wide"), exit: 2, where: `"wide"`, fix: "render --help"},
		{name: "flag without value", args: render(f, "-o"), exit: 2, where: "--output needs a value", fix: "render --help"},
		{name: "no output", args: render(f), exit: 2, where: "--output is missing", fix: `add "-o figure.svg"`},
		{name: "no format", args: render(f, "-o", "-"), exit: 2, where: "standard output has no ending", fix: `add "--format svg"`},
		{name: "ending", args: render(f, "-o", "x.pgn"), exit: 2, where: `"x.pgn"`, fix: "did you mean .png?"},
		{name: "no ending", args: render(f, "-o", "picture"), exit: 2, where: `"picture"`, fix: "end the name in .svg"},
		{name: "format", args: render(f, "-o", "x", "--format", "gif"), exit: 2, where: `--format cannot be "gif"`, fix: "choose one"},
		{name: "two formats", args: render(f, "-o", "x.svg", "--format", "png"), exit: 2, where: "--format says png", fix: "leave --format out"},
		{name: "width flag", args: render(f, "-o", "x.svg", "--width", "5"), exit: 2, where: "--width cannot be 5", fix: "use a width"},
		{name: "height flag", args: render(f, "-o", "x.svg", "--height", "5000"), exit: 2, where: "--height cannot be 5000", fix: "use a height"},
		{name: "scale flag", args: render(f, "-o", "x.png", "--scale", "NaN"), exit: 2, where: "--scale cannot be NaN", fix: "use a scale"},
		{name: "view flag", args: render(f, "-o", "x.svg", "--view", "water-fall"), exit: 2, where: `--view cannot be "water-fall"`, fix: "did you mean waterfall?"},
		{name: "no spec", args: render("-o", "x.svg"), exit: 2, where: "render needs one SPEC", fix: "run it as"},
		{name: "two specs", args: []string{"explain", f, "b.json"}, exit: 2, where: `"b.json"`, fix: "run it as"},
		{name: "argument to serve", args: []string{"serve", "web"}, exit: 2, where: `"web"`, fix: "run it as"},
		{name: "missing file", args: render("figur.json", "-o", "x.svg"), exit: 3, where: `"figur.json"`, fix: "check the spelling"},
		{name: "a folder", args: []string{"explain", "."}, exit: 3, where: `cannot read "."`, fix: "name a file"},
		{name: "address", args: []string{"serve", "--dir", ".", "--addr", "8080"}, exit: 2, where: `"8080"`, fix: "localhost:8080"},
		{name: "port", args: []string{"serve", "--dir", ".", "--addr", "localhost:http8"}, exit: 2, where: `"http8"`, fix: "localhost:8080"},
		{name: "no page", args: []string{"serve", "--dir", "nowhere"}, exit: 4, where: `"nowhere"`, fix: "whybox build"},
	}
}

// TestMistakes goes through what people get wrong. Each gives its own message,
// which says where and how to mend it, and nothing is written.
func TestMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	seen := make(map[string]string)
	for _, m := range mistakes() {
		if m.args == nil {
			m.args = render("figure.json", "-o", "x.svg")
		}
		document := goodSpec
		if m.old != "" {
			if !strings.Contains(goodSpec, m.old) {
				t.Fatalf("%s: the good spec has no %s", m.name, m.old)
			}
			document = strings.Replace(goodSpec, m.old, m.new, 1)
		}
		put(t, "figure.json", document)
		put(t, "index.html", "a page")
		var out, said bytes.Buffer
		exit := run(context.Background(), m.args, strings.NewReader(""), &out, &said)
		text := said.String()
		if exit != m.exit || out.Len() > 0 {
			t.Errorf("%s: exit %d, want %d; stdout %q", m.name, exit, m.exit, out.String())
		}
		if !strings.HasPrefix(text, "whybox") || !strings.Contains(text, m.where) || !strings.Contains(text, m.fix) {
			t.Errorf("%s: said\n\t%swant where %q and fix %q", m.name, text, m.where, m.fix)
		}
		if n := strings.Count(strings.TrimSpace(text), "\n"); n > 1 {
			t.Errorf("%s: one mistake gave %d lines:\n%s", m.name, n+1, text)
		}
		if other, ok := seen[text]; ok {
			t.Errorf("%s and %s both say %s", m.name, other, text)
		}
		seen[text] = m.name
		if _, err := os.Stat(filepath.Join(".", "x.svg")); err == nil {
			t.Errorf("%s: wrote x.svg all the same", m.name)
		}
	}
	t.Logf("%d mistakes, each with its own message", len(seen))
}

// The good spec is good: the mistakes are the only thing wrong.
func TestGoodSpecRenders(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "figure.json", goodSpec)
	for _, arg := range []string{"figure.json", link(`{"spec":` + goodSpec + `}`)} {
		var out, said bytes.Buffer
		exit := run(context.Background(), render(arg, "-o", "-", "--format", "svg"), strings.NewReader(""), &out, &said)
		if exit != 0 || said.Len() > 0 || !strings.Contains(out.String(), "</svg>") {
			t.Errorf("exit %d, %d bytes, said %s", exit, out.Len(), said.String())
		}
	}
}

// An interrupt ends the work, says so and writes nothing.
func TestInterrupt(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "figure.json", goodSpec)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, said bytes.Buffer
	exit := run(ctx, render("figure.json", "-o", "x.svg"), strings.NewReader(""), &out, &said)
	if exit != exitInterrupted || !strings.Contains(said.String(), "interrupted") {
		t.Errorf("exit %d, said %s", exit, said.String())
	}
	if _, err := os.Stat("x.svg"); err == nil {
		t.Error("wrote x.svg all the same")
	}
}
