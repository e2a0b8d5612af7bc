package catalog

import (
	"testing"

	"github.com/whybox/whybox/internal/knob"
)

// TestVocabularyFollowsKnobs asks for the same data set with changing knobs: a
// description is kept only while they stay the same.
func TestVocabularyFollowsKnobs(t *testing.T) {
	for _, d := range Vocabulary().Data {
		if d.Name != "blobs" {
			continue
		}
		for _, classes := range []int{2, 4, 4, 3, 2} {
			table := d.Table(knob.Values{"rows": 100.0, "classes": float64(classes)})
			if len(table.Classes) != classes || table.Rows != 100 {
				t.Errorf("%d classes asked: %d classes, %d rows", classes, len(table.Classes), table.Rows)
			}
		}
		return
	}
	t.Fatal("the catalog has no blobs")
}
