package ui

import "strconv"

// state is how the session stands, for the attributes of the root element that
// scripts around a figure, and tests, read: "starting", "busy", "stopped",
// "error", "crashed" or "done".
func (s *Session) state() string {
	switch {
	case s.crashed != "":
		return "crashed"
	case s.Busy():
		return "busy"
	case len(s.problems) > 0:
		return "error"
	case s.stopped:
		return "stopped"
	case !s.known, s.saved != nil:
		return "starting"
	}
	return "done"
}

// scoreText writes the scores of the present row so that they can be read back
// bit for bit.
func (s *Session) scoreText() string {
	var out []byte
	for i, v := range s.status.Scores {
		if i > 0 {
			out = append(out, ' ')
		}
		out = strconv.AppendFloat(out, float64(v), 'g', -1, 32)
	}
	return string(out)
}

// valueText writes the attribution shown in the same way.
func (s *Session) valueText() string {
	var out []byte
	for i, v := range s.status.Values {
		if i > 0 {
			out = append(out, ' ')
		}
		out = strconv.AppendFloat(out, v, 'g', -1, 64)
	}
	return string(out)
}
