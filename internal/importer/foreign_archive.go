package importer

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// archive tells a zip file by the names of what is in it.
func archive(file, head []byte) (Foreign, bool) {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return Foreign{}, false
	}
	names, whole := zipNames(file)
	if !whole {
		return Foreign{Name: "a zip file, or a model or workbook in one,"}.cutOff(), true
	}
	within := func(part string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return n == part || strings.HasSuffix(n, "/"+part) })
	}
	ends := func(end string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, end) })
	}
	switch {
	case within("constants.pkl"):
		return Foreign{"a TorchScript model", "it holds a program of PyTorch", fromTorchScript, AModel}, true
	case within("archive_format"), within("serialized_exported_program.json"):
		return Foreign{"an exported program of PyTorch (pt2)", isFormat, fromExportedTorch, AModel}, true
	case within("data.pkl"):
		return Foreign{"a PyTorch model", "it holds weights, and pickles that only Python can run", fromTorch, AModel}, true
	case within("model.weights.h5"):
		return Foreign{"a Keras model (.keras)", isFormat, fromKeras, AModel}, true
	case ends(".mlmodel"):
		return Foreign{"a Core ML package", isFormat, fromPMML, AModel}, true
	case within("model.ini"):
		return Foreign{"a model of H2O (MOJO)", isFormat, fromJava, AModel}, true
	case within("xl/workbook.xml"), within("xl/workbook.bin"):
		return Foreign{"an Excel workbook", isRows, fromExcel, Rows}, true
	case within("mimetype") && within("content.xml"):
		return Foreign{"a LibreOffice document", isRows, fromExcel, Rows}, true
	case within("word/document.xml"), within("ppt/presentation.xml"):
		return Foreign{"an Office document", "it holds no model", openModel, Other}, true
	case ends(".npy"):
		return Foreign{"arrays of numpy (npz)", isRows, fromNumpyArchive, Rows}, true
	}
	name := "an empty zip file"
	if len(names) > 0 {
		name = fmt.Sprintf("a zip file with %s", short(names[0]))
		if len(names) > 1 {
			name += fmt.Sprintf(" and %d more", len(names)-1)
		}
	}
	return Foreign{name, isPacked, unpack, Other}, true
}

// zipNames reads the names in the directory at the end of a zip file, the first
// 1000 of them; whole says whether it is there.
func zipNames(file []byte) (names []string, whole bool) {
	tail := file[max(0, len(file)-22-1<<16):]
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || len(tail)-end < 22 {
		return nil, false
	}
	at := int64(binary.LittleEndian.Uint32(tail[end+16:]))
	for len(names) < 1000 && at+46 <= int64(len(file)) && bytes.HasPrefix(file[at:], []byte("PK\x01\x02")) {
		entry := file[at:]
		n, extra, comment := int64(binary.LittleEndian.Uint16(entry[28:])), int64(binary.LittleEndian.Uint16(entry[30:])), int64(binary.LittleEndian.Uint16(entry[32:]))
		if 46+n > int64(len(entry)) {
			break
		}
		names = append(names, string(entry[46:46+n]))
		at += 46 + n + extra + comment
	}
	return names, true
}

// packed tells a gzip or zlib stream by what its first bytes unpack to, through
// so many layers more.
func packed(head []byte, layers int) (Foreign, bool) {
	name, body := "", 0
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		name, body = "a gzip file", gzipBody(head)
	case len(head) > 2 && head[0] == 0x78 && (int(head[0])<<8|int(head[1]))%31 == 0 && head[1]&0x20 == 0:
		name, body = "a zlib stream", 2
	default:
		return Foreign{}, false
	}
	if body > len(head) {
		return Foreign{Name: name}.cutOff(), true
	}
	out := make([]byte, 4096)
	n, err := io.ReadFull(flate.NewReader(bytes.NewReader(head[body:])), out)
	out = out[:n]
	switch {
	case err != nil && err != io.ErrUnexpectedEOF && err != io.EOF && name != "a gzip file":
		return Foreign{}, false // two bytes alone prove little
	case n == 0:
		return Foreign{Name: name}.cutOff(), true
	}
	if f, ok := identify(out, layers); ok && f.Name != plainText && f.Why != isCutOff {
		f.Name += ", packed in " + name
		if f.Holds == RowsAsCSV {
			f.Why, f.Fix, f.Holds = isPacked, unpack, Other
		}
		return f, true
	}
	return Foreign{name, isPacked, unpack, Other}, true
}

// gzipBody returns where the packed bytes begin; more than len(head) if not in
// it.
func gzipBody(head []byte) int {
	if len(head) < 10 {
		return len(head) + 1
	}
	at, flags := 10, head[3]
	if flags&4 != 0 && at+2 <= len(head) {
		at += 2 + int(binary.LittleEndian.Uint16(head[at:]))
	}
	for _, text := range []byte{8, 16} { // a name, a comment
		if flags&text == 0 || at > len(head) {
			continue
		}
		n := bytes.IndexByte(head[at:], 0)
		if n < 0 {
			return len(head) + 1
		}
		at += n + 1
	}
	if flags&2 != 0 {
		at += 2
	}
	return at
}

// hdf5 tells Keras' files from other HDF5 by what Keras writes into them, and
// one that ends before the length that it gives itself.
func hdf5(file, head []byte) (Foreign, bool) {
	if !bytes.HasPrefix(head, []byte("\x89HDF\r\n\x1a\n")) {
		return Foreign{}, false
	}
	f := Foreign{"an HDF5 file without a Keras model in it", isRows, fromPandas(`read_hdf("rows.h5")`), Rows}
	for _, word := range []string{"keras_version", "model_weights", "layer_names"} {
		if bytes.Contains(head, []byte(word)) {
			f = Foreign{"a Keras model (HDF5)", isFormat, fromKeras, AModel}
		}
	}
	// Versions 0 and 1 have the end of the file after two addresses, 2 and 3 too.
	at := map[byte]int{0: 40, 1: 44, 2: 28, 3: 28}[head[min(8, len(head)-1)]]
	if at > 0 && at+8 <= len(head) && binary.LittleEndian.Uint64(head[at:]) > uint64(len(file)) {
		return f.cutOff(), true
	}
	return f, true
}
