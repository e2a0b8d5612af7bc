package nn

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"testing"
)

// weightHash is FNV-1a over the bits of every weight and bias.
func (t *trainer) weightHash() uint64 {
	h := fnv.New64a()
	for _, v := range t.weights.flat {
		var b [4]byte
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		h.Write(b[:])
	}
	return h.Sum64()
}

// TestSameWeightsEverywhere pins the weights after 50 steps. The constants were
// printed by this test on linux/amd64; js/wasm gives the same, which is what
// the test is for. A change of the arithmetic's order changes them.
func TestSameWeightsEverywhere(t *testing.T) {
	relu := mlp()
	relu.Activation, relu.L2 = "relu", 0.01
	sgd := mlp()
	sgd.Activation, sgd.Optimizer = "sigmoid", "sgd"
	regression := rings(100, 4)
	regression.Regression, regression.K = true, 1
	for _, c := range []struct {
		name string
		tr   *trainer
		want uint64
	}{
		{"tanh adam", newMLP(t, rings(100, 4), mlp()), 0x4c455833ebd403f6},
		{"relu adam L2", newMLP(t, rings(100, 4), relu), 0xc632a3cd5adbedd1},
		{"sigmoid sgd", newMLP(t, rings(100, 4), sgd), 0x77700c5794b86adb},
		{"regression", newMLP(t, regression, mlp()), 0x969d5c5b870066d3},
		{"cnn", newCNN(t, stripes(150, 8, 8, 4), cnn()), 0x36f5a38dda6a577c},
	} {
		train(t, c.tr, 50)
		if got := c.tr.weightHash(); got != c.want {
			t.Errorf("%s: weights %#x, want %#x", c.name, got, c.want)
		}
	}
}

// TestLongRunEverywhere pins the weights after 500 steps in the same way, with
// the layers and filters that people use, so that a difference in the last bit
// of any loop has time to grow.
func TestLongRunEverywhere(t *testing.T) {
	params := MLPParams{Hidden: []int{16, 16}, Activation: "relu", Optimizer: "adam", Rate: 0.01, Batch: 32, Epochs: 100, L2: 1e-4}
	filters := CNNParams{Filters: 8, Optimizer: "adam", Rate: 0.005, Batch: 16, Epochs: 50}
	for _, c := range []struct {
		name string
		tr   *trainer
		want uint64
	}{
		{"mlp", newMLP(t, rings(200, 8), params), 0x912ef863cdca67aa},
		{"cnn", newCNN(t, stripes(200, 9, 10, 8), filters), 0xdadbf2579e33ef4a},
	} {
		train(t, c.tr, 500)
		if got := c.tr.weightHash(); got != c.want {
			t.Errorf("%s: weights %#x, want %#x", c.name, got, c.want)
		}
	}
}
