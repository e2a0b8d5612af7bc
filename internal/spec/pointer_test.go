package spec

import (
	"errors"
	"math"
	"reflect"
	"testing"
)

func TestPointer(t *testing.T) {
	s := parsed(t, full)
	before := Clone(s)
	for _, tt := range []struct {
		path string
		now  float64
		held bool
		next float64
	}{
		{"/seed", 1 << 53, true, 7},
		{"/data/test", 0.3, true, 0.4},
		{"/data/knobs/noise", 0, false, 0.1},
		{"/model/stop", 0, true, 40},
		{"/model/knobs/learning-rate", 0.05, true, 0.1},
		{"/model/knobs/sizes", 0, false, 3}, // a text: Check refuses what Set put there
		{"/explain/row", 0, true, 3},
		{"/explain/knobs/steps", 128, true, 16},
		{"/explain/edit/od280~1od315", 2.5, true, 3},
		{"/explain/edit/petal length", 0, false, 3},
		{"/explain/compare/knobs/steps", 0, false, 3},
		{"/explain/counterfactual/knobs/count", 2, true, 1},
		{"/explain/counterfactual/rise", 0, true, -4},
		{"/view/width", 800, true, 700},
		{"/view/height", 600, true, 500},
		{"/view/rows", 60, true, 80},
		{"/view/tree", 3, true, 7},
	} {
		got, held := Get(s, tt.path)
		if got != tt.now || held != tt.held {
			t.Errorf("Get(%s) = %v, %v, want %v, %v", tt.path, got, held, tt.now, tt.held)
		}
		next, err := Set(s, tt.path, tt.next)
		if err != nil {
			t.Errorf("Set(%s): %v", tt.path, err)
			continue
		}
		if got, held := Get(next, tt.path); got != tt.next || !held {
			t.Errorf("after Set(%s, %v), Get = %v, %v", tt.path, tt.next, got, held)
		}
		if !reflect.DeepEqual(s, before) {
			t.Fatalf("Set(%s) changed the spec it was given", tt.path)
		}
	}
}

func TestPointerMakesMaps(t *testing.T) {
	s := parsed(t, minimal)
	for _, path := range []string{"/data/knobs/noise", "/explain/edit/x", "/model/stop", "/data/test", "/explain/row"} {
		next, err := Set(s, path, 0)
		if err != nil {
			t.Errorf("Set(%s): %v", path, err)
			continue
		}
		if got, held := Get(next, path); got != 0 || !held {
			t.Errorf("Get(%s) = %v, %v, want 0, true", path, got, held)
		}
	}
}

func TestPointerRefuses(t *testing.T) {
	s := parsed(t, minimal)
	for _, path := range []string{"", "/", "seed", "/seed/x", "/title", "/data", "/data/name", "/data/knobs", "/params/0/min", "/data/knobs/a~2",
		"/explain/compare/knobs/steps", "/explain/counterfactual/rise", "/explain/counterfactual/knobs/count"} {
		_, err := Set(s, path, 1)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodePointer {
			t.Errorf("Set(%q): %v, want %s", path, err, CodePointer)
		}
		if _, held := Get(s, path); held {
			t.Errorf("Get(%q) found a number", path)
		}
	}
	for path, x := range map[string]float64{"/seed": -1, "/model/stop": 1.5, "/view/width": math.Inf(1), "/explain/edit/x": math.NaN(), "/explain/row": 1e300} {
		_, err := Set(s, path, x)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeRange {
			t.Errorf("Set(%q, %v): %v, want %s", path, x, err, CodeRange)
		}
	}
}
