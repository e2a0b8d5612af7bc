package spec

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// hash packs bytes as a link does, by hand.
func hash(data string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 9)
	w.Write([]byte(data))
	w.Close()
	return "#1." + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func examples(name string) []byte {
	if name == "flowers" {
		return []byte(full)
	}
	return nil
}

func TestLinkRoundTrip(t *testing.T) {
	s := parsed(t, full)
	near, err := Set(s, "/explain/edit/leaves", 7)
	if err != nil {
		t.Fatal(err)
	}
	near.Explain.Compare = nil
	near.Explain.Counterfactual.Fixed = nil
	near.Title = "<b> & \u2028 \"x\" ü"
	for name, c := range map[string]*Spec{"same": s, "near": near, "far": parsed(t, minimal)} {
		for _, base := range []*Base{nil, {Name: "flowers", Document: []byte(full)}} {
			link, err := Link(c, base)
			if err != nil {
				t.Fatal(err)
			}
			document, err := ParseLink(link, examples)
			if err != nil {
				t.Fatalf("%s: ParseLink: %v", name, err)
			}
			if again := parsed(t, string(document)); !reflect.DeepEqual(c, again) {
				t.Errorf("%s: link gives %+v, want %+v", name, again, c)
			}
			if bare, err := ParseLink(strings.TrimPrefix(link, "#"), examples); err != nil || !bytes.Equal(bare, document) {
				t.Errorf("%s: without #: %v", name, err)
			}
			t.Logf("%s, base %v: %d characters", name, base != nil, len(link))
		}
	}
}

func TestLinkTakesTheShorterForm(t *testing.T) {
	s := parsed(t, full)
	s.Seed = 8
	base := &Base{Name: "flowers", Document: []byte(full)}
	patched, err := Link(s, base)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Link(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(patched)*4 > len(whole) {
		t.Errorf("a change of the seed takes %d characters, the whole %d", len(patched), len(whole))
	}
	far := parsed(t, minimal)
	if link, _ := Link(far, base); link != first(Link(far, nil)) {
		t.Error("a spec far from the example is linked as changes to it")
	}
}

func first(s string, _ error) string { return s }

// The cases of RFC 7396, appendix A, that our documents can hold.
func TestMergePatchRFC7396(t *testing.T) {
	for _, tt := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		merged, err := merge([]byte(tt[0]), []byte(tt[1]))
		if err != nil {
			t.Fatal(err)
		}
		var got, want any
		json.Unmarshal(merged, &got)
		json.Unmarshal([]byte(tt[2]), &want)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("merge(%s, %s) = %s, want %s", tt[0], tt[1], merged, tt[2])
		}
	}
}

func TestBadLinks(t *testing.T) {
	good, err := Link(parsed(t, full), nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(good[3:])
	again := func(b []byte) string { return "#1." + base64.RawURLEncoding.EncodeToString(b) }
	seen := make(map[string]string)
	for _, tt := range []struct{ name, hash, code, text string }{
		{"empty", "", CodeLinkVersion, "does not say its version"},
		{"other anchor", "#gallery", CodeLinkVersion, "does not say its version"},
		{"later version", "#2." + good[3:], CodeLinkVersion, `version "2"`},
		{"no body", "#1.", CodeLinkTruncated, "empty after its version"},
		{"bad character", good[:20] + "*" + good[21:], CodeLinkBase64, "character 18"},
		{"padded", "#1.AAA=", CodeLinkBase64, "character 4"},
		{"incomplete", "#1.AAAAB", CodeLinkTruncated, "last character"},
		{"cut", again(raw[:len(raw)-9]), CodeLinkTruncated, "cut off"},
		{"not deflate", again([]byte{0xff, 0xff, 0xff}), CodeLinkDeflate, "does not unpack"},
		{"more after the end", again(append(bytes.Clone(raw), 1, 2)), CodeLinkDeflate, "2 bytes too many"},
		{"bomb", hash(strings.Repeat(" ", 20<<20)), CodeLinkSize, "more than 65536"},
		{"long", "#1." + strings.Repeat("A", 70000), CodeLinkSize, "70002 characters"},
		{"not JSON", hash("hello"), CodeLinkJSON, "no figure"},
		{"cut JSON", hash(`{"spec":{`), CodeLinkJSON, "too early"},
		{"deep", hash(strings.Repeat("[", 50) + strings.Repeat("]", 50)), CodeLinkJSON, "within one another"},
		{"a list", hash(`[]`), CodeLinkForm, "found a list"},
		{"no form", hash(`{}`), CodeLinkForm, "no spec and no example"},
		{"both forms", hash(`{"spec":{},"example":"flowers"}`), CodeLinkForm, "at once"},
		{"no patch", hash(`{"example":"flowers"}`), CodeLinkForm, "without its changes"},
		{"unknown field", hash(`{"spec":{},"x":1}`), CodeLinkForm, `under "x"`},
		{"spec no object", hash(`{"spec":[]}`), CodeLinkForm, `a list under "spec"`},
		{"patch no object", hash(`{"example":"flowers","patch":null}`), CodeLinkForm, `null under "patch"`},
		{"example no text", hash(`{"example":3,"patch":{}}`), CodeLinkForm, `a number under "example"`},
		{"twice", hash(`{"spec":{},"spec":{}}`), CodeLinkForm, "comes twice"},
		{"unknown example", hash(`{"example":"roses","patch":{}}`), CodeLinkExample, `"roses"`},
	} {
		document, err := ParseLink(tt.hash, examples)
		var e *Error
		if !errors.As(err, &e) || document != nil {
			t.Errorf("%s: got %q, %v", tt.name, document, err)
			continue
		}
		if e.Code != tt.code || !strings.Contains(e.Error(), tt.text) || e.Why == "" || e.Fix == "" {
			t.Errorf("%s: %v, want %s ...%s", tt.name, e, tt.code, tt.text)
		}
		if other, ok := seen[e.Error()]; ok && tt.name != "other anchor" {
			t.Errorf("%s and %s both say %v", tt.name, other, e)
		}
		seen[e.Error()] = tt.name
	}
}

func TestLinkRefusesWhatItCannotHold(t *testing.T) {
	s := parsed(t, full)
	for range 20 {
		s.Explain.Counterfactual.Fixed = append(s.Explain.Counterfactual.Fixed, strings.Repeat("a", 4000))
	}
	_, err := Link(s, nil)
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeLinkSize {
		t.Errorf("a spec of 80 kB: %v, want %s", err, CodeLinkSize)
	}
}

func FuzzParseLink(f *testing.F) {
	for _, seed := range []string{"", "#1.", "#1.AA", "#1.AAAA", "#2.x", "#1.____", hash("{}"), hash(`{"spec":` + minimal + `}`),
		hash(`{"example":"flowers","patch":{"title":null,"params":[],"explain":{"edit":{"leaves":1}}}}`), hash(`{"example":"flowers","patch":{"data":1}}`)} {
		f.Add(seed)
	}
	v := sample()
	f.Fuzz(func(t *testing.T, link string) {
		document, err := ParseLink(link, examples)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Fix == "" {
				t.Fatalf("error %T %v", err, err)
			}
			return
		}
		s, err := Parse(document, v)
		if err != nil {
			return
		}
		again, err := Link(s, &Base{Name: "flowers", Document: []byte(full)})
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseLink(again, examples)
		if err != nil {
			t.Fatal(err)
		}
		if s2, err := Parse(back, v); err != nil || !reflect.DeepEqual(s, s2) {
			t.Fatalf("%s gives %+v, %v; want %+v", again, s2, err, s)
		}
	})
}
