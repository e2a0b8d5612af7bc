package ui

// Verdict is what the model says of the present row, and how far the worker is.
type Verdict struct {
	S *Session
}

// mostScores is how many classes get a bar.
const mostScores = 10

// scores lists the classes to show with a bar each; none for regression.
func (c *Verdict) scores() []string {
	classes := c.S.status.Data.Classes
	return classes[:min(len(classes), len(c.S.status.Scores), mostScores)]
}

func (c *Verdict) score(i int) float64 { return float64(c.S.status.Scores[i]) }

func (c *Verdict) scoreClass(i int) string {
	if i == c.S.best() {
		return "score best"
	}
	return "score"
}

func (c *Verdict) meter(i int) string { return "width:" + share(c.score(i)) }

func (c *Verdict) class() string {
	if c.S.Busy() {
		return "verdict busy"
	}
	return "verdict"
}

// sure is the score of the predicted class, "" for regression.
func (c *Verdict) sure() string {
	if len(c.scores()) == 0 {
		return ""
	}
	return percent(c.score(c.S.best()))
}

// about says which row it is and how it came about.
func (c *Verdict) about() string {
	text := "Row " + count(c.S.status.Row)
	if row := c.S.Spec().Explain.Row; row != nil {
		text = "Row " + count(*row)
	}
	if c.S.Edited() {
		text += ", changed by hand"
	}
	return text + ": the model says"
}

func (c *Verdict) stopLabel() string {
	if c.S.Training() {
		return "Pause"
	}
	return "Stop"
}

// Halt pauses training or drops what is being computed.
func (c *Verdict) Halt() {
	if c.S.Training() {
		c.S.Pause()
		return
	}
	c.S.Stop()
}

func (c *Verdict) barStyle() string { return "width:" + share(c.S.progress.share()) }

func (c *Verdict) barNow() int { return int(100 * c.S.progress.share()) }
