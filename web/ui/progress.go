package ui

// text says how far the worker is, in words.
func (p Progress) text() string {
	var doing string
	switch p.Stage {
	case "":
		return "Starting…"
	case "data":
		return "Loading the data…"
	case "training":
		doing = "Training: step "
	case "explaining":
		doing = "Explaining: "
	case "searching":
		doing = "Searching: "
	default:
		return "Drawing…"
	}
	if p.Of <= 0 {
		return doing + count(p.Done)
	}
	return doing + count(p.Done) + " of " + count(p.Of)
}

// share is how far it is, 0..1.
func (p Progress) share() float64 {
	if p.Of <= 0 {
		return 0
	}
	return float64(p.Done) / float64(p.Of)
}
