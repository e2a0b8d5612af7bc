package importer_test

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/importer"
)

// Scores and gradients of every graph have the same bits natively and in
// WebAssembly, with vectors and without: the same tests run there.
func TestONNXEverywhere(t *testing.T) {
	sum := crc32.NewIEEE()
	add := func(x []float32) {
		for _, v := range x {
			binary.Write(sum, binary.LittleEndian, math.Float32bits(v+0)) // -0 and 0 alike
		}
	}
	try := func(m *importer.Imported, x []float32) {
		add(predict(m.Model, x))
		d, k := m.Model.Dims()
		if g, ok := m.Model.(explain.Differentiable); ok {
			slope := make([]float32, len(x))
			g.Gradient(slope, x, len(x)/d, k-1)
			add(slope)
		}
	}
	for _, c := range append(append(plainCases(), shapeCases()...), mlCases()...) {
		m, err := importer.Read(c.file())
		if err != nil {
			t.Fatal(c.name, err)
		}
		try(m, c.x())
	}
	for _, f := range sklearnFiles(t) {
		try(loadONNX(t, f.path), f.x)
	}
	const want = 0xa94175f9
	if got := sum.Sum32(); got != want {
		t.Errorf("the bits sum to %#x, want %#x", got, want)
	}
}
