package pool

import (
	"reflect"
	"testing"
)

func TestMessages(t *testing.T) {
	for _, m := range []message{
		{verb: verbEnd, job: 7},
		{verb: verbStart, job: 1, text: []byte(`{"a":1}`), state: []float32{1, -2.5}},
		{verb: verbCame, job: 2, from: 3, to: 6, numbers: [][]float64{{1, 2}, {}, {-0.5}}},
	} {
		text := m.encode()
		got, err := decode(text)
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%+v came as %+v, %v", m, got, err)
		}
		for cut := range len(text) {
			if _, err := decode(text[:cut]); err == nil {
				t.Errorf("%+v cut to %d of %d bytes: no error", m, cut, len(text))
			}
		}
	}
}
