package binned_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/whybox/whybox/internal/model/binned"
)

// Where every value has a bin of its own, joining bins is cutting the values.
// Else every bin lies within one of the larger ones, of which there are no more
// than asked for, none of them empty.
func TestCoarser(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 10))
	for range 300 {
		var x []float32
		for range 1 + r.IntN(300) {
			v := float32(r.IntN(1+r.IntN(200))) / 4
			if r.IntN(9) == 0 {
				v = float32(math.NaN())
			}
			x = append(x, v)
		}
		most := 2 + r.IntN(20)
		p := problem(x, 1, nil)
		direct, err := binned.New(p, most)
		if err != nil {
			t.Fatal(err)
		}
		for _, bins := range []int{len(x) + 2, most + r.IntN(40)} {
			fine, err := binned.New(p, bins)
			if err != nil {
				t.Fatal(err)
			}
			got := fine.Coarser(most)
			if bins > len(x) && !(reflect.DeepEqual(got.Features, direct.Features) && reflect.DeepEqual(got.Code, direct.Code)) {
				t.Fatalf("joined %+v, cut %+v", got.Features, direct.Features)
			}
			f := &got.Features[0]
			if f.Bins() > most+1 && f.Bins() > 2 {
				t.Fatalf("%d bins, asked for %d", f.Bins()-1, most)
			}
			within, rows := map[uint16]uint16{}, make([]int, f.Bins())
			for i, v := range x {
				if got.Code[i] != f.Bin(v) {
					t.Fatalf("%v has the code %d and lies in bin %d", v, got.Code[i], f.Bin(v))
				}
				if in, ok := within[fine.Code[i]]; ok && in != got.Code[i] {
					t.Fatalf("bin %d lies in %d and %d", fine.Code[i], in, got.Code[i])
				}
				within[fine.Code[i]] = got.Code[i]
				rows[got.Code[i]]++
			}
			for bin := 1; bin < len(f.Low); bin++ {
				if rows[bin] == 0 {
					t.Fatalf("bin %d of %d is empty", bin, f.Bins())
				}
			}
		}
	}
	p := problem([]float32{0, 2, 1, 1}, 1, []int{3})
	fine, err := binned.New(p, 10)
	if err != nil {
		t.Fatal(err)
	}
	if got := fine.Coarser(2); !reflect.DeepEqual(got, fine) {
		t.Errorf("categories became %+v", got.Features)
	}
}
