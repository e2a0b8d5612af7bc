package importer

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// mark tells a format by bytes at a place near the front.
type mark struct {
	at   int
	mark string
	also func(file []byte) bool // further conditions, or nil
	Foreign
}

const (
	isRows    = "it holds rows of data and no model"
	isPacked  = "packed files are not looked into"
	isPicture = "it holds no model"
	isProgram = "programs are never run here"
	isCutOff  = "a download or copy was cut off"
	isFormat  = "this format is not read"
	unpack    = "unpack it, and open the file that is in it"
	openModel = "open the file of the model; an XGBoost one comes from booster.save_model(\"model.json\"), most others can be saved as ONNX"
)

func modelMark(at int, magic, name, why, fix string) mark {
	return mark{at, magic, nil, Foreign{name, why, fix, AModel}}
}

func rowsMark(at int, magic, name, fix string) mark {
	return mark{at, magic, nil, Foreign{name, isRows, fix, Rows}}
}

func otherMark(at int, magic, name, why, fix string) mark {
	return mark{at, magic, nil, Foreign{name, why, fix, Other}}
}

func marks() []mark {
	return []mark{
		modelMark(0, "binf", "XGBoost's old binary format", isFormat, fromOldXGBoost),
		modelMark(0, "CBM1", "a CatBoost model (cbm)", isFormat, fromCatBoost),
		modelMark(4, "TFL3", "a TensorFlow Lite model", isFormat, fromTFLite),
		modelMark(0, "GGUF", "a GGUF file, the weights of a language model", "such models are far too large to explain here", openModel),
		modelMark(0, "\xac\xed\x00\x05", "an object of Java, as Weka writes its models", "only Java can read it", fromJava),
		{0, "svm_type ", nil, Foreign{"a model of libsvm", isFormat, fromLibSVM, AModel}},

		rowsMark(0, "\x93NUMPY", "an array of numpy (npy)", fromNumpy),
		rowsMark(0, "MATLAB 5.0 MAT-file", "a MATLAB file", fromMATLAB),
		rowsMark(0, "MATLAB 7.3 MAT-file", "a MATLAB file (7.3)", fromMATLAB),
		{0, "PAR1", endsEarly("PAR1"), Foreign{"a Parquet file that ends early", isCutOff, "download or copy it again, and then save its rows as CSV", Rows}},
		rowsMark(0, "PAR1", "a Parquet file", fromPandas("read_parquet(\"rows.parquet\")")),
		rowsMark(0, "ARROW1", "an Arrow file (Feather)", fromPandas("read_feather(\"rows.feather\")")),
		rowsMark(0, "FEA1", "a Feather file", fromPandas("read_feather(\"rows.feather\")")),
		rowsMark(0, "Obj\x01", "an Avro file", fromAvro),
		rowsMark(0, "ORC", "an ORC file", fromPandas("read_orc(\"rows.orc\")")),
		rowsMark(0, "SQLite format 3\x00", "an SQLite database", fromSQLite),
		rowsMark(8, "DUCK", "a DuckDB database", fromDuckDB),
		rowsMark(0, "$FL2", "an SPSS file", fromPandas("read_spss(\"rows.sav\")")),
		rowsMark(0, "<stata_dta>", "a Stata file", fromPandas("read_stata(\"rows.dta\")")),
		rowsMark(0, "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xc2\xea\x81\x60", "a SAS file", fromPandas("read_sas(\"rows.sas7bdat\")")),
		rowsMark(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file, such as an Excel workbook (xls)", fromExcel),
		{0, "X\n\x00\x00\x00", nil, Foreign{"an object of R (rds)", "only R can read it", fromR, AModel}},
		{0, "RDX3\nX\n", nil, Foreign{"objects of R (RData)", "only R can read them", fromR, AModel}},
		{0, "RDX2\nX\n", nil, Foreign{"objects of R (RData)", "only R can read them", fromR, AModel}},

		otherMark(0, "BZh", "a bzip2 file", isPacked, unpack+packedPickle),
		otherMark(0, "\xfd7zXZ\x00", "an xz file", isPacked, unpack+packedPickle),
		otherMark(0, "\x5d\x00\x00", "an LZMA file", isPacked, unpack+packedPickle),
		otherMark(0, "\x28\xb5\x2f\xfd", "a Zstandard file", isPacked, unpack+packedPickle),
		otherMark(0, "\x04\x22\x4d\x18", "an LZ4 file", isPacked, unpack+packedPickle),
		otherMark(0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", isPacked, unpack),
		otherMark(0, "Rar!\x1a\x07", "a RAR archive", isPacked, unpack),
		otherMark(257, "ustar", "a tar archive", isPacked, unpack),

		otherMark(0, "\x89PNG\r\n\x1a\n", "a PNG image", isPicture, openModel),
		otherMark(0, "\xff\xd8\xff", "a JPEG image", isPicture, openModel),
		otherMark(0, "GIF8", "a GIF image", isPicture, openModel),
		{0, "RIFF", func(file []byte) bool { return len(file) > 12 && string(file[8:12]) == "WEBP" }, Foreign{"a WebP image", isPicture, openModel, Other}},
		otherMark(0, "II*\x00", "a TIFF image", isPicture, openModel),
		otherMark(0, "MM\x00*", "a TIFF image", isPicture, openModel),
		otherMark(0, "%PDF-", "a PDF document", isPicture, openModel),

		otherMark(0, "\x7fELF", "a program for Linux", isProgram, openModel),
		{0, "MZ", isPE, Foreign{"a program for Windows", isProgram, openModel, Other}},
		otherMark(0, "\xcf\xfa\xed\xfe", "a program for macOS", isProgram, openModel),
		otherMark(0, "\xca\xfe\xba\xbe", "a program (Java class, or macOS)", isProgram, openModel),
		otherMark(0, "\x00asm", "a WebAssembly program", isProgram, openModel),
		{2, "\r\n", func(file []byte) bool { return len(file) >= 8 && file[1] >= 0x0c && file[1] <= 0x0f }, Foreign{"a compiled Python file (pyc)", isProgram, openModel, Other}},
	}
}

// isWord tells a mark that is only the first word of a text, such as the name of
// a column: the formats with such marks have zero bytes, or the like, near it.
func (m mark) isWord(head []byte) bool {
	for i := range len(m.mark) {
		if c := m.mark[i]; !(c == '$' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return !bytes.ContainsFunc(head[:min(len(head), 64)], func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError })
}

// endsEarly tells a file that lacks its closing mark.
func endsEarly(end string) func(file []byte) bool {
	return func(file []byte) bool { return !bytes.HasSuffix(file, []byte(end)) }
}

// isPE follows the place that a program for Windows names in its old header.
func isPE(file []byte) bool {
	if len(file) < 64 {
		return false
	}
	at := int64(binary.LittleEndian.Uint32(file[60:]))
	return at < int64(len(file)) && bytes.HasPrefix(file[at:], []byte("PE\x00\x00"))
}
