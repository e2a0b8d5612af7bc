package importer

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// Types of elements, of which TensorProto.DataType has more.
const (
	onnxFloat  = 1
	onnxInt32  = 6
	onnxInt64  = 7
	onnxString = 8
	onnxBool   = 9
	onnxDouble = 11
)

// maxOnnxNumbers is how many numbers a constant may have.
const maxOnnxNumbers = 1 << 25

func readTensor(where string, message []byte) (onnxTensor, error) {
	t := onnxTensor{message: message}
	err := eachField(where, message, func(f protoField) error {
		switch f.number {
		case 1:
			var err error
			t.sides, err = onnxWhole(where, f, t.sides, maxOnnxRank)
			return err
		case 2:
			t.kind = f.v
		case 8:
			t.name = string(f.b)
		case 3, 13:
			return &Error{CodeKind, where, "its numbers lie in another file or in segments", "export the model as one file"}
		case 14:
			if f.v != 0 {
				return &Error{CodeKind, where, "its numbers lie in another file", "export the model as one file"}
			}
		}
		return nil
	})
	return t, err
}

// size returns how many elements the sides make.
func (t *onnxTensor) size() (int, error) {
	n := int64(1)
	for _, s := range t.sides {
		if s < 0 || s > maxOnnxNumbers {
			return 0, misfit("constant "+short(t.name), "a side is %d", s)
		}
		if n *= s; n > maxOnnxNumbers {
			return 0, onnxTooLarge("constant "+short(t.name), "%d numbers", maxOnnxNumbers)
		}
	}
	return int(n), nil
}

// floats returns the numbers of t rounded to float32. Whole numbers beyond 2²⁴
// lose their last digits, which sizes and axes never have.
func (t *onnxTensor) floats() ([]float32, error) {
	return t.rounded(func(v float64) float32 { return float32(v) })
}

// rounded is floats where doubles are rounded in a way of the caller's.
func (t *onnxTensor) rounded(round func(float64) float32) ([]float32, error) {
	where := "constant " + short(t.name)
	n, err := t.size()
	if err != nil {
		return nil, err
	}
	var raw []byte
	isRaw := false
	var out []float32
	err = eachField(where, t.message, func(f protoField) error {
		switch f.number {
		case 9:
			raw, isRaw = f.b, true
		case 4, 5, 7, 10, 11:
			out, err = onnxNumbers(where, f, t.kind, round, out, n)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if isRaw {
		out, err = t.raw(where, raw, n, round)
		if err != nil {
			return nil, err
		}
	}
	if len(out) != n {
		return nil, misfit(where, "its sides %v make %d numbers, and there are %d", t.sides, n, len(out))
	}
	return out, nil
}

// names returns at most so many texts, or whole numbers as texts.
func (t *onnxTensor) names(most int) (out []string) {
	if t.kind != onnxString {
		if n, err := t.size(); err != nil || n > most {
			return nil
		}
		numbers, err := t.floats()
		for _, v := range numbers {
			out = append(out, strconv.FormatFloat(float64(v), 'g', -1, 32))
		}
		if err != nil {
			return nil
		}
		return out
	}
	err := eachField(t.name, t.message, func(f protoField) error {
		if f.number == 6 && len(out) <= most {
			out = append(out, string(f.b))
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}

// raw reads little-endian numbers.
func (t *onnxTensor) raw(where string, raw []byte, n int, round func(float64) float32) ([]float32, error) {
	width := map[uint64]int{onnxFloat: 4, onnxInt32: 4, onnxInt64: 8, onnxBool: 1, onnxDouble: 8}[t.kind]
	switch {
	case width == 0:
		return nil, onnxElements(where, t.kind)
	case len(raw) != n*width:
		return nil, misfit(where, "its sides %v need %d bytes, and there are %d", t.sides, n*width, len(raw))
	}
	out := make([]float32, n)
	for i := range out {
		b := raw[i*width:]
		switch t.kind {
		case onnxFloat:
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
		case onnxDouble:
			out[i] = round(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		case onnxInt32:
			out[i] = float32(int32(binary.LittleEndian.Uint32(b)))
		case onnxInt64:
			out[i] = float32(int64(binary.LittleEndian.Uint64(b)))
		case onnxBool:
			if b[0] != 0 {
				out[i] = 1
			}
		}
	}
	return out, nil
}

// onnxElements refuses a type of elements.
func onnxElements(where string, kind uint64) error {
	return &Error{CodeKind, where, fmt.Sprintf("elements of type %d are not read; float, double, int32, int64 and bool are", kind), "export the model with float32 numbers"}
}

// onnxNumbers appends the numbers of a field, one or packed, of which there are
// at most so many.
func onnxNumbers(where string, f protoField, kind uint64, round func(float64) float32, to []float32, most int) ([]float32, error) {
	add := func(v uint64) error {
		if len(to) == most {
			return misfit(where, "it has more than the %d numbers that its sides make", most)
		}
		x, err := float32(0), error(nil)
		switch kind {
		case onnxFloat:
			x = math.Float32frombits(uint32(v))
		case onnxDouble:
			x = round(math.Float64frombits(v))
		case onnxInt32, onnxBool:
			x = float32(int32(v))
		case onnxInt64:
			x = float32(int64(v))
		default:
			err = onnxElements(where, kind)
		}
		to = append(to, x)
		return err
	}
	want := protowire.VarintType
	switch kind {
	case onnxFloat:
		want = protowire.Fixed32Type
	case onnxDouble:
		want = protowire.Fixed64Type
	}
	err := eachNumber(where, f, want, add)
	return to, err
}

// eachNumber calls add for a number, or for those that are packed in a field.
func eachNumber(where string, f protoField, want protowire.Type, add func(uint64) error) error {
	if f.kind == want {
		return add(f.v)
	}
	if f.kind != protowire.BytesType {
		return protoError(where)
	}
	for b := f.b; len(b) > 0; {
		v, n := uint64(0), 0
		switch want {
		case protowire.Fixed32Type:
			var w uint32
			w, n = protowire.ConsumeFixed32(b)
			v = uint64(w)
		case protowire.Fixed64Type:
			v, n = protowire.ConsumeFixed64(b)
		default:
			v, n = protowire.ConsumeVarint(b)
		}
		if n < 0 {
			return protoError(where)
		}
		b = b[n:]
		if err := add(v); err != nil {
			return err
		}
	}
	return nil
}

// onnxWhole appends the whole numbers of a field.
func onnxWhole(where string, f protoField, to []int64, most int) ([]int64, error) {
	err := eachNumber(where, f, protowire.VarintType, func(v uint64) error {
		if to = append(to, int64(v)); len(to) > most {
			return onnxTooLarge(where, "%d whole numbers", most)
		}
		return nil
	})
	return to, err
}
