package kernel

import "math/rand/v2"

// classes returns n classes below k.
func classes(r *rand.Rand, n, k int) []int32 {
	y := make([]int32, n)
	for i := range y {
		y[i] = int32(r.IntN(k))
	}
	return y
}

func softmaxTrial(r *rand.Rand) trial {
	n, k := size(r, 20), 1+size(r, 30)
	loss, y := ref(0), whole(0)
	if r.IntN(2) == 0 {
		loss, y = -1, -1
	}
	return trial{data: data(wild(r, n), wild(r, n*k), wild(r, n*k)), ints: [][]int32{classes(r, n, k)},
		args: []any{loss, ref(1), ref(2), y, n, k},
		api: func(x [][]float32, i [][]int32) any {
			if loss < 0 {
				Softmax(x[1], x[2], n, k)
			} else {
				CrossEntropy(x[0], x[1], x[2], i[0], n, k)
			}
			return nil
		}}
}

func softmaxBackwardTrial(r *rand.Rand) trial {
	n, k := size(r, 20), 1+size(r, 30)
	return trial{data: data(wild(r, n*k), wild(r, n*k), wild(r, n*k)), args: []any{ref(0), ref(1), ref(2), n, k},
		api: func(x [][]float32, _ [][]int32) any { SoftmaxBackward(x[0], x[1], x[2], n, k); return nil }}
}

func crossEntropyBackwardTrial(r *rand.Rand) trial {
	n, k, dy := size(r, 20), 1+size(r, 30), wild(r, 1)[0]
	return trial{data: data(wild(r, n*k), wild(r, n*k)), ints: [][]int32{classes(r, n, k)},
		args: []any{ref(0), ref(1), whole(0), n, k, dy},
		api: func(x [][]float32, i [][]int32) any {
			CrossEntropyBackward(x[0], dy, x[1], i[0], n, k)
			return nil
		}}
}

// somewhere returns how the parts of a product lie: apart or over each other.
func somewhere(r *rand.Rand) parts { return parts{1 + r.IntN(4), r.IntN(50), r.IntN(9)} }

func gemmPartsTrial(r *rand.Rand) trial {
	m, n, k, over := 1+size(r, 16), 1+size(r, 70), 1+size(r, 12), somewhere(r)
	bias, act := ref(3), Activation(r.IntN(2))
	if r.IntN(3) == 0 {
		bias = -1
	}
	a := (over.n-1)*over.pitch + (m-1)*over.stride + k
	return trial{data: data(wild(r, m*n), wild(r, a), wild(r, over.n*k*n), wild(r, n)),
		args: []any{ref(0), ref(1), ref(2), bias, m, n, k, int(act), over.stride, over.n, over.pitch},
		api: func(x [][]float32, _ [][]int32) any {
			b := x[3]
			if bias < 0 {
				b = nil
			}
			gemmParts(x[0], x[1], x[2], b, m, n, k, over, act)
			return nil
		}}
}

func gemmPartsTATrial(r *rand.Rand) trial {
	m, n, k, over := 1+size(r, 16), 1+size(r, 70), 1+size(r, 12), somewhere(r)
	a := (over.n-1)*over.pitch + (k-1)*over.stride + m
	return trial{data: data(wild(r, m*n), wild(r, a), wild(r, over.n*k*n)),
		args: []any{ref(0), ref(1), ref(2), ref(0), m, n, k, 0, over.stride, over.n, over.pitch},
		api: func(x [][]float32, _ [][]int32) any {
			gemmPartsTA(x[0], x[1], x[2], m, n, k, over)
			return nil
		}}
}

func patchTrial(r *rand.Rand, f func(cols, x []float32, c Conv)) trial {
	c := Conv{N: size(r, 4), H: 1 + r.IntN(6), W: 1 + r.IntN(6), In: 1 + r.IntN(6), Out: 1, Size: 1 + 2*r.IntN(3)}
	return trial{data: data(wild(r, c.Cols()), wild(r, c.N*c.H*c.W*c.In)),
		args: []any{ref(0), ref(1), c.N, c.H, c.W, c.In, c.Size},
		api:  func(x [][]float32, _ [][]int32) any { f(x[0], x[1], c); return nil }}
}

func maxPoolTrial(r *rand.Rand) trial {
	n, h, w, c := size(r, 5), 1+r.IntN(9), 1+r.IntN(9), 1+r.IntN(13)
	out := n * (h / 2) * (w / 2) * c
	x := wild(r, n*h*w*c)
	for i := range x {
		if r.IntN(3) == 0 {
			x[i] = float32(r.IntN(2)) // equal values
		}
	}
	return trial{data: data(wild(r, out), x), ints: [][]int32{make([]int32, out)},
		args: []any{ref(0), whole(0), ref(1), n, h, w, c},
		api: func(x [][]float32, i [][]int32) any {
			MaxPool(x[0], i[0], x[1], n, h, w, c)
			return nil
		}}
}

func maxPoolBackwardTrial(r *rand.Rand) trial {
	n, d := size(r, 50), 1+r.IntN(60)
	return trial{data: data(wild(r, d), wild(r, n)), ints: [][]int32{classes(r, n, d)},
		args: []any{ref(0), ref(1), whole(0), n, d},
		api: func(x [][]float32, i [][]int32) any {
			MaxPoolBackward(x[0], x[1], i[0])
			return int32(1)
		}}
}
