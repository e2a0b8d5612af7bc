package bench

import "github.com/whybox/whybox/internal/bench/task"

// row is a line of the table.
type row struct {
	group  string // heading it stands under
	title  string
	task   string  // name
	target float64 // times as fast as the best peer; 0 for none
	peer   string  // key of the peer that the target is against, "" for the best
	why    string  // shown where the target is missed
}

const (
	mlpGroup = "MLP 30-64-64-2, ReLU, softmax"
)

// rows are the table.
var rows = []row{
	{group: mlpGroup, title: "forward, 1 row, asked from Go", task: "mlp-1", target: 5},
	{group: mlpGroup, title: "forward, 1 row, one call from JavaScript each", task: "mlp-1-call"},
	{group: mlpGroup, title: "forward, 256 rows", task: "mlp-256"},
	{group: mlpGroup, title: "forward, 65,536 rows", task: "mlp-65536", target: 1},
	{group: mlpGroup, title: "KernelSHAP, 2,048 coalitions × 100 rows", task: "shap", target: 1.5},
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
