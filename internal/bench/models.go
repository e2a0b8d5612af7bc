package bench

import (
	"fmt"

	"github.com/whybox/whybox/internal/bench/task"
)

// onnxModels returns the files that ONNX Runtime needs for the tasks, by name:
// a network as it is, <net>.onnx, and one that also mixes the rows of
// coalitions and takes the mean over the background, <net>-mix.onnx.
func onnxModels(tasks []task.Task, a task.Arrays) map[string][]byte {
	out := map[string][]byte{}
	for _, t := range tasks {
		switch {
		case t.Kind == task.Gemm || t.Images():
		default:
			name := fmt.Sprintf("mlp%d", t.D)
			out[name+".onnx"] = perceptronModel(a[name+"/weights"], t.D)
			if t.Kind == task.Shap {
				out[name+"-mix.onnx"] = mixingModel(a[name+"/weights"], t.D)
			}
		}
	}
	return out
}

// perceptronModel scores x (rows×d): y (rows×2).
func perceptronModel(weights []float32, d int) []byte {
	g := &graph{}
	g.input("x", 0, d)
	perceptron(g, weights, d, "x", "y")
	g.output("y", 0, 2)
	return g.model("perceptron")
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
