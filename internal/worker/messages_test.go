package worker

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/figure"
)

func TestBatch(t *testing.T) {
	var b Batch
	if b.Take() != nil {
		t.Error("an empty batch has a message")
	}
	sent := []Answer{
		{ID: 7, Kind: PanelKind, View: "surface", Panel: &figure.Panel{}, SVG: "<svg>π</svg>"},
		{ID: 7, Kind: PanelKind, View: "what-if", Panel: &figure.Panel{}},
		{ID: 7, Kind: PanelKind, View: "waterfall", Panel: &figure.Panel{}, SVG: "<svg/>"},
		{ID: 7, Kind: Failed, Problems: []Problem{{What: "a \"b\" ≤ c"}}},
	}
	for round := range 2 { // the second message has nothing of the first
		for _, a := range sent[2*round:] {
			if err := b.Add(a); err != nil {
				t.Fatal(err)
			}
		}
		got, err := Decode(b.Take())
		if err != nil || len(got) != len(sent)-2*round {
			t.Fatalf("%d answers came, %d were sent: %v", len(got), len(sent)-2*round, err)
		}
		for i, a := range got {
			want := sent[2*round+i]
			if a.ID != want.ID || a.Kind != want.Kind || a.View != want.View || a.SVG != want.SVG || len(a.Problems) != len(want.Problems) {
				t.Errorf("answer %d is %+v, sent was %+v", i, a, want)
			}
		}
	}
	if err := b.Add(Answer{Status: &figure.Status{Values: []float64{math.NaN()}}}); err == nil {
		t.Error("what cannot be written was added")
	}
	if b.Take() != nil {
		t.Error("half an answer was left in the batch")
	}
}

func TestDecodeRefuses(t *testing.T) {
	message := func(n uint32, rest string) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, n), rest...)
	}
	for want, bad := range map[string][]byte{
		"without a length": []byte("[]"),
		"99 bytes of JSON": message(99, "[]"),
		"unexpected end":   message(1, "[]"),
		"picture of 9":     message(31, `[{"id":1,"slot":0,"picture":9}]<svg/>`),
		"picture of -1":    message(32, `[{"id":1,"slot":0,"picture":-1}]<svg/>`),
	} {
		if _, err := Decode(bad); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", bad, err, want)
		}
	}
}
