package table_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/table"
)

func is(yes bool) *bool { return &yes }

// layout writes what matters of a sheet.
func layout(s *table.Sheet) string {
	out := fmt.Sprintf("%q %c %v %d:", s.Delimiter, s.Decimal, s.Header, s.Rows)
	for _, c := range s.Columns {
		out += fmt.Sprintf(" %s=%s", c.Name, c.Kind)
		if c.Missing > 0 {
			out += fmt.Sprintf("-%d", c.Missing)
		}
	}
	return out
}

// TestByHand mends files of which the sniffing goes wrong, and those it reads
// rightly stay as they are where nothing is said.
func TestByHand(t *testing.T) {
	for _, c := range []struct {
		name, file  string
		found, hand string
		choice      table.Choice
	}{
		{"a decimal comma among semicolons", "size;price\n1,5;2,25\n3,5;4,75\n2,5;1,25\n", "';' , true 3: size=number price=number", "';' , true 3: size=number price=number", table.Choice{}},
		{"thousands taken for decimals", "size;price\n1,500;2,250\n3,500;4,750\n5,500;1,250\n", "';' , true 3: size=number price=number", "';' . true 3: size=integer price=integer", table.Choice{Decimal: '.'}},
		{"decimals taken for thousands", "size|price\n1,500|2,250\n3,500|4,750\n5,500|4,250\n", "'|' . true 3: size=integer price=integer", "'|' , true 3: size=number price=number", table.Choice{Decimal: ','}},
		{"decimal commas in quotes", "a,b\n\"1,500\",\"2,250\"\n\"3,500\",\"4,750\"\n\"5,500\",\"6,750\"\n", "',' . true 3: a=integer b=integer", "',' , true 3: a=number b=number", table.Choice{Decimal: ','}},
		{"names that are years", "2019,2020\n5,6\n7,8\n9,4\n", "',' . false 4: column 1=integer column 2=integer", "',' . true 3: 2019=integer 2020=integer", table.Choice{Header: is(true)}},
		{"words that are no names", "red,small\nblue,large\ngreen,tiny\n", "',' . true 2: red=category small=category", "',' . false 3: column 1=category column 2=category", table.Choice{Header: is(false)}},
		{"commas within cells of semicolons", "a,b;c\n1,2;3\n4,5;6\n7,8;9\n", "';' , true 3: a,b=number c=integer", "',' . true 3: a=integer b;c=category", table.Choice{Delimiter: ','}},
		{"spaces between", " a  b c \n1 2   3\n 4 5 6   \n7 8 9\n", "',' . true 3: a b c=category", "' ' . true 3: a=integer b=integer c=integer", table.Choice{Delimiter: ' '}},
		{"a code for what is missing", "a,b\n1,-999\n-999,2.5\n3,-999\n4,1.5\n6,7\n", "',' . true 5: a=integer b=number", "',' . true 5: a=integer-1 b=number-2", table.Choice{Missing: []string{" -999 "}}},
		{"a country called NA", "land,y\nNA,1\nDE,2\nNA,3\nDE,4\n", "',' . true 4: land=category-2 y=integer", "',' . true 4: land=category y=integer", table.Choice{Missing: []string{}}},
		{"another delimiter than the first line says", "sep=,\na;b\n1;2\n3;4\n5;6\n", "',' . true 3: a;b=category", "';' . true 3: a=integer b=integer", table.Choice{Delimiter: ';'}},
	} {
		s, err := table.Read([]byte(c.file))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		before := layout(s)
		hand, err := s.As(c.choice)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if before != c.found || layout(hand) != c.hand {
			t.Errorf("%s:\nfound   %s\nwant    %s\nby hand %s\nwant    %s", c.name, before, c.found, layout(hand), c.hand)
		}
		if layout(s) != before {
			t.Errorf("%s: reading it another way changed the first sheet", c.name)
		}
	}
}

// TestByHandValues: the values are those of the format that was said, and errors
// keep their line and column.
func TestByHandValues(t *testing.T) {
	s := read(t, "size;price\n1,500;2,250\n3,500;x\n2,000;5,125\n")
	for _, c := range []struct {
		decimal byte
		want    string
	}{{',', "[1.5 3.5 2]"}, {'.', "[1500 3500 2000]"}} {
		hand, err := s.As(table.Choice{Decimal: c.decimal})
		if err != nil {
			t.Fatal(err)
		}
		hand.Columns[0].Kind, hand.Columns[1].Kind, hand.Target = dataset.Number, table.Skip, table.None
		d, _, err := hand.Table("t", "T")
		if err != nil || fmt.Sprint(d.X) != c.want {
			t.Errorf("%v, %v, want %s", err, d, c.want)
		}
		hand.Columns[1].Kind = dataset.Number
		_, _, err = hand.Table("t", "T")
		if e := (*table.Error)(nil); !errors.As(err, &e) || e.Line != 3 || e.Column != 2 || e.Name != "price" {
			t.Errorf("a word among numbers: %v", err)
		}
	}
	_, err := s.As(table.Choice{Delimiter: ','})
	if e := (*table.Error)(nil); !errors.As(err, &e) || e.Code != table.CodeShape || e.Line != 2 || !strings.Contains(e.What, "3 cells") {
		t.Errorf("commas where there are more: %v", err)
	}
}

// TestSpaces: several spaces are one delimiter, those around a line none, and
// quotes keep theirs.
func TestSpaces(t *testing.T) {
	s, err := table.ReadAs([]byte("name  n\n \"Ann B\"   1 \n   \n\"Cy \"\"D\"\"\" 2\nEve 3"), table.Choice{Delimiter: ' '})
	if err != nil {
		t.Fatal(err)
	}
	if got := layout(s); got != "' ' . true 3: name=category n=integer" || s.Columns[0].Sample[0] != "Ann B" || s.Columns[0].Sample[1] != `Cy "D"` {
		t.Errorf("%s %q", got, s.Columns[0].Sample)
	}
}

// TestGapsAreNoted: a column says that rows lack it where they are kept so.
func TestGapsAreNoted(t *testing.T) {
	for _, gaps := range []table.Gaps{table.Keep, table.Fill} {
		s := read(t, "a,b,y\n1,2,5\n,3,6\n4,4,7\n")
		s.Gaps = gaps
		d, _, err := s.Table("t", "T")
		if err != nil || d.Columns[0].Gaps != (gaps == table.Keep) || d.Columns[1].Gaps {
			t.Errorf("%s: %v, %+v", gaps, err, d.Columns)
		}
	}
}
