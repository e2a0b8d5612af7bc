package spec

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits on a link. A browser takes an address of some 64 KiB; the unpacked
// size is bounded because deflate shrinks a thousandfold.
const (
	maxLink     = 64 << 10 // characters of the hash
	maxUnpacked = 64 << 10 // bytes
)

// linkVersion stands before the first dot of a link.
const linkVersion = "1"

// Base is an example that a link may refer to, so that it carries only what a
// person changed.
type Base struct {
	Name     string
	Document []byte // its spec
}

// linked is what a link unpacks to: a whole spec, or an example and an RFC 7396
// merge patch.
type linked struct {
	Spec    json.RawMessage `json:"spec,omitempty"`
	Example string          `json:"example,omitempty"`
	Patch   json.RawMessage `json:"patch,omitempty"`
}

// Link returns the hash of a link to s: "#1." and the base64url of the raw
// deflate of a spec or, where that is shorter, of the changes to base. base may
// be nil. The same spec gives the same link.
func Link(s *Spec, base *Base) (string, error) {
	document, err := Encode(s)
	if err != nil {
		return "", err
	}
	short, err := pack(linked{Spec: document})
	if err != nil {
		return "", err
	}
	if base != nil {
		patch, err := diff(base.Document, document)
		if err != nil {
			return "", fmt.Errorf("compare with example %s: %w", base.Name, err)
		}
		patched, err := pack(linked{Example: base.Name, Patch: patch})
		if err != nil {
			return "", err
		}
		if len(patched) < len(short) {
			short = patched
		}
	}
	if len(short) > maxLink {
		return "", tooLong(len(short))
	}
	return short, nil
}

func pack(l linked) (string, error) {
	document, err := compact(l)
	if err != nil {
		return "", err
	}
	if len(document) > maxUnpacked {
		return "", &Error{Code: CodeLinkSize, What: fmt.Sprintf("the figure has %d bytes", len(document)),
			Why: fmt.Sprintf("a link holds at most %d", maxUnpacked), Fix: "save it as a file instead"}
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(document); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return "#" + linkVersion + "." + base64.RawURLEncoding.EncodeToString(b.Bytes()), nil
}

// compact is encoding/json without its escapes for HTML.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	var short bytes.Buffer
	if err := json.Compact(&short, b.Bytes()); err != nil {
		return nil, err
	}
	return short.Bytes(), nil
}

// ParseLink returns the document that the hash of a link, with or without its
// "#", stands for. bases returns the spec of the example of that name, or nil.
// The document is yet to be parsed. The error is an *Error.
func ParseLink(hash string, bases func(name string) []byte) ([]byte, error) {
	document, err := unpack(strings.TrimPrefix(hash, "#"))
	if err != nil {
		return nil, err
	}
	root, err := readTree(document)
	if err != nil {
		inner := err.(*Error)
		return nil, &Error{Code: CodeLinkJSON, Path: inner.Path, What: "the link unpacks to something that no figure is", Why: inner.What + "; " + inner.Why, Fix: again}
	}
	l, err := root.linked(document)
	if err != nil {
		return nil, err
	}
	if l.Spec != nil {
		return l.Spec, nil
	}
	base := bases(l.Example)
	if base == nil {
		return nil, &Error{Code: CodeLinkExample, Path: "/example", What: fmt.Sprintf("no example called %q", shorten(l.Example)),
			Why: "the link holds changes to that example, which this whybox does not have", Fix: "open it with the whybox it was made with, or start from the gallery"}
	}
	return merge(base, l.Patch)
}

// alphabet is that of base64url (RFC 4648, section 5).
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

const again = "copy the whole link again, or ask for a new one"

func tooLong(n int) *Error {
	return &Error{Code: CodeLinkSize, What: fmt.Sprintf("the link has %d characters", n), Why: fmt.Sprintf("a link has at most %d", maxLink), Fix: "send the figure as a file instead"}
}

// unpack returns the JSON in a link without its "#".
func unpack(hash string) ([]byte, error) {
	if len(hash) > maxLink {
		return nil, tooLong(len(hash))
	}
	version, packed, dotted := strings.Cut(hash, ".")
	switch {
	case !dotted:
		return nil, &Error{Code: CodeLinkVersion, What: "the link does not say its version", Why: `a link starts with "#` + linkVersion + `."`, Fix: again}
	case version != linkVersion:
		return nil, &Error{Code: CodeLinkVersion, What: fmt.Sprintf("the link has version %q", shorten(version)), Why: "this program reads version " + linkVersion,
			Fix: "open it with a newer whybox"}
	case packed == "":
		return nil, &Error{Code: CodeLinkTruncated, What: "the link is empty after its version", Why: "the figure should stand there", Fix: again}
	}
	if at := strings.IndexFunc(packed, func(r rune) bool { return !strings.ContainsRune(alphabet, r) }); at >= 0 {
		return nil, &Error{Code: CodeLinkBase64, What: "the link has been changed on its way",
			Why: fmt.Sprintf("character %d after the version does not belong there; links are made of letters, digits, - and _", at+1), Fix: again}
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(packed)
	if err != nil { // the last character stands for less than it could, so something followed
		return nil, &Error{Code: CodeLinkTruncated, What: "the link is cut off", Why: "its last character is incomplete", Fix: again}
	}
	return inflate(raw)
}

func inflate(raw []byte) ([]byte, error) {
	in := bytes.NewReader(raw)
	document, err := io.ReadAll(io.LimitReader(flate.NewReader(in), maxUnpacked+1))
	switch {
	case len(document) > maxUnpacked:
		return nil, &Error{Code: CodeLinkSize, What: fmt.Sprintf("the link unpacks to more than %d bytes", maxUnpacked), Why: "no figure in a link is that large", Fix: "do not trust this link"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Error{Code: CodeLinkTruncated, What: "the link is cut off", Why: "its end is missing", Fix: again}
	case err != nil:
		return nil, &Error{Code: CodeLinkDeflate, What: "the link is damaged", Why: "it does not unpack", Fix: again}
	case in.Len() > 0:
		return nil, &Error{Code: CodeLinkDeflate, What: "the link goes on after its end", Why: fmt.Sprintf("%d bytes too many", in.Len()), Fix: again}
	}
	return document, nil
}

// linked reads the two forms of a link from its tree.
func (n *node) linked(document []byte) (linked, error) {
	d := new(decoder)
	var l linked
	if n.kind != object {
		return l, formError("", "found "+string(n.kind))
	}
	d.members(n, "", func(m member, path string) {
		raw := document[m.value.start:m.value.end]
		switch {
		case m.name == "spec" && m.value.kind == object:
			l.Spec = raw
		case m.name == "patch" && m.value.kind == object:
			l.Patch = raw
		case m.name == "example" && m.value.kind == text && m.value.text != "":
			l.Example = m.value.text
		default:
			d.add(formError(path, fmt.Sprintf("found %s under %q", m.value.kind, shorten(m.name))))
		}
	})
	switch {
	case len(d.found) > 0:
		d.found[0].Code = CodeLinkForm
		return l, d.found[0]
	case l.Spec != nil && (l.Example != "" || l.Patch != nil):
		return l, formError("", "found a spec and an example at once")
	case l.Spec == nil && l.Example == "":
		return l, formError("", "found no spec and no example")
	case l.Spec == nil && l.Patch == nil:
		return l, formError("/patch", "found an example without its changes")
	}
	return l, nil
}

func formError(path, found string) *Error {
	return &Error{Code: CodeLinkForm, Path: path, What: found, Why: `a link holds {"spec": ...} or {"example": name, "patch": ...}`, Fix: "make the link again with whybox"}
}
