package draw

// cividisAt and cividisRGB are the colour map cividis, sampled; between them it
// is linear to within 2/255.
// Source: J. Nuñez, C. Anderton, R. Renslow. Optimizing colormaps with
// consideration for color vision deficiency to enable accurate interpretation
// of scientific data. PLOS ONE 13(7), 2018, doi:10.1371/journal.pone.0199239.
var (
	cividisAt  = [...]float64{0, 16, 22, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 251, 255}
	cividisRGB = [len(cividisAt)][3]float64{
		{0, 0.135112, 0.304751}, {0, 0.178802, 0.414764}, {0, 0.193366, 0.441561},
		{0.103401, 0.220406, 0.435790}, {0.195057, 0.264372, 0.425924}, {0.263738, 0.307831, 0.422789},
		{0.324250, 0.351289, 0.426250}, {0.380830, 0.395164, 0.435653}, {0.435168, 0.439763, 0.451134},
		{0.488697, 0.485318, 0.471008}, {0.547840, 0.531895, 0.471704}, {0.609105, 0.579816, 0.463638},
		{0.671991, 0.629316, 0.448018}, {0.736488, 0.680629, 0.424028}, {0.802667, 0.733978, 0.390153},
		{0.870717, 0.789572, 0.343333}, {0.941147, 0.847530, 0.275815}, {0.992218, 0.888385, 0.205468},
		{0.995737, 0.909344, 0.217772},
	}
)

// cividis returns the colour of a magnitude t, 0..1 (clamped): dark blue to
// yellow, even steps of t looking even with any colour vision.
func cividis(t float64) Colour {
	at := 255 * min(1, max(0, t))
	i := 1
	for i < len(cividisAt)-1 && at > cividisAt[i] {
		i++
	}
	share := (at - cividisAt[i-1]) / (cividisAt[i] - cividisAt[i-1])
	mix := func(k int) uint8 {
		lo, hi := cividisRGB[i-1][k], cividisRGB[i][k]
		return uint8(255*(lo+share*(hi-lo)) + 0.5)
	}
	return Colour{R: mix(0), G: mix(1), B: mix(2), A: 1}
}

// onCividis returns the text colour that reads best on cividis(t).
func onCividis(t float64) Colour {
	back := cividis(t)
	dark, light := rgb(0), rgb(0xffffff)
	if contrast(dark, back) > contrast(light, back) {
		return dark
	}
	return light
}
