package figure

import (
	"testing"

	"github.com/whybox/whybox/internal/dataset"
)

func TestValueText(t *testing.T) {
	money := &dataset.Column{Unit: "USD", Kind: dataset.Integer, Step: 100}
	years := &dataset.Column{Unit: "years", Kind: dataset.Integer, Step: 1}
	length := &dataset.Column{Unit: "cm", Kind: dataset.Number, Step: 0.05}
	group := &dataset.Column{Kind: dataset.Category, Categories: []string{"A", "B"}}
	for _, c := range []struct {
		column *dataset.Column
		value  float64
		want   string
	}{
		{money, 27123, "27,123 USD"}, {money, 1234567, "1,234,567 USD"}, {money, -12000, "-12,000 USD"}, {money, 9000, "9000 USD"},
		{years, 1, "1 year"}, {years, 2, "2 years"}, {length, 1.25, "1.25 cm"}, {length, -0.001, "0.00 cm"}, {group, 1, "B"},
	} {
		if got := valueText(c.column, c.value); got != c.want {
			t.Errorf("%g: %q, want %q", c.value, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1234.5: "1234", 12.345: "12.3", 0.5: "0.500", -0.0123: "-0.0123", 0.00001: "1.00e-05"} {
		if got := number(v); got != want {
			t.Errorf("number(%g) = %q, want %q", v, got, want)
		}
	}
	for p, want := range map[float64]string{0: "0 %", 1: "100 %", 0.5: "50 %", 0.0004: "under 0.1 %", 0.99999: "over 99.9 %", 0.034: "3.4 %", 0.993: "99.3 %"} {
		if got := percent(p); got != want {
			t.Errorf("percent(%g) = %q, want %q", p, got, want)
		}
	}
}
