// Command run measures whybox against its peers in a headless Chromium, prints
// a table and writes build/bench.json and the curves of growth beside it. It
// runs in the folder of go.mod.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whybox/whybox/internal/bench"
)

func main() {
	log.SetFlags(0)
	only := flag.String("only", "", "names of tasks to measure, page or growth, with commas between; all if empty")
	out := flag.String("o", filepath.Join("build", "bench.json"), "file to write")
	repeats := flag.Int("repeats", bench.Full.Repeats, "samples of which the median is taken")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := bench.Options{Module: ".", Effort: bench.Full, Log: os.Stderr}
	o.Effort.Repeats = *repeats
	if *only != "" {
		o.Only = strings.Split(*only, ",")
	}
	report, wrong := bench.Run(ctx, o)
	if report == nil {
		log.Fatal(wrong)
	}
	var shown *page
	var err error
	if len(o.Only) == 0 || slices.Contains(o.Only, "page") {
		if shown, err = measurePage(ctx); err != nil {
			log.Fatal(err)
		}
	}
	content, err := json.MarshalIndent(struct {
		*bench.Report
		Page *page `json:"page,omitempty"`
	}{report, shown}, "", "\t")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(*out), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, append(content, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
	if err := report.WriteTable(os.Stdout); err != nil {
		log.Fatal(err)
	}
	if shown != nil {
		if err := shown.write(os.Stdout); err != nil {
			log.Fatal(err)
		}
	}
	pictures, err := report.Pictures()
	if err != nil {
		log.Fatal(err)
	}
	for name, picture := range pictures {
		if err := os.WriteFile(filepath.Join(filepath.Dir(*out), name), picture, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if wrong != nil {
		log.Fatal(wrong)
	}
}
