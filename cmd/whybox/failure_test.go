package main

import (
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/spec"
)

func TestRefusedHidesStacks(t *testing.T) {
	err := refused("figure.json", &spec.Error{Code: "E-BUG", What: "a defect in whybox: x", Why: "goroutine 1 [running]:\nmain.go:3", Fix: "report it"})
	if text := err.Error(); strings.Contains(text, "goroutine") || !strings.Contains(text, "figure.json: E-BUG: a defect in whybox: x") {
		t.Errorf("said %s", text)
	}
}
