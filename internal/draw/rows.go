package draw

import "gonum.org/v1/plot/vg"

// rows is the arrangement of a list: names beside the marks, or above them
// where the picture is narrow.
type rows struct {
	stacked bool
	gutter  float64 // px from the left of the sheet to the marks
	pitch   float64 // px a row
	thick   float64 // px of a bar
	drop    float64 // px from the middle of a row down to the middle of its mark
	right   float64 // px from the left of the sheet to the right end of the marks
}

// Sizes of lists in px.
const (
	narrow      = 480 // below this names go above the marks
	sidePitch   = 30
	stackPitch  = 41
	nameGap     = 12 // between a name and the marks
	gutterShare = 0.45
)

// arrange sizes a list of n rows whose names are at most name px wide. fixed
// is the height of everything but the rows; where the sheet has no height yet
// it gets the one that suits.
func (s *sheet) arrange(n int, name, fixed float64) rows {
	r := rows{stacked: s.width < narrow, gutter: 14, pitch: stackPitch}
	if !r.stacked {
		r.gutter = min(name+nameGap+1, gutterShare*s.width) // 1: rounding must not shorten a name
		r.pitch = sidePitch
	}
	if s.height == 0 {
		s.height = fixed + float64(n)*r.pitch
	} else {
		r.pitch = max(2, (s.height-fixed)/float64(n))
	}
	r.thick = clamp(0.6*r.pitch, 1, 18)
	if r.stacked {
		r.thick = clamp(0.36*r.pitch, 1, 16)
		r.drop = 0.22 * r.pitch
	}
	return r
}

// name places the name of a row whose middle is at y px from the top.
func (r rows) name(label run, y float64) run {
	if r.stacked {
		label.halo = true // bars of the row above may reach under it
		return label.to(vg.Length(0), vg.Length(y-0.02*r.pitch-3), 0)
	}
	return label.to(vg.Length(r.gutter-nameGap), vg.Length(y+capHalf*label.size), 1)
}

// room returns the width a name may have.
func (r rows) room(s *sheet) float64 {
	if r.stacked {
		return s.width - 4
	}
	return r.gutter - nameGap
}

// column keeps a column for texts at most width px wide, right of the marks or
// in the line of the names.
func (r *rows) column(s *sheet, width float64) {
	r.right = s.width - 8
	if !r.stacked {
		r.right = s.width - min(width+18, 0.6*(s.width-r.gutter))
	}
}

// line places a name and the text in the column of its row. Both are shortened
// where they do not fit.
func (r rows) line(s *sheet, name, text run, y float64) texts {
	room, most := r.room(s), s.width-r.right-12
	if r.stacked {
		most = max(0.4*s.width, s.width-name.width()-12)
	}
	text = text.squeeze(most)
	if r.stacked {
		room = s.width - text.width() - 12
	}
	name = r.name(name.squeeze(room), y)
	if r.stacked {
		return texts{name, text.to(vg.Length(s.width), name.at.Y, 1)}
	}
	return texts{name, text.to(vg.Length(s.width), vg.Length(y+capHalf*text.size), 1)}
}

// nameValue is "feature = value" with the value in muted ink, shortened to
// width px: first the name, then a value longer than half the room.
func nameValue(name, value string, size, width float64) run {
	full := name
	second := ""
	if value != "" {
		second = " = " + value
		full += second
		if measure(second, size, false) > width/2 && measure(full, size, false) > width {
			second = shorten(second, size, max(width/2, width-measure(name, size, false)), false)
		}
	}
	first := shorten(name, size, width-measure(second, size, false), false)
	r := run{spans: []span{{text: first, colour: ink}}, size: size}
	if second != "" {
		r.spans = append(r.spans, span{text: second, colour: muted})
	}
	if first+second != full {
		r.full = full
	}
	return r
}

// within returns x moved so that text w px wide and centred there stays on the
// sheet.
func (s *sheet) within(x, w float64) float64 {
	if w > s.width {
		return s.width / 2
	}
	return clamp(x, w/2, s.width-w/2)
}
