package draw

func paperSamples() []sample { return nil }
