package spec

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"iris", "wine", "breast_cancer", "integrated-gradients", "gradient", "x", "y"}
	for name, want := range map[string]string{
		"irsi": "iris", "Iris": "iris", "wines": "wine", "breast cancer": "breast_cancer", "breastcancer": "breast_cancer",
		"gradeint": "gradient", "gradients": "gradient", "integratedgradients": "integrated-gradients",
		"lime": "", "z": "", "": "", "digits": "", "X": "x", "bananas and more": "",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"ca", "ac", 1}, {"veiw", "view", 1}, {"flaw", "lawn", 2}} {
		if got := distance([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
