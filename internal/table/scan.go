package table

import (
	"fmt"
	"strings"
)

// scanner cuts text into records, RFC 4180 and what is common beyond it: lines
// may end in CR LF, LF or CR, spaces around a cell do not count, a quote within
// a cell that does not begin with one is just a quote, and empty lines are
// passed over.
type scanner struct {
	text      string
	at, line  int
	delimiter byte
	cells     []cell // of the record, until the next one is read
	blank     int    // empty lines so far
}

// cell is one cell of a record.
type cell struct {
	text string // without the quotes and the spaces around it
	line int    // where it begins
}

// scan starts at the first record.
func (s *Sheet) scan() *scanner {
	return &scanner{text: s.text, line: s.first, delimiter: s.Delimiter}
}

// next reads a record; it returns false at the end of the text.
func (s *scanner) next() (bool, error) {
	s.cells = s.cells[:0]
	for s.at < len(s.text) && s.passBlank() {
		s.blank++
	}
	if s.at >= len(s.text) {
		return false, nil
	}
	for {
		more, err := s.cell()
		if err != nil || !more {
			return err == nil, err
		}
		if len(s.cells) > MaxColumns {
			return false, &Error{Code: CodeSize, Line: s.line, What: fmt.Sprintf("the line has more than %d cells", MaxColumns), Fix: "keep fewer columns"}
		}
	}
}

// passBlank passes a line without a cell, if one stands next.
func (s *scanner) passBlank() bool {
	for i := s.at; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == s.delimiter && c != ' ':
			return false
		case c == '\n' || c == '\r':
			s.at = i
			s.endLine()
			return true
		case c != ' ' && c != '\t':
			return false
		}
	}
	s.at = len(s.text)
	return true
}

// endLine passes the end of a line, if it stands next.
func (s *scanner) endLine() {
	if s.at < len(s.text) && s.text[s.at] == '\r' {
		s.at++
		if s.at < len(s.text) && s.text[s.at] == '\n' {
			s.at++
		}
		s.line++
	} else if s.at < len(s.text) && s.text[s.at] == '\n' {
		s.at++
		s.line++
	}
}

// cell reads one cell and what ends it. more says whether a delimiter did.
func (s *scanner) cell() (more bool, err error) {
	line := s.line
	s.passRun()
	s.passSpaces()
	var text string
	if s.at < len(s.text) && s.text[s.at] == '"' {
		if text, err = s.quoted(); err != nil {
			return false, err
		}
	} else {
		from := s.at
		for s.at < len(s.text) {
			if c := s.text[s.at]; c == s.delimiter || c == '\n' || c == '\r' {
				break
			}
			s.at++
		}
		text = s.text[from:s.at]
	}
	if len(text) > maxCell {
		return false, s.tooLong(line)
	}
	s.cells = append(s.cells, cell{strings.TrimSpace(text), line})
	if s.at < len(s.text) && s.text[s.at] == s.delimiter {
		s.at++
		if s.passRun(); s.delimiter != ' ' || s.at < len(s.text) && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
			return true, nil
		}
	}
	s.endLine()
	return false, nil
}

// passRun passes spaces that are one delimiter together, or stand at the end of
// a line.
func (s *scanner) passRun() {
	for s.delimiter == ' ' && s.at < len(s.text) && s.text[s.at] == ' ' {
		s.at++
	}
}

func (s *scanner) passSpaces() {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t') && s.text[s.at] != s.delimiter {
		s.at++
	}
}

// quoted reads a cell in quotes, in which a quote is written twice.
func (s *scanner) quoted() (string, error) {
	line, doubled := s.line, false
	s.at++
	from := s.at
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case s.at-from > 2*maxCell:
			return "", s.tooLong(line)
		case c == '\n' || c == '\r':
			s.endLine()
		case c != '"':
			s.at++
		case s.at+1 < len(s.text) && s.text[s.at+1] == '"':
			doubled = true
			s.at += 2
		default:
			text := s.text[from:s.at]
			s.at++
			s.passSpaces()
			if s.at < len(s.text) {
				if c := s.text[s.at]; c != s.delimiter && c != '\n' && c != '\r' {
					return "", &Error{Code: CodeQuote, Line: s.line, Column: len(s.cells) + 1, What: fmt.Sprintf("after the closing quote of %q stands more text", short(text)), Fix: "write a quote within a cell twice, and put quotes around the whole cell"}
				}
			}
			if doubled {
				text = strings.ReplaceAll(text, `""`, `"`)
			}
			return text, nil
		}
	}
	return "", &Error{Code: CodeQuote, Line: line, Column: len(s.cells) + 1, What: "the quote that opens here is never closed", Fix: "close it, or remove it; a quote within a cell is written twice"}
}

// tooLong refuses the cell that begins in a line.
func (s *scanner) tooLong(line int) error {
	return &Error{Code: CodeSize, Line: line, Column: len(s.cells) + 1, What: fmt.Sprintf("the cell has more than %d bytes", maxCell), Fix: "if a quote opens here, close it; else leave the column out of the file"}
}
