package tensor

import "testing"

func TestTensor(t *testing.T) {
	x := Of([]float32{0, 1, 2, 3, 4, 5}, 2, 3)
	if x.At(1, 2) != 5 || x.At(0, 1) != 1 {
		t.Errorf("At: %g, %g", x.At(1, 2), x.At(0, 1))
	}
	c := x.Clone()
	x.Reshape(3, 2).Set(9, 1, 0)
	if x.At(0, 2) != 9 {
		t.Error("Reshape does not share the data")
	}
	if c.At(0, 2) != 2 {
		t.Error("Clone shares the data")
	}
	if r := x.Row(1); len(r) != 3 || r[0] != 3 || cap(r) != 3 {
		t.Errorf("Row(1) = %v", r)
	}
	if len(New(2, 0, 3).Data) != 0 || len(New().Data) != 1 {
		t.Error("New: wrong size")
	}
}

func TestPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"data that does not fill": func() { Of(make([]float32, 5), 2, 3) },
		"a negative side":         func() { New(-1) },
		"too few indices":         func() { New(2, 3).At(1) },
		"an index out of range":   func() { New(2, 3).At(0, 3) },
		"a shape of another size": func() { New(2, 3).Reshape(4) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("took %s", name)
				}
			}()
			f()
		}()
	}
}
