package bench

import (
	"fmt"

	"github.com/whybox/whybox/internal/bench/task"
)

// onnxModels returns the files that ONNX Runtime needs for the tasks, by name:
// a network as it is, <net>.onnx; its gradient, <net>-gradient.onnx; and one
// that also mixes the rows of coalitions and takes the mean over the background,
// <net>-mix.onnx.
func onnxModels(tasks []task.Task, a task.Arrays) map[string][]byte {
	out := map[string][]byte{}
	for _, t := range tasks {
		if t.Kind == task.Gemm || t.Kind == task.Train {
			continue
		}
		if t.Kind == task.TreeShap || t.Kind == task.TreeShapRows {
			continue
		}
		if t.Kind == task.Trees {
			out["trees.onnx"] = treesModel(a, t.D)
			continue
		}
		weights := a[t.Net()+"/weights"]
		if t.Images() {
			out[t.Net()+".onnx"] = convolutionalModel(weights, false)
			out[t.Net()+"-gradient.onnx"] = convolutionalModel(weights, true)
			continue
		}
		out[t.Net()+".onnx"] = perceptronModel(weights, t.D, false)
		out[t.Net()+"-gradient.onnx"] = perceptronModel(weights, t.D, true)
		if t.Kind == task.Shap {
			out[t.Net()+"-mix.onnx"] = mixingModel(weights, t.D)
		}
	}
	return out
}

// perceptronModel takes x (rows×d) to the scores y (rows×2), or to the gradient g
// (rows×d) of the explained one.
func perceptronModel(weights []float32, d int, gradient bool) []byte {
	g := &graph{}
	g.input("x", 0, d)
	perceptron(g, weights, d, "x", "y")
	if !gradient {
		g.output("y", 0, 2)
		return g.model("perceptron")
	}
	g.scoreSlope("y", "dz2", 2)
	g.node("Gemm", []string{"dz2", "w2"}, "dh1", attribute{"transB", 1})
	g.reluSlope("dh1", "h1", "dz1")
	g.node("Gemm", []string{"dz1", "w1"}, "dh0", attribute{"transB", 1})
	g.reluSlope("dh0", "h0", "dz0")
	g.node("Gemm", []string{"dz0", "w0"}, "g", attribute{"transB", 1})
	g.output("g", 0, d)
	return g.model("gradient")
}

// scoreSlope adds the gradient of the explained one of k probabilities by the
// logits: p·(e - y), e being 1 for its class and 0 for the others.
func (g *graph) scoreSlope(y, to string, k int) {
	class := make([]float32, k)
	class[task.Class] = 1
	g.constant("class", class, 1, k)
	g.constant("none", []float32{0})
	g.shape("across", 1)
	g.node("Mul", []string{y, "class"}, "only")
	g.node("ReduceSum", []string{"only", "across"}, "probability")
	g.node("Sub", []string{"class", y}, "to class")
	g.node("Mul", []string{"probability", "to class"}, to)
}

// reluSlope adds the gradient before a ReLU from that behind it.
func (g *graph) reluSlope(behind, value, to string) {
	g.node("Greater", []string{value, "none"}, to+" on")
	g.node("Where", []string{to + " on", behind, "none"}, to)
}

// perceptron adds the network from one array to another.
func perceptron(g *graph, weights []float32, d int, from, to string) {
	sizes := []int{d, task.Hidden, task.Hidden, 2}
	at, bias := 0, len(weights)-2*task.Hidden-2
	for i := range 3 {
		in, out := sizes[i], sizes[i+1]
		w, b := fmt.Sprintf("w%d", i), fmt.Sprintf("b%d", i)
		g.constant(w, weights[at:at+in*out], in, out)
		g.constant(b, weights[bias:bias+out], out)
		at, bias = at+in*out, bias+out
		logits := fmt.Sprintf("z%d", i)
		g.node("Gemm", []string{from, w, b}, logits)
		from = logits
		if i < 2 {
			from = fmt.Sprintf("h%d", i)
			g.node("Relu", []string{logits}, from)
		}
	}
	g.node("Softmax", []string{from}, to, attribute{"axis", 1})
}

// mixingModel takes masks (coalitions×1×d), the row x (d) and the background
// (1×rows×d) to the mean scores of each coalition, y (coalitions×2).
func mixingModel(weights []float32, d int) []byte {
	g := &graph{}
	g.input("mask", 0, 1, d)
	g.input("x", d)
	g.input("background", 1, 0, d)
	g.node("Sub", []string{"x", "background"}, "difference")
	g.node("Mul", []string{"mask", "difference"}, "taken")
	g.node("Add", []string{"background", "taken"}, "mixed")
	g.shape("flat", -1, d)
	g.node("Reshape", []string{"mixed", "flat"}, "rows")
	perceptron(g, weights, d, "rows", "scores")
	g.node("Shape", []string{"taken"}, "sides")
	g.shape("two", 2)
	g.node("Slice", []string{"sides", "zero", "two"}, "coalitions")
	g.shape("zero", 0)
	g.node("Concat", []string{"coalitions", "two"}, "by", attribute{"axis", 0})
	g.node("Reshape", []string{"scores", "by"}, "grouped")
	g.node("ReduceMean", []string{"grouped"}, "y", attribute{"axes", []int{1}}, attribute{"keepdims", 0})
	g.output("y", 0, 2)
	return g.model("mixing")
}
