package ui

// TopBar has the name, what works everywhere, and the theme.
type TopBar struct {
	A *App
}

func (c *TopBar) bench() bool { return c.A.page == benchPage }

func (c *TopBar) copyLabel() string {
	if c.A.copied {
		return "Link copied"
	}
	return "Copy link"
}

// Theme goes on to the next theme: as the system, light, dark.
func (c *TopBar) Theme() {
	c.A.SetTheme(map[string]string{"": "light", "light": "dark", "dark": ""}[c.A.theme])
}

func (c *TopBar) themeLabel() string {
	if c.A.theme == "" {
		return "Theme: as the system"
	}
	return "Theme: " + c.A.theme
}
