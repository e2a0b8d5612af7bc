package importer_test

import (
	"encoding/binary"
	"fmt"
	"math"
)

// message is a protocol buffer message as it is written.
type message []byte

func (m message) number(field int, v uint64) message {
	m = binary.AppendUvarint(m, uint64(field)<<3)
	return binary.AppendUvarint(m, v)
}

func (m message) float(field int, v float32) message {
	m = binary.AppendUvarint(m, uint64(field)<<3|5)
	return binary.LittleEndian.AppendUint32(m, math.Float32bits(v))
}

func (m message) bytes(field int, v []byte) message {
	m = binary.AppendUvarint(m, uint64(field)<<3|2)
	m = binary.AppendUvarint(m, uint64(len(v)))
	return append(m, v...)
}

func (m message) text(field int, s string) message { return m.bytes(field, []byte(s)) }

// onnxGraph is a graph as it is written. Field numbers are those of onnx.proto.
type onnxGraph struct {
	nodes, constants, inputs, outputs message
	opset                             uint64
	extra                             []any // attributes of every node, over its own
}

// at is attributes by name, in pairs of name and value.
type at []any

func (g *onnxGraph) node(op string, inputs []string, output string, attributes ...any) {
	g.nodeOf("", op, inputs, []string{output}, attributes...)
}

// ml adds an operator of ai.onnx.ml.
func (g *onnxGraph) ml(op string, inputs, outputs []string, attributes ...any) {
	g.nodeOf("ai.onnx.ml", op, inputs, outputs, attributes...)
}

func (g *onnxGraph) nodeOf(domain, op string, inputs, outputs []string, attributes ...any) {
	var m message
	for _, in := range inputs {
		m = m.text(1, in)
	}
	for _, out := range outputs {
		m = m.text(2, out)
	}
	m = m.text(3, "the_"+outputs[len(outputs)-1]).text(4, op)
	attributes = append(attributes[:len(attributes):len(attributes)], g.extra...)
	for i := 0; i < len(attributes); i += 2 {
		m = m.bytes(5, encodeAttribute(attributes[i].(string), attributes[i+1]))
	}
	if domain != "" {
		m = m.text(7, domain)
	}
	g.nodes = g.nodes.bytes(1, m)
}

func encodeAttribute(name string, value any) message {
	m := message(nil).text(1, name)
	switch v := value.(type) {
	case int:
		return m.number(3, uint64(v)).number(20, 2)
	case float64:
		return m.float(2, float32(v)).number(20, 1)
	case string:
		return m.text(4, v).number(20, 3)
	case []int:
		for _, i := range v {
			m = m.number(8, uint64(i))
		}
		return m.number(20, 7)
	case []float32:
		for _, f := range v {
			m = m.float(7, f)
		}
		return m.number(20, 6)
	case []string:
		for _, s := range v {
			m = m.text(9, s)
		}
		return m.number(20, 8)
	case message: // a tensor
		return m.bytes(5, v).number(20, 4)
	}
	panic(fmt.Sprintf("an attribute of type %T", value))
}

// tensor is an array of float32, float64, int (as int64) or string.
func tensor(name string, values any, sides ...int) message {
	var m, raw message
	for _, s := range sides {
		m = m.number(1, uint64(s))
	}
	kind := uint64(1)
	switch v := values.(type) {
	case []float32:
		for _, f := range v {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(f))
		}
	case []float64:
		kind = 11
		for _, f := range v {
			raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(f))
		}
	case []int:
		kind = 7
		for _, i := range v {
			raw = binary.LittleEndian.AppendUint64(raw, uint64(i))
		}
	case []string:
		m = m.number(2, 8)
		for _, s := range v {
			m = m.text(6, s)
		}
		return m.text(8, name)
	}
	return m.number(2, kind).text(8, name).bytes(9, raw)
}

func (g *onnxGraph) constant(name string, values any, sides ...int) {
	g.constants = g.constants.bytes(5, tensor(name, values, sides...))
}

// input and output declare arrays, an input with its sides after that of the
// rows; 0 leaves one open. kind is 1 for float32, 7 for int64.
func (g *onnxGraph) input(name string, kind uint64, sides ...int) {
	g.inputs = g.inputs.bytes(11, declared(name, kind, sides))
}

func (g *onnxGraph) output(name string, kind uint64) {
	array := message(nil).number(1, kind)
	g.outputs = g.outputs.bytes(12, message(nil).text(1, name).bytes(2, message(nil).bytes(1, array)))
}

func declared(name string, kind uint64, sides []int) message {
	shape := message(nil).bytes(1, message(nil).text(2, "rows"))
	for _, s := range sides {
		side := message(nil).text(2, "open")
		if s > 0 {
			side = message(nil).number(1, uint64(s))
		}
		shape = shape.bytes(1, side)
	}
	array := message(nil).number(1, kind).bytes(2, shape)
	return message(nil).text(1, name).bytes(2, message(nil).bytes(1, array))
}

// file returns the graph as a file.
func (g *onnxGraph) file() []byte {
	body := append(message(nil), g.nodes...)
	body = body.text(2, "graph")
	body = append(append(append(body, g.constants...), g.inputs...), g.outputs...)
	opset := g.opset
	if opset == 0 {
		opset = 13
	}
	m := message(nil).number(1, 8).text(2, "a test").text(3, "1").bytes(7, body)
	m = m.bytes(8, message(nil).text(1, "").number(2, opset))
	return m.bytes(8, message(nil).text(1, "ai.onnx.ml").number(2, 3))
}
