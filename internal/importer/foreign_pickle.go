package importer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// pickled tells a pickle of Python and what is in it by the first class that it
// names. Protocols from 2 on begin with their number; 0 and 1 are told by
// opcodes that stand at the front.
//
// Format: the module pickletools of Python.
func pickled(_, head []byte) (Foreign, bool) {
	protocol := -1
	switch {
	case len(head) > 2 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5:
		protocol = int(head[1])
	case bytes.HasPrefix(head, []byte("ccopy_reg\n_reconstructor\n")), bytes.HasPrefix(head, []byte("(i")) && bytes.Count(head[:min(len(head), 200)], []byte("\n")) > 1:
		protocol = 0
		if bytes.HasPrefix(head[min(len(head), 25):], []byte("q")) || bytes.HasPrefix(head[min(len(head), 25):], []byte("(c")) {
			protocol = 1
		}
	case bytes.HasPrefix(head, []byte("(dp0\n")), bytes.HasPrefix(head, []byte("(lp0\n")):
		protocol = 0
	default:
		return Foreign{}, false
	}
	f := pickle(head)
	f.Name += fmt.Sprintf(" (pickle, protocol %d", protocol)
	if class := className(head); class != "" {
		f.Name += ": " + class
	}
	f.Name += ")"
	return f, true
}

// pickle says what to do with a pickle, by the library whose name comes first.
func pickle(head []byte) Foreign {
	const why = "a pickle is a program that only Python can run"
	first, chosen := len(head), Foreign{"an object of Python", why, fromSomePickle, AModel}
	for _, l := range []struct{ module, name, fix string }{
		{"sklearn", "a scikit-learn model", fromSklearn},
		{"xgboost", "an XGBoost model", fromXGBoostPickle},
		{"lightgbm", "a LightGBM model", fromLightGBMPickle},
		{"catboost", "a CatBoost model", fromCatBoostPickle},
		{"torch", "a PyTorch model", fromTorchPickle},
		{"keras", "a Keras model", fromKerasPickle},
		{"pandas", "a table of pandas", fromPandas(`read_pickle("rows.pkl")`)},
	} {
		// Before the name of a module stands its length, or an opcode.
		for at := 0; at < first; {
			i := bytes.Index(head[at:first], []byte(l.module))
			if i < 0 {
				break
			}
			at += i
			if at > 0 && (head[at-1] == 'c' || head[at-1] < 0x40) {
				first = at
				chosen = Foreign{l.name, why, l.fix, AModel}
				if l.module == "pandas" {
					chosen.Holds = Rows
				}
			}
			at++
		}
	}
	return chosen
}

// className returns the first class that a pickle names and that is no part of
// Python itself, "" where it cannot be told.
func className(head []byte) string {
	for at := 0; at < len(head) && at < 4096; at++ {
		module, name, ok := global(head[at:])
		switch {
		case !ok:
		case module == "copy_reg" || module == "copyreg" || module == "builtins" || module == "__builtin__":
			at += len(module) + len(name) + 1
		default:
			return module + "." + name
		}
	}
	return ""
}

// global reads what names a class: the opcode c and two lines, or from protocol
// 4 on two short texts that 0x93 joins.
func global(b []byte) (module, name string, ok bool) {
	switch {
	case b[0] == 'c':
		lines := strings.SplitN(string(b[1:min(len(b), 200)]), "\n", 3)
		if len(lines) < 3 {
			return "", "", false
		}
		module, name = lines[0], lines[1]
	case b[0] == 0x8c && len(b) > 1:
		var rest []byte
		if module, rest, ok = shortText(b); !ok {
			return "", "", false
		}
		if name, rest, ok = shortText(rest); !ok || len(rest) == 0 || rest[0] != 0x93 {
			return "", "", false
		}
	}
	return module, name, len(module)+len(name) < 100 && isDotted(module) && isDotted(name)
}

// shortText takes 0x8c, a length, as many bytes, and 0x94, which remembers it.
func shortText(b []byte) (text string, rest []byte, ok bool) {
	if len(b) < 2 || b[0] != 0x8c || len(b) < 2+int(b[1])+1 {
		return "", nil, false
	}
	n := 2 + int(b[1])
	if b[n] != 0x94 {
		return "", nil, false
	}
	return string(b[2:n]), b[n+1:], true
}

// isDotted tells names of Python.
func isDotted(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c == '_' || c == '.' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return s != ""
}

// legacyTorch tells what PyTorch saved before 1.6: a pickle of a magic number.
func legacyTorch(_, head []byte) (Foreign, bool) {
	magic := []byte{0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19}
	return Foreign{"a PyTorch model of the old format, before 1.6", "it holds weights, and pickles that only Python can run", fromTorch, AModel}, bytes.HasPrefix(head, magic)
}

// safetensors tells that format: the length of a JSON text, and that text.
func safetensors(file, head []byte) (Foreign, bool) {
	if len(head) < 10 || head[8] != '{' || head[9] != '"' {
		return Foreign{}, false
	}
	n := binary.LittleEndian.Uint64(head)
	if n < 2 || n > 100<<20 { // the format's own limit
		return Foreign{}, false
	}
	f := Foreign{"weights in a safetensors file", "it holds weights, and not how they are put together", fromSafetensors, AModel}
	if n > uint64(len(file)-8) {
		return f.cutOff(), true
	}
	return f, true
}

// cutOff is the same for a file that ends before it should.
func (f Foreign) cutOff() Foreign {
	return Foreign{f.Name + " that ends early", isCutOff, "download or copy it again", f.Holds}
}

// oldXGBoost tells XGBoost's binary format where it lacks its mark: a fixed
// block, and then the names of the objective and the booster, each with its
// length before it.
func oldXGBoost(_, head []byte) (Foreign, bool) {
	const block = 136
	rest := head[min(len(head), block):]
	for range 2 {
		if len(rest) < 8 {
			return Foreign{}, false
		}
		n := binary.LittleEndian.Uint64(rest)
		if n < 4 || n > 64 || n > uint64(len(rest)-8) {
			return Foreign{}, false
		}
		name := string(rest[8 : 8+n])
		rest = rest[8+n:]
		if name == "gbtree" || name == "gblinear" || name == "dart" {
			return Foreign{"XGBoost's old binary format", isFormat, fromOldXGBoost, AModel}, true
		}
	}
	return Foreign{}, false
}
