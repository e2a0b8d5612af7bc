package importer_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/golden"
	"github.com/whybox/whybox/internal/importer"
)

// notForeign are the files of the folder that are about it.
var notForeign = []string{"README.md", "make.py", "messages.txt"}

func foreignFiles(t testing.TB) (names []string) {
	t.Helper()
	entries, err := os.ReadDir("testdata/foreign")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(notForeign, e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func foreignFile(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata/foreign", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestForeign holds the message for every file, as a model and as a table,
// against testdata/foreign/messages.txt.
func TestForeign(t *testing.T) {
	var b bytes.Buffer
	kinds := map[string]bool{}
	for _, name := range foreignFiles(t) {
		file := foreignFile(t, name)
		m, err := importer.Read(file)
		var e *importer.Error
		if m != nil || !errors.As(err, &e) || e.Fix == "" || e.What == "" {
			t.Errorf("%s: %v, %v", name, m, err)
			continue
		}
		f, ok := importer.Identify(file)
		kinds[f.Name] = kinds[f.Name] || ok
		fmt.Fprintf(&b, "== %s\n%v\n-- as a table: %v\n\n", name, err, importer.NotTable(file))
	}
	golden.Compare(t, "testdata/foreign/messages.txt", b.Bytes())
	t.Logf("%d files, %d names for them", len(foreignFiles(t)), len(kinds))
}

// Classes of pickles are read out of every protocol.
func TestPickledClass(t *testing.T) {
	for p := range 6 {
		f, ok := importer.Identify(foreignFile(t, fmt.Sprintf("sklearn-protocol%d.pkl", p)))
		if want := fmt.Sprintf("a scikit-learn model (pickle, protocol %d: sklearn.linear_model._logistic.LogisticRegression)", p); !ok || f.Name != want {
			t.Errorf("protocol %d: %q", p, f.Name)
		}
	}
}

// What Read reads is not foreign, and what may be a table is let through; models
// are told from tables.
func TestNotForeign(t *testing.T) {
	onnx := []byte("\x08\x08\x12\x08skl2onnx\x1a\x06" + "1.14.0\x22\x07ai.onnx")
	for name, file := range map[string][]byte{
		"XGBoost JSON": []byte(small), "XGBoost UBJ": ubj(t, small), "LightGBM": []byte(light), "ONNX": onnx,
		"an ONNX model without a producer": []byte("\x08\x03\x3a\x04\x12\x02gg"),
	} {
		if f, ok := importer.Identify(file); ok {
			t.Errorf("%s is taken for %s", name, f.Name)
		}
		if err := importer.NotTable(file); err == nil || !strings.Contains(err.Error(), "not a table of rows; open it as the model") {
			t.Errorf("%s as a table: %v", name, err)
		}
	}
	for _, file := range []string{
		"ORC,b\n1,2\n", "PAR1;x\n1;2\n", "a\n1\n2\n", "DUCK,GGUF\n1,2\n", "binf,CBM1\n1,2\n", "12345678DUCK,x\n1,2\n",
		"version,model\n1,2\n", "from,to\n1,2\n", "import costs,y\n1,2\n", "tree,y\noak,1\n", "key: a,y\n1,2\n", "MZ,y\n1,2\n", "\"{a}\",y\n1,2\n",
	} {
		if err := importer.NotTable([]byte(file)); err != nil {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// What is packed twice, or more often than fits the stack, is a gzip file; so is
// one of which too little is unpacked to tell.
func TestPackedTwice(t *testing.T) {
	for name, file := range map[string][]byte{
		"gzip": foreignFile(t, "sklearn.joblib"), "zip": foreignFile(t, "state.pt"), "parquet": append([]byte("PAR1"), make([]byte, 9000)...),
	} {
		layers := map[string]int{"gzip": 2}[name]
		for range max(1, layers) {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			if _, err := w.Write(file); err != nil || w.Close() != nil {
				t.Fatal(err)
			}
			file = b.Bytes()
		}
		f, ok := importer.Identify(file)
		want := "a gzip file"
		if name == "zip" { // small enough to be seen whole
			want = "a PyTorch model, packed in a gzip file"
		}
		if !ok || f.Name != want {
			t.Errorf("%s: %q", name, f.Name)
		}
	}
}

func TestTooLarge(t *testing.T) {
	if err := importer.TooLarge(importer.MaxBytes); err != nil {
		t.Error(err)
	}
	if err := importer.TooLarge(200e6); err == nil || err.Error() != "E-MODEL-SIZE: the file has 200000000 bytes, and at most 128 MB are read; train fewer or shallower trees" {
		t.Error(err)
	}
}

// FuzzForeign looks at files that may be anything.
func FuzzForeign(f *testing.F) {
	for _, name := range foreignFiles(f) {
		f.Add(foreignFile(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if found, ok := importer.Identify(file); ok && (found.Name == "" || found.Why == "" || found.Fix == "") {
			t.Fatalf("%+v", found)
		}
		if err := importer.NotTable(file); err != nil {
			if e := (*importer.Error)(nil); !errors.As(err, &e) {
				t.Fatal(err)
			}
		}
	})
}
