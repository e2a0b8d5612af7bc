//go:build !js

package main_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/bench"
)

// TestContenders has every contender do a row once, in Chromium. Run itself
// compares: whybox, alone and with helpers, must give the bits it gives
// natively, the others what Reference says.
func TestContenders(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	module := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(module, "node_modules")); err != nil {
		t.Fatalf("%v; run: npm ci --ignore-scripts", err)
	}
	rows := map[string][]string{ // with those who take part
		"occlusion":    {"go", "go-pool", "tfjs-1", "ort-1", "tfjs-2", "ort-2", "plain", "native"},
		"gemm-4-64-64": {"go", "native", "bound"},
	}
	report, err := bench.Run(ctx, bench.Options{
		Module: module, Only: []string{"occlusion", "gemm-4-64-64"}, Effort: bench.Effort{Repeats: 1, Sample: 1}, Log: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Rows) != len(rows) {
		t.Fatalf("%d rows, want %d", len(report.Rows), len(rows))
	}
	for _, row := range report.Rows {
		done := map[string]bench.Timing{}
		for _, x := range row.Timings {
			done[x.Key] = x
		}
		for _, c := range report.Contenders {
			x, ok := done[c.Key]
			if want := slices.Contains(rows[row.Task.Name], c.Key); ok != want {
				t.Errorf("%s: %s takes part: %t", row.Task.Name, c.Name, ok)
			} else if ok && !(x.Median >= 0) { // so little work may end within a tick of the clock
				t.Errorf("%s: %s took %g ms", row.Task.Name, c.Name, x.Median)
			}
		}
		if row.Task.Name == "occlusion" {
			how := "2 workers"
			if runtime.NumCPU() == 2 && done["go-pool"].How != how {
				t.Errorf("with the pool: %s, want %s", done["go-pool"].How, how)
			}
			if row.Pool == nil || !(row.Pool.Ratio > 0) {
				t.Errorf("no verdict on the pool: %+v", row.Pool)
			}
		}
	}
}
