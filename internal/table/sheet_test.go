package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/table"
)

// summary writes how a sheet was understood: the format, the rows, and each
// column with its kind; the target has a star.
func summary(s *table.Sheet) string {
	var b strings.Builder
	header := "names"
	if !s.Header {
		header = "no names"
	}
	fmt.Fprintf(&b, "%s %q %c %s %d:", s.Encoding, s.Delimiter, s.Decimal, header, s.Rows)
	for j, c := range s.Columns {
		fmt.Fprintf(&b, " %s=%s", c.Name, c.Kind)
		if c.Unit != "" {
			fmt.Fprintf(&b, "[%s]", c.Unit)
		}
		if c.Missing > 0 {
			fmt.Fprintf(&b, "-%d", c.Missing)
		}
		if c.Problem != nil {
			b.WriteString("!")
		}
		if j == s.Target {
			b.WriteString("*")
		}
	}
	return b.String()
}

// long repeats lines, with their number for #.
func long(head string, n int, line string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "#", fmt.Sprint(i+1)))
	}
	return b.String()
}

func utf16(order string, s string) string {
	var b []byte
	for _, r := range s {
		if order == "LE" {
			b = append(b, byte(r), byte(r>>8))
		} else {
			b = append(b, byte(r>>8), byte(r))
		}
	}
	return string(b)
}

// understood are files, and how they must be read.
func understood() []struct{ name, file, want string } {
	return []struct{ name, file, want string }{
		{"plain", "a,b,y\n1,2.5,no\n2,3.5,yes\n3,1,no\n", "UTF-8 ',' . names 3: a=integer b=number y=category*"},
		{"no last line end", "a,b\n1,2\n3,5", "UTF-8 ',' . names 2: a=integer b=category*"},
		{"CR LF", "a,b\r\n1,2\r\n3,5\r\n4,6\r\n", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"CR alone", "a,b\r1,2\r3,5\r4,6\r", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"mixed line ends", "a,b\n1,2\r\n3,5\r4,6", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"BOM", "\ufeffa,b\n1,2\n3,5\n4,6", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"BOM and quotes", "\ufeff\"a\",b\n1,2\n3,5\n4,6", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"UTF-16LE", "\xff\xfe" + utf16("LE", "größe;y\n1,5;2\n2,5;3\n4,5;4\n"), "UTF-16LE ';' , names 3: größe=number y=integer*"},
		{"UTF-16BE", "\xfe\xff" + utf16("BE", "a\ty\n1\t2\n2\t3\n4\t5\n"), `UTF-16BE '\t' . names 3: a=integer y=integer*`},
		{"UTF-16 without a mark", utf16("LE", "a,y\n1,2\n2,3\n4,5\n"), "UTF-16LE ',' . names 3: a=integer y=integer*"},
		{"Latin-1", "gr\xf6\xdfe,y\n1,2\n2,3\n4,5\n", "Windows-1252 ',' . names 3: größe=integer y=integer*"},
		{"Windows-1252", "a,y\n\x805,2\n\x806,3\n\x808,5\n", "Windows-1252 ',' . names 3: a=integer[€] y=integer*"},
		{"semicolons and decimal commas", "a;b\n1,5;2\n2,25;3\n-0,5;4\n", "UTF-8 ';' , names 3: a=number b=integer*"},
		{"decimal commas without names", "1,5;2\n2,25;3\n3,5;9\n", "UTF-8 ';' , no names 3: column 1=number column 2=integer*"},
		{"quoted decimal commas", "a,b\n\"1,5\",2\n\"2,25\",3\n\"3,5\",7\n", "UTF-8 ',' , names 3: a=number b=integer*"},
		{"tabs", "a\tb\n1\t2\n\t3\n4\t5\n", `UTF-8 '\t' . names 3: a=integer-1 b=integer*`},
		{"pipes", "a|b\n1|2\n2|3\n4|5\n", "UTF-8 '|' . names 3: a=integer b=integer*"},
		{"a delimiter of Excel", "sep=;\na;b\n1;2\n2;3\n4;5\n", "UTF-8 ';' . names 3: a=integer b=integer*"},
		{"quoted delimiters and line ends", "a,note,y\n1,\"x, and\ny\",2\n2,\"x, and\ny\",3\n3,z,7\n", "UTF-8 ',' . names 3: a=integer note=category y=integer*"},
		{"quotes in quotes", "a,b,y\n1,\"5\"\" pipe\",2\n2,\"5\"\" pipe\",3\n3,\"\",7\n", "UTF-8 ',' . names 3: a=integer b=category-1 y=integer*"},
		{"a bare quote in a cell", "a,b,y\n1,5\" pipe,2\n2,6\" pipe,3\n3,6\" pipe,7\n", "UTF-8 ',' . names 3: a=integer b=category y=integer*"},
		{"spaces around cells", "a , b\n 1 , 2\n 2, \"3\" \n4,5", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"delimiters at the ends of lines", "a,b,\n1,2,\n2,3,\n4,5,\n", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"a delimiter after the names alone", "a,b,\n1,2\n2,3\n4,5\n", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"a delimiter after the rows alone", "a,b\n1,2,\n2,3,\n4,5,\n", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"empty lines", "\n\na,b\n1,2\n\n2,3\n   \n4,5\n\n", "UTF-8 ',' . names 3: a=integer b=integer*"},
		{"names twice", "a,a,b,a\n1,2,3,4\n2,3,4,6\n4,5,6,7\n", "UTF-8 ',' . names 3: a=integer a (2)=integer b=integer a (3)=integer*"},
		{"names twice, and the name it would get", "a,a (2),a\n1,2,3\n2,3,4\n4,5,6\n", "UTF-8 ',' . names 3: a=integer a (2)=integer a (3)=integer*"},
		{"an empty name, and the name it would get", "column 2,,b\n1,2,3\n2,3,4\n4,5,6\n", "UTF-8 ',' . names 3: column 2=integer column 2 (2)=integer b=integer*"},
		{"empty names", "a,,b\n1,2,3\n2,3,4\n4,5,6\n", "UTF-8 ',' . names 3: a=integer column 2=integer b=integer*"},
		{"row numbers of pandas", long(",a,b\n", 12, "#,2#,x#\n"), "UTF-8 ',' . names 12: column 1=skip a=integer* b=skip"},
		{"an id", "id,a,b\n1071,2,3\n1090,4,4\n17,2,6\n", "UTF-8 ',' . names 3: id=skip a=integer b=integer*"},
		{"one column", "a\n1\n2\n5\n", "UTF-8 ',' . names 3: a=integer*"},
		{"one column of decimal commas", "a\n1,5\n2,5\n7,25\n", "UTF-8 ';' , names 3: a=number*"},
		{"one cell", "7", "UTF-8 ',' . no names 1: column 1=skip"},
		{"no names", "1,2,x\n2,3,y\n4,5,x\n", "UTF-8 ',' . no names 3: column 1=integer column 2=integer column 3=category*"},
		{"words without names", "red,small\nblue,large\nred,large\nblue,small\n", "UTF-8 ',' . no names 4: column 1=category column 2=category*"},
		{"words below names", "colour,size\nblue,large\nred,large\nblue,small\n", "UTF-8 ',' . names 3: colour=category size=category*"},
		{"thousands with commas", "a,y\n\"1,234.5\",2\n\"12,345,678\",3\n7,7\n", "UTF-8 ',' . names 3: a=number y=integer*"},
		{"thousands with points", "a;y\n1.234,5;2\n12.345.678;3\n7;7\n", "UTF-8 ';' , names 3: a=number y=integer*"},
		{"thousands with spaces", "a;y\n1 234,5;2\n12\u00a0345\u00a0678;3\n1\u202f000;7\n", "UTF-8 ';' , names 3: a=number y=integer*"},
		{"thousands with apostrophes", "a;y\n1'234.5;2\n12’345’678;3\n1;7\n", "UTF-8 ';' . names 3: a=number y=integer*"},
		{"percent", "a,y\n45%,2\n50.5 %,3\n1%,7\n", "UTF-8 ',' . names 3: a=number[%] y=integer*"},
		{"currency", "a,y\n$45,2\n-$50.5,3\n$ 1,7\n", "UTF-8 ',' . names 3: a=number[$] y=integer*"},
		{"two units", "a,y\n45%,2\n0.5,3\n1%,7\n", "UTF-8 ',' . names 3: a=number[%]! y=integer*"},
		{"exponents", "a,y\n1e3,2\n2.5E-4,3\n-1e+2,7\n", "UTF-8 ',' . names 3: a=number y=integer*"},
		{"dates", "day,a,y\n2024-01-31,1,2\n2024-02-01,2,3\n2024-02-02,4,4\n", "UTF-8 ',' . names 3: day=skip a=integer y=integer*"},
		{"dates with points", "day;a;y\n31.1.2024;1,5;2\n1.2.2024;2;3\n02.02.2024;4;4\n", "UTF-8 ';' , names 3: day=skip a=number y=integer*"},
		{"dates with times", "day,a,y\n31/01/2024 12:30,1,2\n01/02/2024 12:31:05,2,3\n2024-02-02T00:00:00Z,4,4\n", "UTF-8 ',' . names 3: day=skip a=integer y=integer*"},
		{"dates with months", "day,a,y\n31 Jan 2024,1,2\n1-Feb-24,2,3\n\"March 5, 2024\",4,4\n", "UTF-8 ',' . names 3: day=skip a=integer y=integer*"},
		{"truths", "a,b,c\ntrue,yes,1\nfalse,no,0\ntrue,no,1\n", "UTF-8 ',' . names 3: a=category b=category c=category*"},
		{"leading zeros", "zip,y\n01234,2\n04567,3\n01234,7\n", "UTF-8 ',' . names 3: zip=category y=integer*"},
		{"many leading zeros", long("zip,a,y\n", 30, "0#,#,1.#\n"), "UTF-8 ',' . names 30: zip=skip a=integer y=number*"},
		{"missing words", "a,b,y\nNA,x,1\n2,n/a,4\nNaN,x,7\n?,y,9\n,y,8\n", "UTF-8 ',' . names 5: a=skip-4 b=category-1 y=integer*"},
		{"missing among numbers", "a,b,y\n1,-,1\n2,3,4\nnone,4,7\n5,.,9\n", "UTF-8 ',' . names 4: a=integer-1 b=integer-2 y=integer*"},
		{"a category none", "garage,y\nnone,1.5\nattached,2.5\nnone,7\n", "UTF-8 ',' . names 3: garage=category y=number*"},
		{"one wrong number", long("a,y\n", 30, "#,1.#\n") + "3l,7\n", "UTF-8 ',' . names 31: a=integer! y=number*"},
		{"a number that is too large", long("a,y\n", 30, "#,1.#\n") + "1e40,7\n", "UTF-8 ',' . names 31: a=integer! y=number*"},
		{"ratings", strings.Repeat("1,2.5\n2,3.5\n3,1.5\n4,7.5\n5 or more,3\n", 5), "UTF-8 ',' . no names 25: column 1=category column 2=number*"},
		{"free text", long("a,text,y\n", 30, "#,word # and more,1.#\n"), "UTF-8 ',' . names 30: a=integer text=skip y=number*"},
		{"all empty", "a,b,y\n1,,2\n2,,3\n4,,7\n", "UTF-8 ',' . names 3: a=integer b=skip-3 y=integer*"},
		{"always the same", "a,b,y\n1,7,2\n2,7,3\n4,7,7\n", "UTF-8 ',' . names 3: a=integer b=skip y=integer*"},
		{"classes in numbers", "y,a\n" + strings.Repeat("0,1.5\n1,2.5\n2,7\n", 10), "UTF-8 ',' . names 30: y=category* a=number"},
		{"a target by name", "Target,a\n1.5,1\n2.5,2\n7,4\n", "UTF-8 ',' . names 3: Target=number* a=integer"},
		{"minus signs", "a,y\n−5,1\n-6,2\n+7,9\n", "UTF-8 ',' . names 3: a=integer y=integer*"},
		{"infinity is no number", long("a,y\n", 30, "#,1.#\n") + "inf,7\n", "UTF-8 ',' . names 31: a=integer! y=number*"},
		{"hexadecimal is no number", long("a,y\n", 30, "#,1.#\n") + "0x10,7\n", "UTF-8 ',' . names 31: a=integer! y=number*"},
		{"words of Go are no numbers", long("a,y\n", 30, "#,1.#\n") + "1_000,7\n", "UTF-8 ',' . names 31: a=integer! y=number*"},
	}
}

func TestFilesAreUnderstood(t *testing.T) {
	for _, c := range understood() {
		s, err := table.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := summary(s); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// What a person must know is said.
func TestNotes(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"Latin-1", "a,y\ngr\xf6n,2\nrot,3\n", "The byte 0xF6 in line 2 is not UTF-8, so the file is read as Windows-1252 (Latin-1)."},
		{"empty lines", "a,y\n\n1,2\n\n3,4\n", "2 empty lines were passed over."},
		{"spaces", "1 2 3\n4 5 6\n", "no delimiter"},
		{"no name", "a,,y\n1,2,3\n2,3,4\n", `Column 2 has no name and is called "column 2".`},
		{"names twice", "a,a,y\n1,2,3\n2,3,4\n", `Two columns are called "a"; the later one, column 2, is called "a (2)" here.`},
		{"missing among numbers", "a,y\n1,2\n-,3\n3,7\n", `In "a", 1 cell counts as missing: "-".`},
		{"large numbers", "a,y\n16777217,2\n1,3\n3,7\n", `"a" has numbers of 16,777,216 and more`},
		{"a quantity", "a,y\n1,2\n2,3\n3,7\n", `"y" is predicted, because of its name. It is a quantity.`},
		{"classes", "a,b\n1,x\n2,y\n3,x\n", `"b" is predicted, because it is the last one. It is a class (2 of them).`},
		{"thousands or decimals", "a,y\n\"1,234\",2\n\"2,345\",3\n", "with a comma between thousands"},
		{"decimals or thousands", "a;y\n1,234;2\n2,345;3\n", "with a decimal comma"},
		{"points", "a;y\n1.234;2\n2.345;3\n", "with a decimal point"},
	} {
		s, err := table.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if notes := strings.Join(s.Notes, "\n"); !strings.Contains(notes, c.want) {
			t.Errorf("%s: %s\nwant %s", c.name, notes, c.want)
		}
	}
}

// Each column says why it is read as it is.
func TestReasons(t *testing.T) {
	s, err := table.Read([]byte(long("id,same,empty,day,zip,name,level,n,x,y\n", 30, "7#,1,,2024-01-#,0#,Ann #,a,#,1.#,2\n")))
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []string{"a name rather than a quantity", `every cell that is not empty has "1"`, "every cell is empty", "dates are not read", "digits after a leading zero", "30 different words in 30 rows", `has "a"`, "all cells are whole numbers", "all cells are numbers", `has "2"`} {
		if c := s.Columns[j]; !strings.Contains(c.Why, want) {
			t.Errorf("%s: %s, want %s", c.Name, c.Why, want)
		}
	}
}
