package ui

// panels are the panels of a page by view. Each is kept, and with it what the
// person did to it.
type panels map[string]*Panel

// of returns a view's panel as it is now, but for what only the page knows.
func (m *panels) of(a *App, name string) *Panel {
	s, p := a.session, (*m)[name]
	if p == nil {
		p = &Panel{Name: name, Plain: plainly(name), Walk: walk(name), Drop: s.Drop, Say: a.say,
			Drag:  func(px, py float64) { s.dragTo(name, px, py) },
			Nudge: func(right, up int, far bool) { s.nudge(name, right, up, far) },
			Table: func(open bool) { s.setTable(name, open) }}
		if *m == nil {
			*m = panels{}
		}
		(*m)[name] = p
	}
	p.Shown, p.Progress, p.Idle, p.Handle = s.Panel(name), s.progress, !s.Busy() && s.ready, s.handle(name)
	return p
}
