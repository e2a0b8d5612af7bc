package main

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/bench/pagespeed"
)

// TestPageSpeed measures the built page once, as it is served. It wants the
// page to explain, however long that takes.
func TestPageSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser six times")
	}
	dir := filepath.FromSlash("../../web/dist")
	if err := built(dir); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(page{dir: dir})
	defer s.Close()
	o := pagespeed.Options{Address: s.URL + "/", Repeats: 1, Steps: 20}
	start, err := pagespeed.MeasureStart(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	drag, err := pagespeed.MeasureDrag(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := start.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := drag.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
	for name, v := range map[string]pagespeed.Visit{"cold": start.Cold, "cached": start.Cached} {
		if v.FirstPaint <= 0 || v.Explained < v.FirstPaint || v.Ready < v.Running || v.Live < v.Ready {
			t.Errorf("%s: the times are in no order: %+v", name, v)
		}
	}
	if start.Cold.Bytes < 500_000 || start.Cached.Bytes > start.Cold.Bytes/10 {
		t.Errorf("%d bytes were transferred, then %d", start.Cold.Bytes, start.Cached.Bytes)
	}
	if drag.Shown == 0 || drag.Inputs < 10 || drag.Frame.Median <= 0 || drag.Bytes <= 0 {
		t.Errorf("nothing was dragged: %+v", drag)
	}
	if drag.Ahead == 0 && drag.Asked == 0 {
		t.Errorf("nothing was asked: %+v", drag)
	}
}
