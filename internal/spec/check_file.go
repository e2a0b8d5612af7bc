package spec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whybox/whybox/internal/knob"
)

// ownData checks a table that a person brings.
func (c *checker) ownData() {
	d := &c.s.Data
	before := len(c.found)
	c.noKnobs(d.Knobs, "/data/knobs")
	c.file(d.File, "/data/file")
	if r := d.Read; r != nil {
		for _, name := range slices.Sorted(maps.Keys(r.Kinds)) {
			c.choice(r.Kinds[name], Kinds(), join("/data/read/kinds", name), "kind of column")
		}
		if r.Gaps != "" {
			c.choice(r.Gaps, GapChoices(), "/data/read/gaps", "way with missing cells")
		}
		c.format(r)
		c.expected(r)
	}
	if len(c.found) > before || c.v.Own == nil {
		return
	}
	if table := c.v.Own(*d, c.s.Model); table != nil {
		c.describe(table)
	}
}

// format checks how the text of a table is said to be written.
func (c *checker) format(r *Reading) {
	c.choice(r.Delimiter, append(DelimiterChoices(), ""), "/data/read/delimiter", "delimiter")
	c.choice(r.Decimal, append(DecimalChoices(), ""), "/data/read/decimal", "decimal sign")
}

// expected checks that a column of expected scores is nothing else besides.
func (c *checker) expected(r *Reading) {
	for i, name := range r.Expected {
		path := join("/data/read/expected", strconv.Itoa(i))
		if slices.Contains(r.Expected[:i], name) {
			c.add(CodeDuplicate, path, fmt.Sprintf("%q comes twice", shorten(name)), "each class has a column of its own", "remove one")
		}
		if name == r.Target {
			c.add(CodeUnfit, path, fmt.Sprintf("%q is the column to predict", shorten(name)), "what a model gave is not what was true", "choose another column for one of the two")
		}
	}
}

// Kinds lists what a column of a table may be read as.
func Kinds() []string { return []string{"number", "integer", "category", "skip"} }

// DelimiterChoices lists what may stand between the cells of a table.
func DelimiterChoices() []string { return []string{",", ";", "tab", "|", "space"} }

// DecimalChoices lists the decimal signs.
func DecimalChoices() []string { return []string{".", ","} }

// GapChoices lists what may become of missing cells.
func GapChoices() []string { return []string{"fill", "keep", "refuse"} }

// choice checks that one of a few words is said.
func (c *checker) choice(word string, words []string, path, what string) {
	if !slices.Contains(words, word) {
		c.add(CodeName, path, fmt.Sprintf("no %s called %q", what, shorten(word)), exist(words), meant(word, words, "choose one of them"))
	}
}

func (c *checker) file(f *File, path string) {
	if f == nil {
		c.add(CodeField, path, "no file is named", fmt.Sprintf("%q stands for a file that a person opens", Own), "open the file in the page, or name a data set or model of the catalog")
		return
	}
	if f.Title == "" || strings.ContainsAny(f.Title, "/\\") {
		c.add(CodeRange, path+"/title", fmt.Sprintf("%q is not what a file is called", shorten(f.Title)), "it is a name without folders", `write one such as "rows.csv"`)
	}
	if len(f.Sum) != 16 || strings.Trim(f.Sum, "0123456789abcdef") != "" {
		c.add(CodeRange, path+"/sum", fmt.Sprintf("%q does not stand for a content", shorten(f.Sum)), "it has 16 hexadecimal digits", "open the file in the page, which writes them")
	}
}

func (c *checker) noFile(f *File, path string) {
	if f != nil {
		c.add(CodeUnfit, path, "a file is named", fmt.Sprintf("only what is called %q is one", Own), "leave the field out")
	}
}

func (c *checker) noKnobs(k knob.Values, path string) {
	for _, name := range slices.Sorted(maps.Keys(k)) {
		c.add(CodeKnob, join(path, name), fmt.Sprintf("%q has no knob %q", Own, shorten(name)), "a file has none", "remove it")
	}
}
