package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/whybox/whybox/internal/bench/pagespeed"
)

// Targets of the page, in ms: from navigation to the first explanation, and
// for 95 of 100 steps of a drag, from the input to the frame that explains it.
const (
	coldTarget   = 1000
	cachedTarget = 400
	frameTarget  = 16
)

// page is how the built page did.
type page struct {
	Start pagespeed.Start `json:"start"`
	Drag  pagespeed.Drag  `json:"drag"`
}

// measurePage serves the built page as `whybox serve` does and measures it.
func measurePage(ctx context.Context) (*page, error) {
	server := exec.CommandContext(ctx, filepath.Join("build", "whybox"), "serve", "--addr", "127.0.0.1:0")
	server.Stderr = os.Stderr
	said, err := server.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w; build it with: make page", err)
	}
	defer func() {
		_ = server.Process.Kill() // it may have ended by itself
		_ = server.Wait()         // it was killed
	}()
	address, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the server did not say where it listens: %w", err)
	}
	o := pagespeed.Options{Address: strings.TrimSpace(address)}
	var p page
	if p.Start, err = pagespeed.MeasureStart(ctx, o); err != nil {
		return nil, err
	}
	p.Drag, err = pagespeed.MeasureDrag(ctx, o)
	return &p, err
}

// write prints how the page did, and against what.
func (p *page) write(w io.Writer) error {
	if err := p.Start.Write(w); err != nil {
		return err
	}
	if err := p.Drag.Write(w); err != nil {
		return err
	}
	for _, t := range []struct {
		what          string
		value, target float64
	}{
		{"first explanation, cold", p.Start.Cold.Explained, coldTarget},
		{"first explanation, cached", p.Start.Cached.Explained, cachedTarget},
		{"slider to frame, p95", p.Drag.Frame.P95, frameTarget},
	} {
		verdict := "met"
		if t.value > t.target {
			verdict = "missed"
		}
		if _, err := fmt.Fprintf(w, "%s: %.0f ms, target %.0f: %s\n", t.what, t.value, t.target, verdict); err != nil {
			return err
		}
	}
	if d := p.Drag; d.Frame.P95 > frameTarget && d.Inputs > 0 {
		_, err := fmt.Fprintf(w, "  %d of %d inputs are explained in the next frame, half of all within %.1f ms; %d had to be asked for when they came. "+
			"The limit is the frame: building it takes %.1f ms (p95 %.1f), the browser's style, layout and paint %.1f (p95 %.1f), and more where other threads want the cores\n",
			d.Next, d.Inputs, d.Every.Median, d.Asked, d.Render.Median, d.Render.P95, d.Paint.Median, d.Paint.P95)
		return err
	}
	return nil
}
