package importer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const plainText = "plain text"

// markup tells HTML, XML and what is written in it.
func markup(_, head []byte) (Foreign, bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(text) == 0 || text[0] != '<' {
		return Foreign{}, false
	}
	lower := bytes.ToLower(text[:min(len(text), 4096)])
	switch {
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")):
		name := "an HTML page"
		if _, rest, ok := strings.Cut(string(text[:len(lower)]), "<title>"); ok {
			title, _, _ := strings.Cut(rest, "</title>")
			name += fmt.Sprintf(" (%q)", short(strings.TrimSpace(title)))
		}
		return Foreign{name, "a download that failed often leaves one", "open the link in the browser, and download the file itself; on GitHub that is the button Raw or Download", Other}, true
	case bytes.Contains(lower, []byte("<pmml")):
		return Foreign{"a PMML model", isFormat, fromPMML, AModel}, true
	case bytes.Contains(lower, []byte("<svg")):
		return Foreign{"an SVG image", isPicture, openModel, Other}, true
	case bytes.HasPrefix(lower, []byte("<?xml")):
		return Foreign{"an XML document", "no model in XML is read", openModel, Other}, true
	}
	return Foreign{}, false
}

// object tells JSON that is no model of XGBoost by its keys.
func object(file, head []byte) (Foreign, bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(text) < 2 || text[0] != '{' && text[0] != '[' {
		return Foreign{}, false
	}
	if text[0] == '[' {
		return list(file, text)
	}
	keys := topKeys(text)
	all := func(words ...string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !has(keys, w) })
	}
	switch {
	case all("learner") && bytes.Contains(text, []byte(`"gradient_booster"`)) && bytes.Contains(text, []byte(`"generic_param"`)) && !bytes.Contains(file, []byte(`"trees"`)) && !bytes.Contains(file, []byte(`"weights"`)):
		return Foreign{"a configuration of XGBoost", "it holds how a model was trained, and no model", saveAsJSON, AModel}, true
	case all("learner"):
		return Foreign{}, false
	case all("nbformat"):
		return Foreign{"a Jupyter notebook", "it holds a program that trains a model, and no model", "run it, and save the model in it: XGBoost with booster.save_model(\"model.json\"), others as ONNX", Other}, true
	case all("oblivious_trees"):
		return Foreign{"a CatBoost model in JSON", isFormat, fromCatBoost, AModel}, true
	case all("tree_info"):
		return Foreign{"what dump_model of LightGBM writes", isFormat, fromLightGBMDump, AModel}, true
	case all("modelTopology"):
		return Foreign{"a TensorFlow.js model", isFormat, fromTFJS, AModel}, true
	case all("class_name", "config"):
		return Foreign{"the layers of a Keras model, without its weights", isFormat, fromKerasLayers, AModel}, true
	case all("data", "model"), all("whybox"):
		return Foreign{"a figure of whybox", "it says which model to train, and holds none", "open it as a figure: whybox render figure.json -o figure.svg", Other}, true
	case all("name", "version") && (all("dependencies") || all("devDependencies") || all("scripts")):
		return Foreign{"a package.json of npm", "it holds no model", openModel, Other}, true
	case json.Valid(file) && len(keys) > 0:
		return Foreign{"JSON with the keys " + listKeys(keys), "no model of XGBoost has these", openModel, Other}, true
	case len(keys) > 0 && isLines(text):
		return Foreign{"rows in JSON, one a line", isRows, fromPandas(`read_json("rows.json", lines=True)`), Rows}, true
	}
	return Foreign{}, false
}

// list tells a list in JSON: trees that XGBoost wrote for people, or rows.
func list(file, text []byte) (Foreign, bool) {
	switch {
	case bytes.Contains(text, []byte(`"nodeid"`)):
		return Foreign{"what dump_model of XGBoost writes", "it is for people and lacks what scoring needs", saveAsJSON, AModel}, true
	case json.Valid(file):
		return Foreign{"a list in JSON", isRows, fromPandas(`read_json("rows.json")`), Rows}, true
	}
	return Foreign{}, false
}

// isLines tells a text whose first line is a whole object.
func isLines(text []byte) bool {
	line, _, more := bytes.Cut(text, []byte("\n"))
	return more && json.Valid(line)
}

// topKeys returns the keys of the object at the front, as far as the bytes go.
func topKeys(text []byte) (keys []string) {
	f := &jsonFile{cursor{data: text}}
	// The end of the bytes is an error, and then the keys before it are known.
	_ = f.object(func(key string) error {
		keys = append(keys, key)
		return skipValue(f)
	})
	return keys
}

func has(keys []string, key string) bool { return slices.Contains(keys, key) }

func listKeys(keys []string) string {
	var b strings.Builder
	for i, k := range keys[:min(len(keys), 5)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(short(k))
	}
	if len(keys) > 5 {
		fmt.Fprintf(&b, " and %d more", len(keys)-5)
	}
	return b.String()
}

// inLines tells what is written in lines: rows, programs, settings, notes.
func inLines(file, head []byte) (Foreign, bool) {
	if start := bytes.TrimLeft(head, " \t\r\n"); isLightGBM(file) || len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		return Foreign{}, false // one of Read's own formats, perhaps broken
	}
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return Foreign{"text in UTF-16", "no model is written so", openModel, RowsAsCSV}, true
	}
	s := string(bytes.TrimPrefix(head, []byte("\ufeff")))
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) }) || !mostlyText(s) {
		return Foreign{}, false
	}
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 0 {
		return Foreign{"text without words", "there is nothing but empty lines", "save or copy it again", Other}, true
	}
	starts := func(word string) bool {
		return slices.ContainsFunc(lines[:min(len(lines), 50)], func(l string) bool { return strings.HasPrefix(l, word) })
	}
	first := strings.ToLower(lines[0])
	if f := rowsOrSettings(lines); f.Holds == RowsAsCSV && !starts("booster[0]") && !starts("@relation") {
		return f, true
	}
	switch {
	case strings.HasPrefix(first, "version https://git-lfs."):
		return Foreign{"a pointer of Git LFS", "it stands for a file that was not fetched", "fetch the file itself:\n  git lfs pull", Other}, true
	case strings.HasPrefix(first, "booster[0]"):
		return Foreign{"what dump_model of XGBoost writes", "it is for people and lacks what scoring needs", saveAsJSON, AModel}, true
	case strings.HasPrefix(first, "@relation"):
		return Foreign{"an ARFF file", isRows, fromARFF, Rows}, true
	case isSparse(lines):
		return Foreign{"rows in the format of libsvm", isRows, fromLibSVMRows, Rows}, true
	case starts("flavors:"):
		return Foreign{"the description of a model of MLflow", "the model itself is another file of that folder", "open that file where it was made, and save what is in it: XGBoost with model.save_model(\"model.json\"), scikit-learn and others as ONNX", Other}, true
	case starts("library(") || starts("require(") || strings.Contains(s, " <- "):
		return Foreign{"a program in R", isProgram, "run it, and save the model in it:\n  xgboost::xgb.save(model, \"model.json\")\n  lightgbm::lgb.save(model, \"model.txt\")", Other}, true
	case starts("import ") || starts("from ") || starts("def ") || strings.HasPrefix(first, "#!"):
		return Foreign{"a program in Python or another language", isProgram, "run it, and save the model in it: XGBoost with booster.save_model(\"model.json\"), others as ONNX", Other}, true
	}
	return rowsOrSettings(lines), true
}

// mostlyText tells UTF-8, or an encoding of the West that leaves most bytes as
// they are. The end of s may be cut.
func mostlyText(s string) bool {
	odd := 0
	for i, r := range s {
		if r == utf8.RuneError && i < len(s)-3 {
			odd++
		}
	}
	return odd*10 <= len(s)
}

// isSparse tells lines such as "1 3:0.5 7:1".
func isSparse(lines []string) bool {
	for _, l := range lines[:min(len(lines), 3)] {
		words := strings.Fields(l)
		if len(words) < 2 {
			return false
		}
		for _, w := range words[1:] {
			index, value, ok := strings.Cut(w, ":")
			if !ok || strings.Trim(index, "0123456789") != "" || index == "" || strings.Trim(value, "0123456789.eE+-") != "" {
				return false
			}
		}
	}
	return true
}

// rowsOrSettings tells rows of cells, YAML, and other text by the first lines.
func rowsOrSettings(lines []string) Foreign {
	keyed, same := 0, 0
	lines = lines[:min(len(lines), 20)]
	for _, l := range lines {
		if isSetting(strings.TrimSpace(l)) {
			keyed++
		}
		for _, sign := range []string{",", ";", "\t", "|"} {
			if n := strings.Count(l, sign); n > 0 && n == strings.Count(lines[0], sign) {
				same++
				break
			}
		}
	}
	switch {
	case same*10 > len(lines)*7 && len(lines) > 1:
		return Foreign{"text in rows (CSV)", "rows are data for a model and no model", "open the model first, and give this file as its data", RowsAsCSV}
	case keyed == len(lines) && keyed > 1:
		return Foreign{"a YAML file", "it holds settings and no model", openModel, Other}
	}
	return Foreign{plainText, "it is no model that LightGBM or XGBoost saved", openModel, Other}
}

// isSetting tells a line of YAML.
func isSetting(line string) bool {
	key, value, ok := strings.Cut(line, ":")
	return ok && !strings.Contains(key, " ") && (value == "" || value[0] == ' ') || line == "---" || strings.HasPrefix(line, "- ")
}
