package importer

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// maxOnnxList is how many entries a list among the attributes may have.
const maxOnnxList = 1 << 22

// onnxAttribute is a setting of a node: the bytes of its message. What they mean
// is read when it is asked for.
type onnxAttribute []byte

func readAttribute(where string, message []byte) (name string, a onnxAttribute, err error) {
	err = eachField(where, message, func(f protoField) error {
		if f.number == 1 {
			name = string(f.b)
		}
		return nil
	})
	return name, message, err
}

// Fields of AttributeProto.
const (
	attributeFloat   = 2
	attributeInt     = 3
	attributeText    = 4
	attributeTensor  = 5
	attributeFloats  = 7
	attributeInts    = 8
	attributeStrings = 9
)

// each calls f for the fields of one number of an attribute, and says whether
// there was one. The message was read before, so nothing in it is broken.
func (n *onnxNode) each(name string, number protowire.Number, f func(protoField) error) (bool, error) {
	found := false
	err := eachField(n.at(name), n.attributes[name], func(p protoField) error {
		if p.number != number {
			return nil
		}
		found = true
		return f(p)
	})
	return found, err
}

// at names the place of an attribute.
func (n *onnxNode) at(attribute string) string { return n.String() + ", attribute " + attribute }

// has tells whether an attribute is there.
func (n *onnxNode) has(name string) bool { return n.attributes[name] != nil }

// int returns a whole number, or what stands for it where it is not given.
func (n *onnxNode) int(name string, otherwise int64) int64 {
	out := otherwise
	if n.has(name) {
		out = 0 // a 0 need not be written
	}
	n.each(name, attributeInt, func(f protoField) error {
		out = int64(f.v)
		return nil
	})
	return out
}

// float returns a number, or what stands for it where it is not given.
func (n *onnxNode) float(name string, otherwise float32) float32 {
	out := otherwise
	if n.has(name) {
		out = 0
	}
	n.each(name, attributeFloat, func(f protoField) error {
		out = math.Float32frombits(uint32(f.v))
		return nil
	})
	return out
}

// text returns a text, or what stands for it where it is not given.
func (n *onnxNode) text(name, otherwise string) string {
	out := otherwise
	n.each(name, attributeText, func(f protoField) error {
		out = string(f.b)
		return nil
	})
	return out
}

// ints returns a list of whole numbers; nil where it is not given.
func (n *onnxNode) ints(name string) (out []int64, err error) {
	_, err = n.each(name, attributeInts, func(f protoField) error {
		out, err = onnxWhole(n.at(name), f, out, maxOnnxList)
		return err
	})
	return out, err
}

// floats returns a list of numbers; nil where it is not given.
func (n *onnxNode) floats(name string) (out []float32, err error) {
	_, err = n.each(name, attributeFloats, func(f protoField) error {
		out, err = onnxNumbers(n.at(name), f, onnxFloat, nil, out, maxOnnxList)
		return err
	})
	return out, err
}

// texts returns a list of texts; nil where it is not given.
func (n *onnxNode) texts(name string) (out []string, err error) {
	_, err = n.each(name, attributeStrings, func(f protoField) error {
		if out = append(out, string(f.b)); len(out) > maxOnnxTexts {
			return onnxTooLarge(n.at(name), "%d texts", maxOnnxTexts)
		}
		return nil
	})
	return out, err
}

// maxOnnxTexts is how many texts a list may have.
const maxOnnxTexts = 1 << 16

// tensor returns an array; found is false where it is not given.
func (n *onnxNode) tensor(name string) (t onnxTensor, found bool, err error) {
	found, err = n.each(name, attributeTensor, func(f protoField) error {
		t, err = readTensor(n.at(name), f.b)
		return err
	})
	return t, found, err
}
