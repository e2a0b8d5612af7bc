package table

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numbers reads numbers as a file writes them. Beside the decimal sign there
// may be thousands separators (the other one of point and comma, a space or an
// apostrophe, between groups of three digits), an exponent, and a unit: % or a
// currency.
type numbers struct{ decimal byte }

func (s *Sheet) numbers() numbers { return numbers{s.Decimal} }

// reading is a cell as a number.
type reading struct {
	value float32
	unit  string
	whole bool
	code  bool // digits after a leading zero, as in a postcode
}

// units lists what may stand before or after a number.
var units = []string{"%", "$", "€", "£", "¥"}

// parse reads a cell, which has no spaces around it.
func (n numbers) parse(cell string) (reading, bool) {
	body, unit := cutUnit(cell)
	var buffer [64]byte
	plain, ok := n.plain(buffer[:0], body)
	if !ok {
		return reading{}, false
	}
	v, err := strconv.ParseFloat(string(plain), 32)
	if err != nil {
		return reading{}, false
	}
	r := reading{value: float32(v), unit: unit}
	if r.value == 0 {
		r.value = 0 // not minus zero
	}
	r.whole = v == float64(int64(v))
	digits := strings.TrimLeft(body, "+-")
	r.code = len(digits) > 1 && digits[0] == '0' && isDigits(digits)
	return r, true
}

// cutUnit takes a unit off a number. A cell has one at most.
func cutUnit(cell string) (body, unit string) {
	if isBare(cell) {
		return cell, ""
	}
	for _, u := range units {
		if rest, ok := strings.CutSuffix(cell, u); ok {
			return strings.TrimSpace(rest), u
		}
		if rest, ok := strings.CutPrefix(cell, u); ok {
			return strings.TrimSpace(rest), u
		}
		if rest, ok := strings.CutPrefix(cell, "-"+u); ok && u != "%" {
			return "-" + strings.TrimSpace(rest), u
		}
	}
	return cell, ""
}

// isBare tells most numbers that have no unit, fast: they begin with a digit, or
// a minus and a digit, and end with a digit.
func isBare(cell string) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	if cell == "" || !digit(cell[len(cell)-1]) {
		return false
	}
	return digit(cell[0]) || cell[0] == '-' && digit(cell[1])
}

// plain appends the number as Go writes it to dst; ok is false where the cell
// is no number.
func (n numbers) plain(dst []byte, cell string) (out []byte, ok bool) {
	if len(cell) > cap(dst) {
		return nil, false
	}
	if sign, size := utf8.DecodeRuneInString(cell); sign == '-' || sign == '+' || sign == '−' {
		if sign != '+' {
			dst = append(dst, '-')
		}
		cell = cell[size:]
	}
	whole, rest := cell, ""
	for at := range len(cell) {
		if cell[at]|0x20 == 'e' {
			whole, rest = cell[:at], cell[at:]
			break
		}
	}
	fraction := ""
	if at := strings.IndexByte(whole, n.decimal); at >= 0 {
		whole, fraction = whole[:at], whole[at+1:]
	}
	if whole == "" && fraction == "" || fraction != "" && !isDigits(fraction) {
		return nil, false
	}
	if dst, ok = n.grouped(dst, whole); !ok {
		return nil, false
	}
	if fraction != "" {
		dst = append(append(dst, '.'), fraction...)
	}
	if rest != "" {
		if !isDigits(strings.TrimLeft(rest[1:], "+-")) || len(rest) > 2 && strings.ContainsAny(rest[2:], "+-") {
			return nil, false
		}
		dst = append(dst, rest...)
	}
	return dst, true
}

// grouped appends the digits before the decimal sign, which may be none.
func (n numbers) grouped(dst []byte, whole string) ([]byte, bool) {
	if whole == "" || isDigits(whole) {
		return append(dst, whole...), true
	}
	separator, group, groups := rune(0), 0, 0
	for _, c := range whole {
		switch {
		case c >= '0' && c <= '9':
			dst = append(dst, byte(c))
			group++
			continue
		case c == '.' || c == ',' || c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\'' || c == '’':
		default:
			return nil, false
		}
		if separator == 0 {
			separator = c
		}
		if c != separator || c == rune(n.decimal) || group < 1 || group > 3 || groups > 0 && group != 3 {
			return nil, false
		}
		group = 0
		groups++
	}
	return dst, group == 3
}

// hints counts what the numbers of a file say about their decimal sign.
type hints struct {
	point, comma             int // cells that can only be read so
	maybePoints, maybeCommas int // cells with one sign before three digits: 1,234
}

// enough clear cells make the rest needless.
const enough = 10_000

// add looks at one cell.
func (h *hints) add(cell string) {
	if h.point+h.comma >= enough || !strings.ContainsAny(cell, ".,") {
		return
	}
	body, _ := cutUnit(cell)
	var buffer [64]byte
	_, point := numbers{'.'}.plain(buffer[:0], body)
	_, comma := numbers{','}.plain(buffer[:0], body)
	switch {
	case point && comma && strings.Contains(body, ".") && !leadingZero(body):
		h.maybePoints++
	case point && comma && !leadingZero(body):
		h.maybeCommas++
	case point && (!comma || strings.Contains(body, ".")):
		h.point++
	case comma:
		h.comma++
	}
}

// leadingZero tells 0,123, which no one writes for 123.
func leadingZero(body string) bool { return strings.HasPrefix(strings.TrimLeft(body, "+-−"), "0") }

// decimal chooses the decimal sign for a sheet. Where every number could be
// read both ways, a file with semicolons comes from where commas are decimal.
func (o *outline) decimal(s *Sheet) byte {
	h := o.hints
	switch {
	case h.comma > h.point:
		return ','
	case h.point > 0:
		return '.'
	case h.maybeCommas > h.maybePoints && s.Delimiter == ';':
		s.Notes = append(s.Notes, "Numbers such as 1,234 are read with a decimal comma, as files with semicolons have it.")
		return ','
	case h.maybeCommas > 0:
		s.Notes = append(s.Notes, "Numbers such as 1,234 are read with a comma between thousands.")
	case h.maybePoints > 0 && s.Delimiter == ';':
		s.Notes = append(s.Notes, "Numbers such as 1.234 are read with a decimal point, though the file has semicolons.")
	}
	return '.'
}
