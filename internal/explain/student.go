package explain

// normal95 is how many standard deviations to either side of a normal mean hold
// 95 % of the cases; student95 are those of Student's t with 1, 2, ... degrees
// of freedom.
const normal95 = 1.959963984540054

var student95 = [...]float64{12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851, 2.364624252, 2.306004135, 2.262157163}

// Widening returns by what a standard error that was itself estimated from n ≥ 2
// draws must grow, for ±1.96 of it to be a 95 % interval: Student's t over the
// normal quantile. Above 9 degrees of freedom t comes from its expansion, to
// 2e-4.
//
// Source: Abramowitz, Stegun. Handbook of mathematical functions. 1964, 26.7.5.
func Widening(n int) float64 {
	if n-2 < len(student95) {
		return student95[n-2] / normal95
	}
	const (
		z  = normal95
		z2 = z * z
		g1 = (z2 + 1) / 4
		g2 = (5*z2*z2 + 16*z2 + 3) / 96
		g3 = (3*z2*z2*z2 + 19*z2*z2 + 17*z2 - 15) / 384
	)
	f := 1 / float64(n-1)
	return 1 + float64(f*(g1+float64(f*(g2+float64(f*g3)))))
}
