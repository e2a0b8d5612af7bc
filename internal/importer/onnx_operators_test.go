package importer_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/whybox/whybox/internal/importer"
)

// operatorCase is a graph of few nodes from x to y.
type operatorCase struct {
	name  string
	shape []int  // of a row of x
	opset uint64 // 0 for 13
	build func(g *onnxGraph)
}

// operatorRows is how many rows each case is tried on.
const operatorRows = 3

// x returns the rows of a case: multiples of a quarter around 0, for nothing of
// them to depend on rounding.
func (c operatorCase) x() []float32 {
	out := make([]float32, operatorRows*c.d())
	for i := range out {
		out[i] = float32((i*37+5)%23-11) / 4
	}
	return out
}

func (c operatorCase) d() int {
	d := 1
	for _, s := range c.shape {
		d *= s
	}
	return d
}

func (c operatorCase) file() []byte {
	g := &onnxGraph{opset: c.opset}
	g.input("x", 1, c.shape...)
	c.build(g)
	if g.outputs == nil {
		g.output("y", 1)
	}
	return g.file()
}

// some returns n numbers, multiples of an eighth around 0.
func some(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32((i*29+7)%19-9) / 8
	}
	return out
}

const operatorsDir = "testdata/onnx/operators"

// Each operator gives what onnxruntime gives. UPDATE=1 writes the graphs, whose
// results expect.mjs then asks onnxruntime for.
func TestONNXOperators(t *testing.T) {
	var expected map[string][]float64
	if os.Getenv("UPDATE") == "" {
		file, err := os.ReadFile(filepath.Join(operatorsDir, "expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(file, &expected); err != nil {
			t.Fatal(err)
		}
	}
	inputs := map[string]any{}
	for _, c := range append(append(plainCases(), shapeCases()...), mlCases()...) {
		file := c.file()
		if expected == nil {
			inputs[c.name] = map[string]any{"shape": append([]int{operatorRows}, c.shape...), "x": c.x()}
			if err := os.WriteFile(filepath.Join(operatorsDir, c.name+".onnx"), file, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		m, err := importer.Read(file)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want, ok := expected[c.name]
		if got := wide(predict(m.Model, c.x())); !ok || apart(got, want) > 2e-6*largestOf(want) {
			t.Errorf("%s: %v\nwant %v", c.name, got, want)
		}
	}
	if expected == nil {
		file, err := json.Marshal(inputs)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(operatorsDir, "inputs.json"), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// largestOf returns the largest absolute value of x, at least 1.
func largestOf(x []float64) float64 {
	top := 1.0
	for _, v := range x {
		top = max(top, math.Abs(v))
	}
	return top
}

// one is a case of one node on x and constants.
func one(name string, shape []int, opset uint64, op string, attributes at, constants ...any) operatorCase {
	return operatorCase{name, shape, opset, func(g *onnxGraph) {
		in := []string{"x"}
		for i := 0; i < len(constants); i += 2 {
			label := string(rune('a' + i/2))
			if constants[i] == nil {
				in = append(in, "")
				continue
			}
			in = append(in, label)
			g.constant(label, constants[i], constants[i+1].([]int)...)
		}
		g.node(op, in, "y", attributes...)
	}}
}

func plainCases() []operatorCase {
	s := func(sides ...int) []int { return sides }
	return []operatorCase{
		one("add_row", s(4), 13, "Add", nil, some(4), s(4)),
		one("add_scalar", s(2, 3), 13, "Add", nil, []float32{1.5}, s()),
		one("sub_channel", s(2, 3, 2), 13, "Sub", nil, some(2), s(1, 2, 1, 1)),
		one("mul_wider", s(3, 1), 13, "Mul", nil, some(4), s(1, 4)),
		one("div", s(4), 13, "Div", nil, []float32{1, 2, -4, 0.5}, s(1, 4)),
		one("relu", s(5), 13, "Relu", nil),
		one("leaky_relu", s(5), 13, "LeakyRelu", at{"alpha", 0.1}),
		one("leaky_relu_default", s(5), 13, "LeakyRelu", nil),
		one("sigmoid", s(5), 13, "Sigmoid", nil),
		one("tanh", s(5), 13, "Tanh", nil),
		one("abs", s(5), 13, "Abs", nil),
		one("clip_old", s(5), 6, "Clip", at{"min", -1.0, "max", 0.5}),
		one("clip", s(5), 13, "Clip", nil, []float32{-1}, s(), []float32{0.75}, s()),
		one("clip_above", s(5), 13, "Clip", nil, nil, nil, []float32{0.75}, s()),
		one("softmax", s(3, 4), 13, "Softmax", nil),
		one("softmax_first", s(3, 4), 13, "Softmax", at{"axis", 1}),
		one("softmax_old", s(3, 4), 11, "Softmax", nil),
		one("log_softmax", s(5), 13, "LogSoftmax", nil),
		one("log_softmax_middle", s(2, 3, 2), 13, "LogSoftmax", at{"axis", -2}),
		one("matmul", s(4), 13, "MatMul", nil, some(12), s(4, 3)),
		one("matmul_vector", s(4), 13, "MatMul", nil, some(4), s(4)),
		one("matmul_groups", s(3, 4), 13, "MatMul", nil, some(8), s(4, 2)),
		one("gemm", s(4), 13, "Gemm", nil, some(12), s(4, 3), some(3), s(3)),
		one("gemm_all", s(4), 13, "Gemm", at{"alpha", 0.5, "beta", 2.0, "transB", 1}, some(12), s(3, 4), some(1), s(1)),
		one("gemm_no_bias", s(4), 13, "Gemm", nil, some(12), s(4, 3)),
		one("batch_normalization", s(2, 3), 13, "BatchNormalization", at{"epsilon", 0.01}, some(2), s(2), some(2), s(2), some(2), s(2), []float32{0.5, 4}, s(2)),
		one("reduce_mean", s(3, 4), 13, "ReduceMean", at{"axes", []int{1}}),
		one("reduce_mean_new", s(3, 4), 18, "ReduceMean", at{"keepdims", 0}, []int{-1}, s(1)),
		one("reduce_sum_old", s(3, 4), 11, "ReduceSum", at{"axes", []int{1, 2}, "keepdims", 0}),
		one("reduce_sum", s(2, 3, 2), 13, "ReduceSum", nil, []int{1, 3}, s(2)),
		one("conv", s(2, 5, 5), 13, "Conv", at{"kernel_shape", []int{3, 3}, "pads", []int{1, 1, 1, 1}}, some(54), s(3, 2, 3, 3), some(3), s(3)),
		one("conv_strides", s(2, 7, 5), 13, "Conv", at{"strides", []int{2, 1}, "pads", []int{0, 1, 1, 0}}, some(24), s(2, 2, 3, 2)),
		one("conv_dilations", s(1, 7, 7), 13, "Conv", at{"dilations", []int{2, 3}}, some(8), s(2, 1, 2, 2)),
		one("conv_groups", s(4, 4, 4), 13, "Conv", at{"group", 2}, some(48), s(6, 2, 2, 2), some(6), s(6)),
		one("conv_depthwise", s(3, 4, 4), 13, "Conv", at{"group", 3, "auto_pad", "SAME_UPPER", "strides", []int{2, 2}}, some(27), s(3, 1, 3, 3)),
		one("conv_same_lower", s(1, 5, 5), 13, "Conv", at{"auto_pad", "SAME_LOWER"}, some(4), s(1, 1, 2, 2)),
		one("conv_1d", s(2, 8), 13, "Conv", at{"strides", []int{2}}, some(12), s(2, 2, 3)),
		one("max_pool", s(2, 5, 5), 13, "MaxPool", at{"kernel_shape", []int{2, 2}, "strides", []int{2, 2}}),
		one("max_pool_padded", s(1, 5, 5), 13, "MaxPool", at{"kernel_shape", []int{3, 3}, "pads", []int{1, 1, 1, 1}, "strides", []int{2, 2}}),
		one("max_pool_ceil", s(1, 6, 6), 13, "MaxPool", at{"kernel_shape", []int{3, 3}, "strides", []int{2, 2}, "ceil_mode", 1}),
		one("max_pool_dilated", s(1, 6, 6), 13, "MaxPool", at{"kernel_shape", []int{2, 2}, "dilations", []int{2, 2}}),
		one("average_pool", s(2, 5, 5), 13, "AveragePool", at{"kernel_shape", []int{2, 2}, "strides", []int{2, 2}}),
		one("average_pool_padded", s(1, 5, 5), 13, "AveragePool", at{"kernel_shape", []int{3, 3}, "pads", []int{1, 1, 1, 1}}),
		one("average_pool_counts", s(1, 5, 5), 13, "AveragePool", at{"kernel_shape", []int{3, 3}, "pads", []int{1, 1, 1, 1}, "count_include_pad", 1}),
		one("average_pool_ceil", s(1, 6, 6), 19, "AveragePool", at{"kernel_shape", []int{3, 3}, "strides", []int{2, 2}, "ceil_mode", 1, "pads", []int{1, 1, 0, 0}, "count_include_pad", 1}),
		one("global_average_pool", s(3, 2, 4), 13, "GlobalAveragePool", nil),
	}
}
