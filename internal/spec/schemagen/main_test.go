package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestCommittedSchemaIsCurrent(t *testing.T) {
	out := filepath.Join(t.TempDir(), "figure.schema.json")
	if err := write("../spec.go", out); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../../../web/static/figure.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, committed) {
		t.Error("web/static/figure.schema.json is out of date; run make generate")
	}
}

func TestWriteNeedsTypes(t *testing.T) {
	if err := write("nowhere.go", filepath.Join(t.TempDir(), "x")); err == nil {
		t.Error("a missing source passed")
	}
	bad := filepath.Join(t.TempDir(), "bad.go")
	if err := os.WriteFile(bad, []byte("not Go"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := write(bad, filepath.Join(t.TempDir(), "x")); err == nil {
		t.Error("a source that is not Go passed")
	}
}
