package spec

import "strings"

// Error is one finding. Its text says what is wrong, where, why and how to
// mend it.
type Error struct {
	Code string `json:"code"`           // stable: E-SPEC-FIELD, E-SPEC-NAME, E-SPEC-RANGE ...
	Path string `json:"path"`           // JSON Pointer: "/model/name"; "" is the whole document
	What string `json:"what"`           // what is wrong: `unknown field "veiw"`
	Why  string `json:"why,omitempty"`  // the rule it breaks, or what exists
	Fix  string `json:"fix,omitempty"`  // what to do: `did you mean "view"?`
	Line int    `json:"line,omitempty"` // 1-based; 0 where not known
}

// The codes of findings. A code never changes its meaning.
const (
	CodeSyntax    = "E-SPEC-SYNTAX"    // not JSON
	CodeLimit     = "E-SPEC-LIMIT"     // too long, too deep, too many
	CodeSchema    = "E-SPEC-SCHEMA"    // "$schema" missing or of another version
	CodeField     = "E-SPEC-FIELD"     // unknown or missing field
	CodeDuplicate = "E-SPEC-DUPLICATE" // the same field, feature or slider twice
	CodeType      = "E-SPEC-TYPE"      // a text where a number belongs
	CodeName      = "E-SPEC-NAME"      // nothing of that name
	CodeKnob      = "E-SPEC-KNOB"      // unknown knob, or a value it does not take
	CodeRange     = "E-SPEC-RANGE"     // number outside its range, or not whole
	CodeUnfit     = "E-SPEC-UNFIT"     // fine elsewhere, but not with this data
	CodePointer   = "E-SPEC-POINTER"   // a slider's path leads to no number
	CodeMore      = "E-SPEC-MORE"      // findings left out of the list

	CodeLinkVersion   = "E-LINK-VERSION"   // no version, or one this program does not read
	CodeLinkBase64    = "E-LINK-BASE64"    // characters that a link does not have
	CodeLinkDeflate   = "E-LINK-DEFLATE"   // damaged
	CodeLinkTruncated = "E-LINK-TRUNCATED" // cut off
	CodeLinkSize      = "E-LINK-SIZE"      // too long, packed or unpacked
	CodeLinkJSON      = "E-LINK-JSON"      // unpacks to something that is not JSON
	CodeLinkForm      = "E-LINK-FORM"      // JSON, but neither a spec nor an example with changes
	CodeLinkExample   = "E-LINK-EXAMPLE"   // changes to an example that this program does not have
)

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	if e.Path != "" {
		b.WriteString(" at " + e.Path)
	}
	b.WriteString(": " + e.What)
	if e.Why != "" {
		b.WriteString("; " + e.Why)
	}
	if e.Fix != "" {
		b.WriteString("; " + e.Fix)
	}
	return b.String()
}

// Errors is all that is wrong with one document, in document order.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, x := range e {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}
