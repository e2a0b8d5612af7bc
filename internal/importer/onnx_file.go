package importer

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of a graph. An entry of these takes more memory than it need take
// bytes in a file; numbers stay in the file until they are asked for.
const (
	maxOnnxNodes  = 1 << 13
	maxOnnxArrays = 1 << 14 // constants in the file
	maxOnnxParts  = 1 << 17 // names and attributes of all nodes
	maxOnnxRank   = 16
)

// onnxFile is what a file says, as it says it. Its slices of bytes are pieces
// of the file.
type onnxFile struct {
	producer, version string
	opset             int64 // of the ai.onnx operators; 1 where it is not said
	nodes             []onnxNode
	constants         []onnxTensor
	inputs, outputs   []onnxValue
	graphs            int
	parts             int
}

// onnxNode is one operation.
type onnxNode struct {
	index      int
	name       string
	op, domain string
	in, out    []string
	attributes map[string]onnxAttribute
}

func (n *onnxNode) String() string {
	if n.name == "" {
		return fmt.Sprintf("node %d (%s)", n.index, short(n.op))
	}
	return fmt.Sprintf("node %q (%s)", short(n.name), short(n.op))
}

// onnxTensor is an array of constants: its sides, the type of its elements and
// the bytes of its message.
type onnxTensor struct {
	name    string
	kind    uint64
	sides   []int64
	message []byte
}

// onnxValue declares an input or output.
type onnxValue struct {
	name   string
	kind   uint64  // of its elements; 0 for what is no array
	shaped bool    // whether it says its sides
	sides  []int64 // -1 for one that is left open
}

// protoError is about a message that cannot be read.
func protoError(what string) error {
	return &Error{CodeSyntax, what, "this is not the protocol buffer message that belongs here", resave}
}

// protoField is one field of a message: a number in v, or bytes in b.
type protoField struct {
	number protowire.Number
	kind   protowire.Type
	v      uint64
	b      []byte
}

// eachField calls f for the fields of a message, in their order.
func eachField(what string, message []byte, f func(protoField) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return protoError(what)
		}
		message = message[n:]
		field := protoField{number: number, kind: kind}
		switch kind {
		case protowire.VarintType:
			field.v, n = protowire.ConsumeVarint(message)
		case protowire.Fixed32Type:
			var v uint32
			v, n = protowire.ConsumeFixed32(message)
			field.v = uint64(v)
		case protowire.Fixed64Type:
			field.v, n = protowire.ConsumeFixed64(message)
		case protowire.BytesType:
			field.b, n = protowire.ConsumeBytes(message)
		default: // groups, which the format does not have
			n = -1
		}
		if n < 0 {
			return protoError(what)
		}
		message = message[n:]
		if err := f(field); err != nil {
			return err
		}
	}
	return nil
}

// readOnnx reads the whole of a file.
// Field numbers are those of onnx.proto, https://github.com/onnx/onnx.
func readOnnx(file []byte) (*onnxFile, error) {
	o := &onnxFile{opset: 1}
	err := eachField("the model", file, func(f protoField) error {
		switch f.number {
		case 2:
			o.producer = short(string(f.b))
		case 3:
			o.version = short(string(f.b))
		case 7:
			o.graphs++
			return o.graph(f.b)
		case 8:
			return o.operatorSet(f.b)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	switch {
	case o.graphs == 0:
		return nil, &Error{CodeKind, "the model", "there is no graph in it, so this is not a model in ONNX", "export the model as ONNX"}
	case o.graphs > 1:
		return nil, &Error{CodeSyntax, "the model", fmt.Sprintf("it has %d graphs, where there is 1", o.graphs), resave}
	}
	return o, nil
}

func (o *onnxFile) operatorSet(message []byte) error {
	domain, version := "", int64(0)
	err := eachField("opset_import", message, func(f protoField) error {
		switch f.number {
		case 1:
			domain = string(f.b)
		case 2:
			version = int64(f.v)
		}
		return nil
	})
	if domain == "" || domain == "ai.onnx" {
		o.opset = version
	}
	return err
}

func (o *onnxFile) graph(message []byte) error {
	return eachField("graph", message, func(f protoField) error {
		switch f.number {
		case 1:
			return o.node(f.b)
		case 5:
			t, err := readTensor(fmt.Sprintf("graph, initializer %d", len(o.constants)), f.b)
			if o.constants = append(o.constants, t); err == nil && len(o.constants) > maxOnnxArrays {
				err = onnxTooLarge("graph", "%d constants", maxOnnxArrays)
			}
			return err
		case 11, 12:
			v, err := readValue(f.b)
			if f.number == 11 {
				o.inputs = append(o.inputs, v)
			} else {
				o.outputs = append(o.outputs, v)
			}
			if err == nil && len(o.inputs)+len(o.outputs) > maxOnnxArrays {
				err = onnxTooLarge("graph", "%d inputs and outputs", maxOnnxArrays)
			}
			return err
		}
		return nil
	})
}

func onnxTooLarge(where, format string, args ...any) error {
	return &Error{CodeSize, where, "there are more than " + fmt.Sprintf(format, args...), "export a smaller model"}
}

func (o *onnxFile) node(message []byte) error {
	n := onnxNode{index: len(o.nodes), attributes: map[string]onnxAttribute{}}
	where := fmt.Sprintf("graph, node %d", n.index)
	err := eachField(where, message, func(f protoField) error {
		if o.parts++; o.parts > maxOnnxParts {
			return onnxTooLarge(where, "%d names and attributes", maxOnnxParts)
		}
		switch f.number {
		case 1:
			n.in = append(n.in, string(f.b))
		case 2:
			n.out = append(n.out, string(f.b))
		case 3:
			n.name = string(f.b)
		case 4:
			n.op = string(f.b)
		case 7:
			n.domain = string(f.b)
		case 5:
			name, a, err := readAttribute(where, f.b)
			n.attributes[name] = a
			return err
		}
		return nil
	})
	if o.nodes = append(o.nodes, n); err == nil && len(o.nodes) > maxOnnxNodes {
		err = onnxTooLarge("graph", "%d nodes", maxOnnxNodes)
	}
	return err
}

// readValue reads what an input or output is.
func readValue(message []byte) (onnxValue, error) {
	v := onnxValue{}
	const where = "an input or output of the graph"
	err := eachField(where, message, func(f protoField) error {
		switch f.number {
		case 1:
			v.name = string(f.b)
		case 2:
			return eachField(where, f.b, func(f protoField) error {
				if f.number != 1 { // a sequence or map
					return nil
				}
				return v.array(where, f.b)
			})
		}
		return nil
	})
	return v, err
}

// array reads the type and sides of an array.
func (v *onnxValue) array(where string, message []byte) error {
	return eachField(where, message, func(f protoField) error {
		switch f.number {
		case 1:
			v.kind = f.v
		case 2:
			v.shaped = true
			return eachField(where, f.b, func(f protoField) error {
				if f.number != 1 {
					return nil
				}
				side := int64(-1)
				err := eachField(where, f.b, func(f protoField) error {
					if f.number == 1 {
						side = int64(f.v)
					}
					return nil
				})
				if v.sides = append(v.sides, side); err == nil && len(v.sides) > maxOnnxRank {
					err = onnxTooLarge(where, "%d sides", maxOnnxRank)
				}
				return err
			})
		}
		return nil
	})
}
