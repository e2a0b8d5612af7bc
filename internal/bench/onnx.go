package bench

// graph is an ONNX graph as it is written. Field numbers are those of
// onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
type graph struct {
	nodes, constants, inputs, outputs message
}

// Types of elements.
const (
	onnxFloat = 1
	onnxInt64 = 7
)

// attribute of a node: an int, a []int or a string.
type attribute struct {
	name  string
	value any
}

// node adds an operation.
func (g *graph) node(op string, inputs []string, output string, attributes ...attribute) {
	var m message
	for _, in := range inputs {
		m = m.text(1, in)
	}
	m = m.text(2, output).text(3, output).text(4, op)
	for _, a := range attributes {
		m = m.bytes(5, a.encode())
	}
	g.nodes = g.nodes.bytes(1, m)
}

func (a attribute) encode() message {
	m := message(nil).text(1, a.name)
	switch v := a.value.(type) {
	case int:
		return m.number(3, uint64(v)).number(20, 2)
	case string:
		return m.text(4, v).number(20, 3)
	case []int:
		for _, i := range v {
			m = m.number(8, uint64(i))
		}
		return m.number(20, 7)
	}
	panic("bench: an attribute of an unknown type")
}

// constant adds an array of the given sides.
func (g *graph) constant(name string, values []float32, sides ...int) {
	g.tensor(name, onnxFloat, floats(values), sides)
}

// shape adds a list of sides, as Reshape takes it.
func (g *graph) shape(name string, sides ...int) {
	g.tensor(name, onnxInt64, integers(sides), []int{len(sides)})
}

func (g *graph) tensor(name string, kind uint64, raw []byte, sides []int) {
	var m message
	for _, s := range sides {
		m = m.number(1, uint64(s))
	}
	m = m.number(2, kind).text(8, name).bytes(9, raw)
	g.constants = g.constants.bytes(5, m)
}

// input and output declare float arrays; a side of 0 may be of any length.
func (g *graph) input(name string, sides ...int) {
	g.inputs = g.inputs.bytes(11, value(name, sides))
}

func (g *graph) output(name string, sides ...int) {
	g.outputs = g.outputs.bytes(12, value(name, sides))
}

func value(name string, sides []int) message {
	var shape message
	for _, s := range sides {
		var side message
		if s > 0 {
			side = side.number(1, uint64(s))
		} else {
			side = side.text(2, name+"_any")
		}
		shape = shape.bytes(1, side)
	}
	array := message(nil).number(1, onnxFloat).bytes(2, shape)
	return message(nil).text(1, name).bytes(2, message(nil).bytes(1, array))
}

// model returns the file: version 8 of the format, version 17 of the operators.
func (g *graph) model(name string) []byte {
	body := append(message(nil), g.nodes...)
	body = body.text(2, name)
	body = append(body, g.constants...)
	body = append(body, g.inputs...)
	body = append(body, g.outputs...)
	m := message(nil).number(1, 8).bytes(7, body)
	return m.bytes(8, message(nil).text(1, "").number(2, 17))
}
