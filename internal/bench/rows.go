package bench

import "github.com/whybox/whybox/internal/bench/task"

// row is a line of the table.
type row struct {
	group string // heading it stands under
	title string
	task  string // name
	alone aim    // of one worker
	pool  aim    // with helpers
	peer  string // key of the peer that both are against, "" for the best
	few   int    // repeats, where a run is too long for as many as usual; 0 for as many
	note  string // shown below
}

// aim is how fast whybox is to be.
type aim struct {
	ratio float64 // times as fast as the peer, at the least; 0 for any
	why   string  // shown where it is missed
	limit float64 // ms a run, at the most; 0 for any
}

// Why targets are missed, where they are.
const (
	whyShap  = "One worker's time is that of the products at the machine's bound. Two cores halve it at best, and the choice of the coalitions, which each makes for itself, and the regression, which one makes, are not shared."
	whyPath  = "The path is cut where the gradient bends, so a batch of 9 rows and 14 of 4 wait for one another; peers take one batch of 65 even steps."
	whyNoise = "A copy's 784 normal deviates are sums of 12 uniform ones each, the same on every machine; peers draw theirs by a faster method that is not."
)

// noPeer is said of what only whybox does.
const noPeer = "No peer has TreeSHAP in the browser."

const (
	mlpGroup  = "MLP 30-64-64-2, ReLU, softmax"
	cnnGroup  = "CNN 28×28: conv 3×3×16, pool, conv 3×3×32, pool, dense 10"
	treeGroup = "200 trees of depth 6, 30 features"
	gemmGroup = "matrix product M×N×K, one core"
)

// rows are the table.
var rows = []row{
	{group: mlpGroup, title: "forward, 1 row, asked from Go", task: "mlp-1", alone: aim{ratio: 5}},
	{group: mlpGroup, title: "forward, 1 row, one call from JavaScript each", task: "mlp-1-call"},
	{group: mlpGroup, title: "forward, 256 rows", task: "mlp-256"},
	{group: mlpGroup, title: "forward, 65,536 rows", task: "mlp-65536", alone: aim{ratio: 1}},
	{group: mlpGroup, title: "KernelSHAP, 2,048 coalitions × 100 rows", task: "shap", alone: aim{ratio: 1.5}, pool: aim{ratio: 3, why: whyShap}},
	{group: mlpGroup, title: "integrated gradients, 64 steps", task: "path", alone: aim{ratio: 3, why: whyPath}},
	{group: mlpGroup, title: "training, 1 epoch of 10,000 rows, batch 32, Adam", task: "train", alone: aim{ratio: 3}},
	{group: cnnGroup, title: "forward, 1 image", task: "cnn-1", alone: aim{ratio: 1}},
	{group: cnnGroup, title: "forward, 256 images", task: "cnn-256", alone: aim{ratio: 1}},
	{group: cnnGroup, title: "gradient saliency, 1 image", task: "slope", alone: aim{ratio: 5}, peer: "tfjs-1"},
	{group: cnnGroup, title: "occlusion, 144 squares of 6×6", task: "occlusion", pool: aim{ratio: 2}},
	{group: cnnGroup, title: "SmoothGrad, 50 copies", task: "smoothgrad", pool: aim{ratio: 2, why: whyNoise}},
	{group: treeGroup, title: "scores of 10,000 rows", task: "trees", alone: aim{ratio: 2}},
	{group: treeGroup, title: "TreeSHAP, 1 row", task: "tree-shap-1", alone: aim{limit: 5}, note: noPeer},
	{group: treeGroup, title: "TreeSHAP, 10,000 rows", task: "tree-shap-10000", few: 3, note: noPeer},
	{group: gemmGroup, title: "4×64×64", task: "gemm-4-64-64", alone: aim{ratio: 0.6}, peer: "bound"},
	{group: gemmGroup, title: "256×64×64", task: "gemm-256-64-64", alone: aim{ratio: 0.8}, peer: "bound"},
	{group: gemmGroup, title: "256×64×32", task: "gemm-256-64-32", peer: "bound"},
	{group: gemmGroup, title: "1024×64×64", task: "gemm-1024-64-64", peer: "bound"},
	{group: gemmGroup, title: "256×256×256", task: "gemm-256-256-256", peer: "bound"},
}

// taskOf returns the task of a row.
func taskOf(tasks []task.Task, name string) (task.Task, bool) {
	for _, t := range tasks {
		if t.Name == name {
			return t, true
		}
	}
	return task.Task{}, false
}
