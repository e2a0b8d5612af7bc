// Package worker answers a page's questions one at a time: it keeps the stages
// of the present figure, reports progress, and drops a question when a newer
// one comes. It knows nothing of the browser; wasm/page carries the messages.
package worker

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/shelf"
)

// Op says what a question wants.
type Op string

const (
	Show   Op = "show"   // build the spec and draw the wanted panels
	Pause  Op = "pause"  // end training where it stands; the answer's Status.Steps says where
	Cancel Op = "cancel" // drop what is being computed
	Ahead  Op = "ahead"  // as Show, of what may be asked next; a Show ends it, without an answer
	Open   Op = "open"   // put a file on the shelf
)

// Question is what the page asks. A newer Show cancels the older.
type Question struct {
	ID   int             `json:"id"` // rises
	Op   Op              `json:"op"`
	Spec json.RawMessage `json:"spec,omitempty"`
	Want []figure.Want   `json:"want,omitempty"`
	Has  string          `json:"has,omitempty"` // Sum of the Status that the page has; its setting need not come again
	// Watch is how long training to the last step should take at least, in ms,
	// so that a person can follow it. 0 means as fast as it goes.
	Watch int    `json:"watch,omitempty"`
	Title string `json:"title,omitempty"` // Open: what the file is called
	File  []byte `json:"-"`               // Open: its content, carried beside the JSON
}

// Kind says what an answer carries.
type Kind string

const (
	Progress  Kind = "progress"  // Stage, Done, Of; while training also a fresh loss panel now and then
	PanelKind Kind = "panel"     // Panel; panels come in the order wanted; one that cannot be made has Problems instead
	Done      Kind = "done"      // Status; ends a question
	Cancelled Kind = "cancelled" // ends a question
	Failed    Kind = "failed"    // Problems; ends a question. What was shown stays
	FileKind  Kind = "file"      // Opened, or Problems; ends an Open
)

// Answer is one message back. A question gets any number of Progress and
// Panel answers and exactly one that ends it.
type Answer struct {
	ID       int            `json:"id"`
	Kind     Kind           `json:"kind"`
	Stage    string         `json:"stage,omitempty"` // "data", "training", "explaining", "searching", "drawing"
	Done     int            `json:"done,omitempty"`
	Of       int            `json:"of,omitempty"`
	Panel    *figure.Panel  `json:"panel,omitempty"`
	View     string         `json:"view,omitempty"` // name of the panel's view
	Slot     int            `json:"slot"`           // index into Want of the panel
	Status   *figure.Status `json:"status,omitempty"`
	Opened   *shelf.Opened  `json:"opened,omitempty"`
	Problems []Problem      `json:"problems,omitempty"`
	Picture  int            `json:"picture,omitempty"` // length of SVG, bytes
	SVG      string         `json:"-"`                 // the panel's picture, carried beside the JSON
}

// Batch is answers on their way as one message: the length of their JSON in
// four bytes, the lowest first; the JSON, an array; their pictures.
type Batch struct{ text, pictures []byte }

// Add puts an answer at the end.
func (b *Batch) Add(a Answer) error {
	a.Picture = len(a.SVG)
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	separator := byte(',')
	if len(b.text) == 0 {
		separator = '['
	}
	b.text = append(append(b.text, separator), text...)
	b.pictures = append(b.pictures, a.SVG...)
	return nil
}

// Take returns the message, nil for no answers, and empties the batch.
func (b *Batch) Take() []byte {
	if len(b.text) == 0 {
		return nil
	}
	b.text = append(b.text, ']')
	out := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(b.text)+len(b.pictures)), uint32(len(b.text)))
	out = append(append(out, b.text...), b.pictures...)
	b.text, b.pictures = b.text[:0], b.pictures[:0]
	return out
}

// Decode reads the message of a Batch.
func Decode(message []byte) ([]Answer, error) {
	if len(message) < 4 {
		return nil, errors.New("worker: a message without a length")
	}
	n := binary.LittleEndian.Uint32(message)
	if message = message[4:]; uint64(n) > uint64(len(message)) {
		return nil, fmt.Errorf("worker: %d bytes of JSON in a message of %d", n, len(message))
	}
	var out []Answer
	if err := json.Unmarshal(message[:n], &out); err != nil {
		return nil, err
	}
	pictures := string(message[n:])
	for i := range out {
		size := out[i].Picture
		if size < 0 || size > len(pictures) {
			return nil, fmt.Errorf("worker: answer %d has a picture of %d bytes, %d are there", i, size, len(pictures))
		}
		out[i].SVG, pictures = pictures[:size], pictures[size:]
	}
	return out, nil
}

// Problem is an error a person can act on.
type Problem struct {
	Code   string `json:"code"`           // E-SPEC-FIELD, E-TRAIN-DIVERGED, E-EXPLAIN-NEEDS ...
	Path   string `json:"path,omitempty"` // JSON Pointer into the spec
	What   string `json:"what"`
	Why    string `json:"why,omitempty"`
	Fix    string `json:"fix,omitempty"`
	Rewind bool   `json:"rewind,omitempty"` // offer to go back to step 0
}
