package pool

import (
	"encoding/binary"
	"errors"
	"math"
)

// verb says what a message between an engine and one of its helpers means.
type verb uint32

const (
	verbStart  verb = iota // to the helper: a job, of which parts will be asked
	verbPart               // to the helper: compute parts from..to-1
	verbEnd                // to the helper: no more parts of this job
	verbReady              // from the helper: it can compute parts of the job
	verbCame               // from the helper: the numbers of parts from..to-1
	verbFailed             // from the helper: it cannot help with this job
)

// message is what travels. A number a part has any length.
type message struct {
	verb     verb
	job      uint32 // counts up
	from, to uint32
	text     []byte    // verbStart: of the Job
	state    []float32 // verbStart: weights, where the helper does not have them
	numbers  [][]float64
}

// head is how many numbers of 4 bytes a message begins with: verb, job, from,
// to, length of text in bytes, of state and of numbers in values.
const head = 7

// encode writes a message: the head, the lengths of the parts' numbers, text,
// state, numbers; little endian.
func (m message) encode() []byte {
	values := 0
	for _, n := range m.numbers {
		values += len(n)
	}
	out := make([]byte, 0, 4*(head+len(m.numbers)+len(m.state))+len(m.text)+8*values)
	for _, v := range []uint32{uint32(m.verb), m.job, m.from, m.to, uint32(len(m.text)), uint32(len(m.state)), uint32(len(m.numbers))} {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	for _, n := range m.numbers {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(n)))
	}
	out = append(out, m.text...)
	for _, v := range m.state {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	for _, n := range m.numbers {
		for _, v := range n {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
		}
	}
	return out
}

var errMessage = errors.New("pool: a message that is cut short")

// decode reads what encode wrote.
func decode(in []byte) (m message, err error) {
	short := false
	take := func(n int) []byte {
		if n > len(in) {
			short = true
			return make([]byte, n&0xffff)
		}
		out := in[:n]
		in = in[n:]
		return out
	}
	word := func() uint32 { return binary.LittleEndian.Uint32(take(4)) }
	m.verb, m.job, m.from, m.to = verb(word()), word(), word(), word()
	text, state, parts := int(word()), int(word()), int(word())
	if short || 4*parts+4*state+text > len(in) {
		return m, errMessage
	}
	lengths := make([]int, parts)
	for i := range lengths {
		lengths[i] = int(word())
	}
	if text > 0 {
		m.text = take(text)
	}
	for range state {
		m.state = append(m.state, math.Float32frombits(word()))
	}
	for _, n := range lengths {
		if short || 8*n > len(in) {
			return m, errMessage
		}
		values := make([]float64, n)
		for i := range values {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(take(8)))
		}
		m.numbers = append(m.numbers, values)
	}
	return m, nil
}
