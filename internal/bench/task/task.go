// Package task holds the work that the benchmark measures: what there is to do,
// the numbers it is done on, and whybox's own way of doing it. It runs natively
// and in the browser, so that both do the same.
package task

import "fmt"

// Kinds of work.
const (
	Forward    = "forward"    // scores of Rows rows
	Call       = "call"       // scores of one row, asked from JavaScript
	Shap       = "shap"       // KernelSHAP of one row against Rows background rows
	Path       = "path"       // integrated gradients of one row
	Slope      = "slope"      // gradient saliency of one image
	Occlusion  = "occlusion"  // of one image
	SmoothGrad = "smoothgrad" // of one image
	Train      = "train"      // one epoch over Rows rows
	Gemm       = "gemm"       // a product M×K·K×N
)

// How much work the explainers do.
const (
	Coalitions = 2048 // KernelSHAP
	Steps      = 64   // integrated gradients
	Patch      = 6    // occlusion, pixels
	Stride     = 2    // occlusion, pixels
	Copies     = 50   // SmoothGrad
	Noise      = 0.1  // SmoothGrad, share of the range of the pixels
	Batch      = 32   // training, rows a step
	Rate       = 0.01 // training, Adam
	Side       = 28   // of an image, pixels
	Filters    = 16   // of the first convolution
	Digits     = 10   // classes of the images
	Class      = 1    // whose score is explained
	Hidden     = 64   // units of each of the two hidden layers
)

// Task is one piece of work.
type Task struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	D    int    `json:"d,omitempty"`    // features; Side² where the network is the convolutional one
	Rows int    `json:"rows,omitempty"` // what Kind says
	M    int    `json:"m,omitempty"`    // of a product
	N    int    `json:"n,omitempty"`    // of a product
	K    int    `json:"k,omitempty"`    // of a product
}

// Images reports whether the task is about the convolutional network.
func (t Task) Images() bool { return t.D == Side*Side }

// Net is the prefix of the arrays of the task's network.
func (t Task) Net() string { return netName(t.D) }

func netName(d int) string {
	if d == Side*Side {
		return "cnn"
	}
	return fmt.Sprintf("mlp%d", d)
}

// scores returns how many scores the task's network has.
func (t Task) scores() int {
	if t.Images() {
		return Digits
	}
	return 2
}

// mlp is the number of features of the network most tasks are about.
const mlp = 30

// All returns every task.
func All() []Task {
	out := []Task{
		{Name: "mlp-1", Kind: Forward, D: mlp, Rows: 1},
		{Name: "mlp-1-call", Kind: Call, D: mlp, Rows: 1},
		{Name: "mlp-256", Kind: Forward, D: mlp, Rows: 256},
		{Name: "mlp-65536", Kind: Forward, D: mlp, Rows: 65536},
		{Name: "shap", Kind: Shap, D: mlp, Rows: 100},
		{Name: "path", Kind: Path, D: mlp},
		{Name: "cnn-1", Kind: Forward, D: Side * Side, Rows: 1},
		{Name: "cnn-256", Kind: Forward, D: Side * Side, Rows: 256},
		{Name: "slope", Kind: Slope, D: Side * Side},
		{Name: "occlusion", Kind: Occlusion, D: Side * Side},
		{Name: "smoothgrad", Kind: SmoothGrad, D: Side * Side},
		{Name: "train", Kind: Train, D: mlp, Rows: 10000},
		trees,
		{Name: "tree-shap-1", Kind: TreeShap, D: mlp, Rows: 1},
		{Name: "tree-shap-10000", Kind: TreeShapRows, D: mlp, Rows: 10000},
	}
	for _, s := range [][3]int{{4, 64, 64}, {256, 64, 64}, {256, 64, 32}, {1024, 64, 64}, {256, 256, 256}} {
		out = append(out, Task{Name: fmt.Sprintf("gemm-%d-%d-%d", s[0], s[1], s[2]), Kind: Gemm, M: s[0], N: s[1], K: s[2]})
	}
	return out
}

// Growth returns KernelSHAP over more and more features, then over more and
// more background rows.
func Growth() (features, rows []Task) {
	for d := 10; d <= 60; d += 10 {
		features = append(features, shapTask(d, 100))
	}
	for _, m := range []int{1, 10, 100, 1000} {
		rows = append(rows, shapTask(mlp, m))
	}
	return features, rows
}

func shapTask(d, rows int) Task {
	return Task{Name: fmt.Sprintf("shap-%d-%d", d, rows), Kind: Shap, D: d, Rows: rows}
}
