package ui

import (
	"strconv"

	"github.com/whybox/whybox/internal/spec"
)

// ParamList shows the sliders that an author put under a figure.
type ParamList struct {
	Params []spec.Param
	Value  func(p spec.Param) float64 // as the spec has it now
	Set    func(path string, value float64)
	Drop   func()
	Near   func(p spec.Param, t Track) // a person is at the slider
	Away   func(p spec.Param)
}

func paramID(i int) string { return "param-" + strconv.Itoa(i) }

// paramLabel names a slider: by the author's words, else by the last part of
// its path.
func paramLabel(p spec.Param) string {
	if p.Label != "" {
		return p.Label
	}
	at := len(p.Path)
	for at > 0 && p.Path[at-1] != '/' {
		at--
	}
	return p.Path[at:]
}

func paramStep(p spec.Param) string {
	if p.Step <= 0 {
		return "any"
	}
	return strconv.FormatFloat(p.Step, 'f', -1, 64)
}
