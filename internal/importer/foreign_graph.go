package importer

import "bytes"

// wireField is one field of a protocol buffer: a number, or bytes.
type wireField struct {
	number int
	value  uint64
	data   []byte // not nil for bytes; cut off where the buffer ends
}

// wireFields reads up to n fields, as many as there are whole fronts of.
func wireFields(b []byte, n int) (fields []wireField) {
	for len(b) > 0 && len(fields) < n {
		key, size := wireNumber(b)
		if size == 0 || key>>3 == 0 || key>>3 > 1<<20 {
			break
		}
		b = b[size:]
		f := wireField{number: int(key >> 3)}
		if f.value, size = wireNumber(b); size == 0 {
			break
		}
		switch b = b[size:]; key & 7 {
		case 0:
		case 2:
			end := min(f.value, uint64(len(b)))
			f.data = b[:end:end]
			b = b[end:]
		default:
			return fields
		}
		fields = append(fields, f)
	}
	return fields
}

// wireNumber reads a number of a protocol buffer; size is 0 where there is none.
func wireNumber(b []byte) (v uint64, size int) {
	for i := 0; i < len(b) && i < 10; i++ {
		v |= uint64(b[i]&0x7f) << (7 * i)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// tensorflow tells the graphs of TensorFlow and Core ML, which have no marks, by
// their first fields, and TensorFlow's checkpoints by their last bytes.
func tensorflow(file, head []byte) (Foreign, bool) {
	if bytes.HasSuffix(file, []byte("\x57\xfb\x80\x8b\x24\x75\x47\xdb")) {
		return Foreign{"the index of a TensorFlow checkpoint", "it holds names, and no model", fromCheckpoint, AModel}, true
	}
	fields := wireFields(head, 4)
	if len(fields) == 0 {
		return Foreign{}, false
	}
	first := fields[0]
	switch {
	case first.number == 1 && first.data != nil:
		// A graph is a list of nodes, which have a name and an operation.
		if node := wireFields(first.data, 2); len(node) == 2 && node[0].number == 1 && node[1].number == 2 && isDotted(string(node[1].data)) && bytes.IndexByte(node[1].data, '.') < 0 {
			return Foreign{"a frozen graph of TensorFlow", isFormat, fromFrozen, AModel}, true
		}
	case first.number == 1 && first.value == 1 && len(fields) > 1 && fields[1].number == 2:
		// A SavedModel has one meta graph or more, each with tags and a version.
		meta := wireFields(fields[1].data, 1)
		if len(meta) == 1 && meta[0].number == 1 && (bytes.Contains(meta[0].data, []byte("\x22\x05serve")) || bytes.Contains(meta[0].data, []byte("\x22\x05train"))) {
			return Foreign{"a SavedModel of TensorFlow", isFormat, fromSavedModel, AModel}, true
		}
	}
	if first.number == 1 && first.data == nil && first.value > 0 && first.value < 20 && len(fields) > 1 && fields[1].number == 2 {
		// Core ML describes its inputs next, each by a name.
		if in := wireFields(fields[1].data, 1); len(in) == 1 && in[0].number == 1 && in[0].data != nil {
			if name := wireFields(in[0].data, 1); len(name) == 1 && name[0].number == 1 && len(name[0].data) > 0 {
				return Foreign{"a Core ML model", isFormat, fromPMML, AModel}, true
			}
		}
	}
	return Foreign{}, false
}
