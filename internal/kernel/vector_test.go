package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// trial is one call of a function that kernels.wasm has too.
type trial struct {
	data [][]float32 // what it reads and writes
	ints [][]int32   // the same, whole numbers
	api  func(x [][]float32, i [][]int32) any
	args []any // of the same call in kernels.wasm: ref, whole, int, float32
}

type ref int   // the address of data[ref]; nowhere below 0
type whole int // the address of ints[whole]

// wild returns n numbers: uniform in -4..4, and in half of the cases, some of
// them NaN, infinite, denormal, huge, or zero of either sign.
func wild(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	strange := r.IntN(2) == 0
	for i := range x {
		x[i] = float32(8*r.Float64() - 4)
		if strange && r.IntN(8) == 0 {
			x[i] = rare[r.IntN(len(rare))]
		}
	}
	return x
}

var rare = []float32{
	0, float32(math.Copysign(0, -1)), 1, -1,
	float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), math.Float32frombits(0xffc12345),
	math.SmallestNonzeroFloat32, -1e-40, 1e-38, -3e-39, 3e38, -3e38, 88.9, -104.2, -87.5, 0.625,
}

// size returns a size with all tails, small ones more often.
func size(r *rand.Rand, most int) int { return r.IntN(1 + r.IntN(most)) }

func data(x ...[]float32) [][]float32 { return x }

// vectorised lists every function of kernels.wasm, by its name there.
var vectorised = map[string]func(r *rand.Rand) trial{
	"relu":    func(r *rand.Rand) trial { return unary(r, func(d, x []float32) { Activate(d, x, ActReLU) }) },
	"tanh":    func(r *rand.Rand) trial { return unary(r, func(d, x []float32) { Activate(d, x, ActTanh) }) },
	"sigmoid": func(r *rand.Rand) trial { return unary(r, func(d, x []float32) { Activate(d, x, ActSigmoid) }) },
	"exp":     func(r *rand.Rand) trial { return unary(r, Exps) },
	"log":     func(r *rand.Rand) trial { return unary(r, Logs) },

	"add":    func(r *rand.Rand) trial { return twoSources(r, Add) },
	"sub":    func(r *rand.Rand) trial { return twoSources(r, Sub) },
	"mul":    func(r *rand.Rand) trial { return twoSources(r, Mul) },
	"mulAdd": func(r *rand.Rand) trial { return twoSources(r, MulAdd) },
	"divAdd": func(r *rand.Rand) trial { return twoSources(r, DivAdd) },
	"reluBackward": func(r *rand.Rand) trial {
		return twoSources(r, func(d, dy, y []float32) { ActivateBackward(d, dy, y, ActReLU) })
	},
	"tanhBackward": func(r *rand.Rand) trial {
		return twoSources(r, func(d, dy, y []float32) { ActivateBackward(d, dy, y, ActTanh) })
	},
	"sigmoidBackward": func(r *rand.Rand) trial {
		return twoSources(r, func(d, dy, y []float32) { ActivateBackward(d, dy, y, ActSigmoid) })
	},

	"axpy":  func(r *rand.Rand) trial { return scaled(r, Axpy) },
	"scale": func(r *rand.Rand) trial { return scaled(r, Scale) },
	"shift": func(r *rand.Rand) trial {
		t := scaled(r, func(d []float32, a float32, _ []float32) { AddConstant(d, a) })
		t.args[1] = ref(0)
		return t
	},

	"gemm": func(r *rand.Rand) trial {
		m, n, k := size(r, 24), size(r, 80), size(r, 40)
		bias, act := ref(3), Activation(r.IntN(2))
		t := trial{data: data(wild(r, m*n), wild(r, m*k), wild(r, k*n), wild(r, n))}
		if r.IntN(3) == 0 || n == 0 {
			bias = -1
		}
		t.api = func(x [][]float32, _ [][]int32) any {
			b := x[3]
			if bias < 0 {
				b = nil
			}
			Gemm(x[0], x[1], x[2], b, m, n, k, act)
			return nil
		}
		t.args = []any{ref(0), ref(1), ref(2), bias, m, n, k, int(act), ref(-1)}
		return t
	},
	"gemmTA":      func(r *rand.Rand) trial { return transposed(r, GemmTA) },
	"gemmTB":      func(r *rand.Rand) trial { return transposed(r, GemmTB) },
	"gemmParts":   gemmPartsTrial,
	"gemmPartsTA": gemmPartsTATrial,

	"sum": func(r *rand.Rand) trial {
		n := size(r, 99)
		return trial{data: data(wild(r, n)), args: []any{ref(0), n},
			api: func(x [][]float32, _ [][]int32) any { return Sum(x[0]) }}
	},
	"dot":             func(r *rand.Rand) trial { return ofPair(r, Dot) },
	"squaredDistance": func(r *rand.Rand) trial { return ofPair(r, SquaredDistance) },
	"finite": func(r *rand.Rand) trial {
		n := size(r, 99)
		return trial{data: data(wild(r, n)), args: []any{ref(0), n},
			api: func(x [][]float32, _ [][]int32) any { return flag(Finite(x[0])) }}
	},
	"columnSums": func(r *rand.Rand) trial {
		n, d, add := size(r, 20), size(r, 50), r.IntN(2) == 0
		return trial{data: data(wild(r, d), wild(r, n*d)), args: []any{ref(0), ref(1), n, d, int(flag(add))},
			api: func(x [][]float32, _ [][]int32) any { ColumnSums(x[0], x[1], n, d, add); return nil }}
	},
	"standardize": func(r *rand.Rand) trial {
		n, d := size(r, 20), 1+size(r, 50)
		return trial{data: data(wild(r, n*d), wild(r, n*d), wild(r, d), wild(r, d)), args: []any{ref(0), ref(1), ref(2), ref(3), n, d},
			api: func(x [][]float32, _ [][]int32) any { Standardize(x[0], x[1], x[2], x[3], n, d); return nil }}
	},
	"mix": func(r *rand.Rand) trial {
		n, d := size(r, 20), 1+size(r, 50)
		return trial{data: data(wild(r, n*d), wild(r, d), wild(r, n*d)), ints: [][]int32{choices(r, d)}, args: []any{ref(0), ref(1), ref(2), whole(0), n, d},
			api: func(x [][]float32, i [][]int32) any { Mix(x[0], x[1], x[2], i[0], n, d); return nil }}
	},
	"mulColumns": func(r *rand.Rand) trial {
		n, d := size(r, 20), 1+size(r, 50)
		return trial{data: data(wild(r, n*d), wild(r, n*d), wild(r, d)), args: []any{ref(0), ref(1), ref(2), n, d},
			api: func(x [][]float32, _ [][]int32) any { MulColumns(x[0], x[1], x[2], n, d); return nil }}
	},
	"adam": func(r *rand.Rand) trial {
		n := size(r, 99)
		const rate, c1, c2 = 0.01, 0.1, 0.001
		return trial{data: data(wild(r, n), wild(r, n), wild(r, n), wild(r, n)),
			args: []any{ref(0), ref(1), ref(2), ref(3), n, float32(rate), float32(c1), float32(c2)},
			api:  func(x [][]float32, _ [][]int32) any { Adam(x[0], x[1], x[2], x[3], rate, c1, c2); return nil }}
	},
	"mixChoices":           mixChoicesTrial,
	"mixTable":             mixTableTrial,
	"mixSums":              mixSumsTrial,
	"softmax":              softmaxTrial,
	"softmaxBackward":      softmaxBackwardTrial,
	"crossEntropyBackward": crossEntropyBackwardTrial,
	"col2im": func(r *rand.Rand) trial {
		return patchTrial(r, func(cols, x []float32, c Conv) { col2im(x, cols, c) })
	},
	"descend":         descendTrial,
	"maxPool":         maxPoolTrial,
	"maxPoolBackward": maxPoolBackwardTrial,
}

func flag(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

func unary(r *rand.Rand, f func(dst, x []float32)) trial {
	n := size(r, 99)
	return trial{data: data(wild(r, n), wild(r, n)), args: []any{ref(0), ref(1), n},
		api: func(x [][]float32, _ [][]int32) any { f(x[0], x[1]); return nil }}
}

// twoSources has dst stand in for the second source now and then.
func twoSources(r *rand.Rand, f func(dst, x, y []float32)) trial {
	n, y := size(r, 99), 1+r.IntN(2)
	return trial{data: data(wild(r, n), wild(r, n), wild(r, n)), args: []any{ref(0), ref(1), ref(y), n},
		api: func(x [][]float32, _ [][]int32) any { f(x[0], x[1], x[y]); return nil }}
}

func scaled(r *rand.Rand, f func(dst []float32, a float32, x []float32)) trial {
	n, a := size(r, 99), wild(r, 1)[0]
	return trial{data: data(wild(r, n), wild(r, n)), args: []any{ref(0), ref(1), n, a},
		api: func(x [][]float32, _ [][]int32) any { f(x[0], a, x[1]); return nil }}
}

func ofPair(r *rand.Rand, f func(x, y []float32) float32) trial {
	n := size(r, 99)
	return trial{data: data(wild(r, n), wild(r, n)), args: []any{ref(0), ref(1), n},
		api: func(x [][]float32, _ [][]int32) any { return f(x[0], x[1]) }}
}

func transposed(r *rand.Rand, f func(dst, a, b []float32, m, n, k int, add bool)) trial {
	m, n, k := size(r, 24), size(r, 60), size(r, 40)
	c, add := ref(-1), r.IntN(2) == 0
	if add {
		c = 0
	}
	return trial{data: data(wild(r, m*n), wild(r, m*k), wild(r, k*n), make([]float32, 16*k)),
		args: []any{ref(0), ref(1), ref(2), c, m, n, k, 0, ref(3)},
		api: func(x [][]float32, _ [][]int32) any {
			clear(x[3])
			f(x[0], x[1], x[2], m, n, k, add)
			return nil
		}}
}

// same reports whether two numbers are equal bit for bit, or both NaN: its
// payload depends on the machine and carries nothing here.
func same(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}

// agree fails where two runs of a trial left different numbers.
func agree(t *testing.T, name string, seed int, got, want trial, gotResult, wantResult any) {
	t.Helper()
	for i := range want.data {
		for j, w := range want.data[i] {
			if g := got.data[i][j]; !same(g, w) {
				t.Fatalf("%s, trial %d %v: data %d[%d] = %x, portable %x", name, seed, want.args, i, j, math.Float32bits(g), math.Float32bits(w))
			}
		}
	}
	if fmt.Sprint(got.ints) != fmt.Sprint(want.ints) {
		t.Fatalf("%s, trial %d %v: %v, portable %v", name, seed, want.args, got.ints, want.ints)
	}
	x, isFloat := gotResult.(float32)
	if isFloat && !same(x, wantResult.(float32)) || !isFloat && gotResult != wantResult {
		t.Fatalf("%s, trial %d %v returns %v, portable %v", name, seed, want.args, gotResult, wantResult)
	}
}

// clone returns the trial on data of its own.
func (t trial) clone() trial {
	c := t
	c.data, c.ints = nil, nil
	for _, x := range t.data {
		c.data = append(c.data, append([]float32(nil), x...))
	}
	for _, x := range t.ints {
		c.ints = append(c.ints, append([]int32(nil), x...))
	}
	return c
}
