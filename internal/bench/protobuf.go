package bench

import (
	"encoding/binary"
	"math"
)

// message is a protocol buffer message as it is written.
type message []byte

// number writes field f, an integer.
func (m message) number(f int, v uint64) message {
	m = binary.AppendUvarint(m, uint64(f)<<3)
	return binary.AppendUvarint(m, v)
}

// bytes writes field f: text, raw values or a message.
func (m message) bytes(f int, v []byte) message {
	m = binary.AppendUvarint(m, uint64(f)<<3|2)
	m = binary.AppendUvarint(m, uint64(len(v)))
	return append(m, v...)
}

func (m message) text(f int, s string) message { return m.bytes(f, []byte(s)) }

// floats returns little-endian float32 values.
func floats(x []float32) []byte {
	out := make([]byte, 0, 4*len(x))
	for _, v := range x {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	return out
}

// integers returns little-endian int64 values.
func integers(x []int) []byte {
	out := make([]byte, 0, 8*len(x))
	for _, v := range x {
		out = binary.LittleEndian.AppendUint64(out, uint64(v))
	}
	return out
}
