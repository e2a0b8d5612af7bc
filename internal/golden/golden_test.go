package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder stands in for a test and keeps what it is told.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, a ...any) { r.said += fmt.Sprintf(f, a...) }
func (r *recorder) Fatalf(f string, a ...any) { r.said += fmt.Sprintf(f, a...) }

func TestCompare(t *testing.T) {
	t.Setenv("UPDATE", "")
	path := filepath.Join(t.TempDir(), "deep", "file.golden")
	r := &recorder{TB: t}
	Compare(r, path, []byte("a\n"))
	if !strings.Contains(r.said, "no file") || !strings.Contains(r.said, "UPDATE=1") {
		t.Errorf("missing file: %q", r.said)
	}
	t.Setenv("UPDATE", "1")
	r = &recorder{TB: t}
	Compare(r, path, []byte("a\nb\nc\nd\n"))
	if data, err := os.ReadFile(path); r.said != "" || err != nil || string(data) != "a\nb\nc\nd\n" {
		t.Fatalf("update: said %q, wrote %q, error %v", r.said, data, err)
	}
	t.Setenv("UPDATE", "")
	r = &recorder{TB: t}
	Compare(r, path, []byte("a\nb\nc\nd\n"))
	if r.said != "" {
		t.Errorf("equal: %q", r.said)
	}
	r = &recorder{TB: t}
	Compare(r, path, []byte("a\nb\nx\nc\nd\n"))
	if !strings.HasSuffix(r.said, "\n     1   a\n     2   b\n     3 + x\n") {
		t.Errorf("inserted line:\n%s", r.said)
	}
	r = &recorder{TB: t}
	Compare(r, path, []byte("a\nb\nc"))
	if !strings.Contains(r.said, "     4 - d\n") {
		t.Errorf("line lost:\n%s", r.said)
	}
}

func TestLongDifferences(t *testing.T) {
	long := strings.Repeat("é", 5000)
	d := diff([]byte(long+"left"+long), []byte(long+"right"+long))
	if len(d) > 1000 || !strings.Contains(d, "left") || !strings.Contains(d, "right") {
		t.Errorf("%d bytes: %s", len(d), d)
	}
	d = diff([]byte(strings.Repeat("x\n", 100)), []byte(strings.Repeat("y\n", 100)))
	if strings.Count(d, "\n") > 2*shown+2 || !strings.Contains(d, "- and 92 more lines") {
		t.Errorf("%s", d)
	}
}

func TestRound(t *testing.T) {
	for in, want := range map[string]string{
		`{"b": 0.12345678901, "a":[1.0,-0.0, 1e-9]}`: `{"b": 0.123457, "a":[1,0, 1e-09]}`,
		`"0.123456789 \" 1.23456789"`:                `"0.123456789 \" 1.23456789"`,
		`[123456789, -1234567.8, 1e400, 12]`:         `[1.23457e+08, -1.23457e+06, 1e400, 12]`,
		`{"1.23456789":null,"t":true}`:               `{"1.23456789":null,"t":true}`,
		`0.30000000000000004`:                        `0.3`,
	} {
		if got := string(Round([]byte(in))); got != want {
			t.Errorf("%s gives %s, not %s", in, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a broken document passes")
		}
	}()
	Round([]byte(`{"a":}`))
}
