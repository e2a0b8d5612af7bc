package ui

import "strings"

// ModelStep chooses the model and trains it live.
type ModelStep struct {
	S    *Session
	Loss *Shown
}

// Rests says that it does not show the row.
func (c *ModelStep) Rests() {}

func (c *ModelStep) options() []Option {
	var out []Option
	for _, m := range c.S.Menu.Models {
		out = append(out, c.S.option(m.Name, m.Title))
	}
	return append(out, c.S.Files.options(true)...)
}

// own reports whether the model comes from a file.
func (c *ModelStep) own() bool { return c.S.Spec().Model.File != nil }

// says is what is known of that model.
func (c *ModelStep) says() string {
	if o := c.S.Files.of(c.S.Spec().Model.File); o != nil {
		return strings.Join(o.Says, " ")
	}
	return ""
}

// option is a choice that is greyed with the reason where the worker refused it.
func (s *Session) option(name, title string) Option {
	if why := s.status.Refused[name]; why != "" {
		return Option{Value: name, Text: title + " – " + why, Off: true}
	}
	return Option{Value: name, Text: title}
}

// counter says how far training is.
func (c *ModelStep) counter() string {
	done, total, _ := c.S.Steps()
	if total == 0 {
		return "not trained yet"
	}
	return "step " + count(done) + " of " + count(total)
}

func (c *ModelStep) done() bool { d, total, _ := c.S.Steps(); return total > 0 && d >= total }

func (c *ModelStep) playing() bool { return c.S.Training() }

func (c *ModelStep) barStyle() string {
	done, total, _ := c.S.Steps()
	if total == 0 {
		return "width:0"
	}
	return "width:" + share(float64(done)/float64(total))
}

// Toggle plays or pauses.
func (c *ModelStep) Toggle() {
	if c.playing() {
		c.S.Pause()
		return
	}
	c.S.Play()
}
