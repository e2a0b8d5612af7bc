package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"go/format"

	"golang.org/x/image/font/sfnt"
)

// ttf is a TrueType font, by table. Format: OpenType 1.9.1,
// learn.microsoft.com/typography/opentype/spec.
type ttf struct {
	tables map[string][]byte
	cmap   *sfnt.Font // looks runes up
}

func parse(data []byte) (*ttf, error) {
	cmap, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	f := &ttf{tables: map[string][]byte{}, cmap: cmap}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		entry := data[12+16*i:]
		offset, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		f.tables[string(entry[:4])] = data[offset : offset+length]
	}
	if binary.BigEndian.Uint16(f.tables["head"][50:]) != 1 {
		return nil, errors.New("expected a font with long offsets")
	}
	return f, nil
}

// index returns the glyph of a rune, 0 where the font has none.
func (f *ttf) index(r rune) int {
	g, err := f.cmap.GlyphIndex(nil, r)
	if err != nil {
		return 0
	}
	return int(g)
}

func (f *ttf) glyph(g int) []byte {
	loca := f.tables["loca"][4*g:]
	return f.tables["glyf"][binary.BigEndian.Uint32(loca):binary.BigEndian.Uint32(loca[4:])]
}

// metric returns the advance width and the left side bearing of a glyph, in
// font units.
func (f *ttf) metric(g int) (advance uint16, bearing uint16) {
	long := int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	hmtx := f.tables["hmtx"]
	if g < long {
		return binary.BigEndian.Uint16(hmtx[4*g:]), binary.BigEndian.Uint16(hmtx[4*g+2:])
	}
	return binary.BigEndian.Uint16(hmtx[4*(long-1):]), binary.BigEndian.Uint16(hmtx[4*long+2*(g-long):])
}

// Flags of a component of a composite glyph.
const (
	wordArguments   = 1 << 0
	oneScale        = 1 << 3
	moreComponents  = 1 << 5
	twoScales       = 1 << 6
	twoByTwo        = 1 << 7
	hasInstructions = 1 << 8
)

// components calls visit with the offset of each component's flags; two bytes
// on stands its glyph. It returns the length without instructions.
func components(g []byte, visit func(at int)) int {
	at := 10
	for {
		visit(at)
		flags := binary.BigEndian.Uint16(g[at:])
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&twoByTwo != 0:
			at += 8
		}
		if flags&moreComponents == 0 {
			return at
		}
	}
}

// bare returns a glyph without its hinting instructions, its components
// renumbered.
func bare(g []byte, renumber map[int]int) []byte {
	if len(g) == 0 {
		return nil
	}
	g = bytes.Clone(g)
	contours := int(int16(binary.BigEndian.Uint16(g)))
	if contours < 0 {
		end := components(g, func(at int) {
			flags := binary.BigEndian.Uint16(g[at:])
			binary.BigEndian.PutUint16(g[at:], flags&^hasInstructions)
			binary.BigEndian.PutUint16(g[at+2:], uint16(renumber[int(binary.BigEndian.Uint16(g[at+2:]))]))
		})
		return g[:end]
	}
	at := 10 + 2*contours
	n := int(binary.BigEndian.Uint16(g[at:]))
	return append(append(g[:at:at], 0, 0), g[at+2+n:]...)
}

// subset returns a font with the wanted runes, under a name of its own, since
// the licence reserves the original's.
func (f *ttf) subset(runes []rune) []byte {
	order, renumber := []int{0}, map[int]int{0: 0}
	keep := func(g int) {
		if _, ok := renumber[g]; !ok {
			renumber[g] = len(order)
			order = append(order, g)
		}
	}
	for _, r := range runes {
		keep(f.index(r))
	}
	for i := 0; i < len(order); i++ { // order grows by the components
		if g := f.glyph(order[i]); len(g) > 0 && int16(binary.BigEndian.Uint16(g)) < 0 {
			components(g, func(at int) { keep(int(binary.BigEndian.Uint16(g[at+2:]))) })
		}
	}
	var glyf, loca, hmtx []byte
	for _, g := range order {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, bare(f.glyph(g), renumber)...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		advance, bearing := f.metric(g)
		hmtx = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(hmtx, advance), bearing)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	put := func(table string, at int, v int) []byte {
		t := bytes.Clone(f.tables[table])
		binary.BigEndian.PutUint16(t[at:], uint16(v))
		return t
	}
	post := bytes.Clone(f.tables["post"][:32])
	binary.BigEndian.PutUint32(post, 0x00030000) // no glyph names
	return assemble(map[string][]byte{
		"OS/2": f.tables["OS/2"], "cmap": cmap(runes, func(r rune) int { return renumber[f.index(r)] }),
		"glyf": glyf, "head": f.tables["head"], "hhea": put("hhea", 34, len(order)), "hmtx": hmtx,
		"loca": loca, "maxp": put("maxp", 4, len(order)), "name": names(), "post": post,
	})
}

// cmap returns a character map of format 4: a segment a run of runes whose
// glyphs follow each other.
func cmap(runes []rune, glyph func(rune) int) []byte {
	type segment struct{ start, end, delta int }
	var segments []segment
	for _, r := range runes {
		g := glyph(r)
		if g == 0 {
			continue
		}
		if n := len(segments); n > 0 && segments[n-1].end == int(r)-1 && segments[n-1].delta == g-int(r) {
			segments[n-1].end++
			continue
		}
		segments = append(segments, segment{int(r), int(r), g - int(r)})
	}
	segments = append(segments, segment{0xFFFF, 0xFFFF, 1})
	n := len(segments)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	var out []byte
	words := func(vs ...int) {
		for _, v := range vs {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	words(0, 1, 3, 1, 0, 12) // one table: Windows, Unicode BMP, at offset 12
	words(4, 16+8*n, 0, 2*n, 2*power, log, 2*(n-power))
	for _, s := range segments {
		words(s.end)
	}
	words(0)
	for _, s := range segments {
		words(s.start)
	}
	for _, s := range segments {
		words(s.delta)
	}
	for range segments {
		words(0)
	}
	return out
}

// names returns a name table: copyright, family, style, unique and full name,
// version, PostScript name and licence.
func names() []byte {
	const notice = "Digitized data copyright (c) 2010 Google Corporation. Copyright (c) 2012 Red Hat, Inc."
	const licence = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
	list := []struct {
		id   int
		text string
	}{{0, notice}, {1, "Whybox Slim"}, {2, "Regular"}, {3, "Whybox Slim Regular"}, {4, "Whybox Slim"},
		{5, "Version 1"}, {6, "WhyboxSlim-Regular"}, {13, licence}}
	var records, text []byte
	for _, n := range list {
		start := len(text)
		for _, c := range n.text {
			text = binary.BigEndian.AppendUint16(text, uint16(c))
		}
		for _, v := range []int{3, 1, 0x409, n.id, len(text) - start, start} {
			records = binary.BigEndian.AppendUint16(records, uint16(v))
		}
	}
	var out []byte
	for _, v := range []int{0, len(list), 6 + len(records)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return append(append(out, records...), text...)
}

// widths returns Go source with the advance widths of the runes.
func (f *ttf) widths(runes []rune) []byte {
	var b bytes.Buffer
	b.WriteString("// Code generated by web/slimfont from Liberation Sans; DO NOT EDIT.\n\npackage draw\n\n")
	b.WriteString("// advances holds advance widths in 1/2048 em, in runs of consecutive runes.\n")
	b.WriteString("var advances = [...]struct {\n\tfirst rune\n\twidth []uint16\n}{")
	last := rune(-1)
	for _, r := range runes {
		g := f.index(r)
		if g == 0 {
			continue
		}
		switch {
		case last < 0:
			fmt.Fprintf(&b, "\n\t{%#x, []uint16{", r)
		case r != last+1:
			fmt.Fprintf(&b, "}},\n\t{%#x, []uint16{", r)
		}
		advance, _ := f.metric(g)
		fmt.Fprintf(&b, "%d,", advance)
		last = r
	}
	b.WriteString("}},\n}\n")
	out, err := format.Source(b.Bytes())
	if err != nil {
		panic("slimfont: the width table is not Go")
	}
	return out
}
