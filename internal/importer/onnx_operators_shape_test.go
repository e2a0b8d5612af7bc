package importer_test

func shapeCases() []operatorCase {
	s := func(sides ...int) []int { return sides }
	return []operatorCase{
		one("flatten", s(2, 3), 13, "Flatten", nil),
		one("reshape", s(2, 3), 13, "Reshape", nil, []int{-1, 6}, s(2)),
		one("reshape_zero", s(2, 3, 2), 13, "Reshape", nil, []int{0, 0, -1}, s(3)),
		one("transpose", s(2, 3, 4), 13, "Transpose", at{"perm", []int{0, 3, 1, 2}}),
		one("concat", s(2, 3), 13, "Concat", at{"axis", 2}),
		{"concat_self", s(2, 3), 13, func(g *onnxGraph) {
			g.node("Relu", []string{"x"}, "r")
			g.node("Concat", []string{"x", "r", "x"}, "y", "axis", -2)
		}},
		one("slice_old", s(4, 5), 9, "Slice", at{"starts", []int{1, -3}, "ends", []int{3, 1000}, "axes", []int{1, 2}}),
		one("slice", s(4, 5), 13, "Slice", nil, []int{0, 1}, s(2), []int{4, 1 << 62}, s(2), []int{1, 2}, s(2), []int{2, 3}, s(2)),
		one("slice_backwards", s(6), 13, "Slice", nil, []int{-1}, s(1), []int{-1 << 62}, s(1), []int{-1}, s(1), []int{-2}, s(1)),
		one("gather", s(4), 13, "Gather", at{"axis", 1}, []int{3, 0, -2, 3}, s(4)),
		one("gather_one", s(3, 4), 13, "Gather", at{"axis", 1}, []int{2}, s()),
		one("gather_square", s(3, 4), 13, "Gather", at{"axis", 2}, []int{0, 1, 3, 2}, s(2, 2)),
		{"gather_table", s(2), 13, func(g *onnxGraph) {
			g.constant("t", some(12), 4, 3)
			g.node("Abs", []string{"x"}, "a")
			g.node("Cast", []string{"a"}, "i", "to", 7)
			g.node("Gather", []string{"t", "i"}, "y")
		}},
		one("squeeze_old", s(1, 3, 1), 11, "Squeeze", at{"axes", []int{1, 3}}),
		one("squeeze", s(1, 3, 1), 13, "Squeeze", nil, []int{-1}, s(1)),
		one("unsqueeze_old", s(3), 11, "Unsqueeze", at{"axes", []int{1, 3}}),
		one("unsqueeze", s(3), 13, "Unsqueeze", nil, []int{-1, 1}, s(2)),
		one("identity", s(3), 13, "Identity", nil),
		{"cast", s(6), 13, func(g *onnxGraph) {
			g.node("Cast", []string{"x"}, "i", "to", 7)
			g.node("Cast", []string{"i"}, "y", "to", 1)
		}},
		{"cast_truth", s(6), 13, func(g *onnxGraph) {
			g.node("Cast", []string{"x"}, "i", "to", 9)
			g.node("Cast", []string{"i"}, "y", "to", 1)
		}},
		{"divide_whole_numbers", s(6), 13, func(g *onnxGraph) {
			g.constant("two", []int{2}, 1)
			g.node("Cast", []string{"x"}, "i", "to", 7)
			g.node("Div", []string{"i", "two"}, "h")
			g.node("Cast", []string{"h"}, "y", "to", 1)
		}},
		{"arg_max", s(3, 4), 13, func(g *onnxGraph) {
			g.node("ArgMax", []string{"x"}, "y", "axis", 1)
			g.output("y", 7)
		}},
		{"arg_max_last", s(3), 13, func(g *onnxGraph) {
			g.constant("none", []float32{0, 0, 0}, 3)
			g.node("Mul", []string{"x", "none"}, "z")
			g.node("ArgMax", []string{"z"}, "y", "axis", -1, "keepdims", 0, "select_last_index", 1)
			g.output("y", 7)
		}},
		{"constants", s(2, 3), 13, func(g *onnxGraph) { // computed ones, too
			g.node("Constant", nil, "a", "value", tensor("", []float32{1, 2, 3, 4, 5, 6}, 2, 3))
			g.node("Constant", nil, "b", "value_floats", []float32{0.5, 1, 2})
			g.node("Constant", nil, "c", "value_ints", []int{1, 3, 2})
			g.node("Constant", nil, "f", "value_float", 0.25)
			g.node("Mul", []string{"a", "b"}, "ab")
			g.node("Add", []string{"ab", "f"}, "abf")
			g.node("Reshape", []string{"abf", "c"}, "w")
			g.node("Transpose", []string{"w"}, "t", "perm", []int{0, 2, 1})
			g.node("Add", []string{"x", "t"}, "y")
		}},
		{"network", s(1, 6, 6), 13, func(g *onnxGraph) {
			g.constant("w", some(18), 2, 1, 3, 3)
			g.constant("b", some(2), 2)
			g.constant("v", some(24), 8, 3)
			g.constant("c", some(3), 3)
			g.node("Conv", []string{"x", "w", "b"}, "h1")
			g.node("Relu", []string{"h1"}, "h2")
			g.node("MaxPool", []string{"h2"}, "h3", "kernel_shape", []int{2, 2}, "strides", []int{2, 2})
			g.node("Flatten", []string{"h3"}, "h4")
			g.node("Gemm", []string{"h4", "v", "c"}, "h5")
			g.constant("f", []float32{0.125}, 1)
			g.node("Mul", []string{"h5", "f"}, "h6")
			g.node("Softmax", []string{"h6"}, "y")
		}},
	}
}
