package main

import (
	"slices"
	"strconv"
	"strings"
)

// codings lists how a file may be packed, best first.
var codings = [...]string{"br", "gzip", "identity"}

// suffix is what a packed twin of a file is called by.
var suffix = map[string]string{"br": ".br", "gzip": ".gz"}

// accepted returns the codings that an Accept-Encoding header takes, the most
// wanted first (RFC 9110, section 12.5.3). Of equally wanted ones the smaller
// comes first. "identity" is always among them: a page that cannot be read
// packed is better than no page.
func accepted(header string) []string {
	weights := make(map[string]float64)
	for item := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "x-gzip" {
			name = "gzip"
		}
		weights[name] = weight(parameters)
	}
	quality := func(coding string) float64 {
		if q, ok := weights[coding]; ok {
			return q
		}
		if q, ok := weights["*"]; ok && coding != "identity" {
			return q
		}
		return 0
	}
	var out []string
	for _, c := range codings {
		if c == "identity" || quality(c) > 0 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		switch qa, qb := quality(a), quality(b); {
		case qa > qb:
			return -1
		case qa < qb:
			return 1
		}
		return 0
	})
	return out
}

// weight reads ";q=0.5"; none means 1, nonsense means 0.
func weight(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}
