package main

import (
	"strings"
	"testing"
)

func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"":                                  "identity",
		"gzip, deflate, br, zstd":           "br gzip identity",
		"gzip":                              "gzip identity",
		"br;q=0.5, gzip":                    "gzip br identity",
		"BR; q=1.0":                         "br identity",
		"br;q=0, gzip;q=0":                  "identity",
		"*":                                 "br gzip identity",
		"*;q=0":                             "identity",
		"gzip;q=0.2, *;q=0.9":               "br gzip identity",
		"identity, gzip;q=0.5":              "identity gzip",
		"identity;q=0.5, gzip;q=0.5":        "gzip identity",
		"identity;q=0":                      "identity",
		"br;q=nonsense, gzip;q=2":           "identity",
		"x-gzip":                            "gzip identity",
		"br ;level=4; Q=0.3 , gzip ; q=0.8": "gzip br identity",
	} {
		if got := strings.Join(accepted(header), " "); got != want {
			t.Errorf("accepted(%q) = %s, want %s", header, got, want)
		}
	}
}
