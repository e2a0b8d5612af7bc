package bench

import (
	"encoding/binary"
	"math"

	"github.com/whybox/whybox/internal/bench/task"
)

// treesModel takes x (rows×d) to the sum of the trees, y (rows×1), by the
// operator that is made for it, TreeEnsembleRegressor of ai.onnx.ml.
func treesModel(a task.Arrays, d int) []byte {
	var trees, nodes, features, yes, no, leafTrees, leaves, zeros []int
	var modes []string
	var splits []float32
	for t := range task.TreeCount {
		for n := range task.Splits + task.Leaves {
			trees, nodes = append(trees, t), append(nodes, n)
			if n >= task.Splits {
				leafTrees, leaves, zeros = append(leafTrees, t), append(leaves, n), append(zeros, 0)
				features, modes, splits, yes, no = append(features, 0), append(modes, "LEAF"), append(splits, 0), append(yes, 0), append(no, 0)
				continue
			}
			at := t*task.Splits + n
			features, splits = append(features, int(a["trees/feature"][at])), append(splits, a["trees/split"][at])
			modes, yes, no = append(modes, "BRANCH_LT"), append(yes, 2*n+1), append(no, 2*n+2)
		}
	}
	node := message(nil).text(1, "x").text(2, "y").text(3, "y").text(4, "TreeEnsembleRegressor")
	for _, attr := range []attribute{
		{"nodes_treeids", trees}, {"nodes_nodeids", nodes}, {"nodes_featureids", features}, {"nodes_truenodeids", yes}, {"nodes_falsenodeids", no},
		{"target_treeids", leafTrees}, {"target_nodeids", leaves}, {"target_ids", zeros}, {"n_targets", 1},
	} {
		node = node.bytes(5, attr.encode())
	}
	node = node.bytes(5, texts("nodes_modes", modes)).bytes(5, numbers("nodes_values", splits)).bytes(5, numbers("target_weights", a["trees/leaf"]))
	const domain = "ai.onnx.ml"
	g := &graph{}
	g.nodes = g.nodes.bytes(1, node.text(7, domain))
	g.input("x", 0, d)
	g.output("y", 0, 1)
	return message(g.model("trees")).bytes(8, message(nil).text(1, domain).number(2, 3))
}

// texts is an attribute of several strings.
func texts(name string, x []string) message {
	m := message(nil).text(1, name)
	for _, s := range x {
		m = m.text(9, s)
	}
	return m.number(20, 8)
}

// numbers is an attribute of several floats.
func numbers(name string, x []float32) message {
	m := message(nil).text(1, name)
	for _, v := range x {
		m = binary.AppendUvarint(m, 7<<3|5)
		m = binary.LittleEndian.AppendUint32(m, math.Float32bits(v))
	}
	return m.number(20, 6)
}
