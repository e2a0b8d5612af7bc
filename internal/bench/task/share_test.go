package task

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/explain"
	"github.com/whybox/whybox/internal/pool"
)

// A helper computes the very numbers of each part that the task itself does,
// from what it is sent alone, and again when nothing is sent anew.
func TestHelp(t *testing.T) {
	over := errors.New("over")
	for _, one := range few() {
		if !one.Shared() {
			continue
		}
		a := generate(t, []Task{one})
		w, err := New(one, a)
		if err != nil {
			t.Fatal(err)
		}
		var here [][]float64
		w.query.Share = func(n int, compute func(int) ([]float64, error), _ func(int)) ([][]float64, error) {
			out := make([][]float64, n)
			for i := range out {
				if out[i], err = compute(i); err != nil {
					return nil, err
				}
			}
			here = out
			return out, nil
		}
		if err := w.Run(); err != nil {
			t.Fatal(err)
		}
		j, err := one.job(a)
		if err != nil {
			t.Fatal(err)
		}
		var h Helper
		for _, state := range [][]float32{j.State, nil} {
			there := make([][]float64, len(here))
			share := func(_ int, compute func(int) ([]float64, error), _ func(int)) ([][]float64, error) {
				for i := range slices.Backward(there) {
					if there[i], err = compute(i); err != nil {
						return nil, err
					}
				}
				return nil, over
			}
			if err := h.Help(j.Text, state, share, func() error { return nil }); err != over {
				t.Errorf("%s ended with %v", one.Name, err)
			}
			if len(here) < 2 || !reflect.DeepEqual(here, there) {
				t.Errorf("%s: the parts are %v, a helper's %v", one.Name, here, there)
			}
		}
		stop := errors.New("stop")
		never := explain.Share(func(n int, compute func(int) ([]float64, error), _ func(int)) ([][]float64, error) {
			_, err := compute(0)
			return nil, err
		})
		if err := h.Help(j.Text, nil, never, func() error { return stop }); err != stop {
			t.Errorf("%s, stopped, ended with %v", one.Name, err)
		}
	}
	var h Helper
	for text, state := range map[string][]float32{`{}`: nil, `{`: {1}, `{"task":{"kind":"gemm"}}`: {1}, `{"parts":{"x":{"from":1,"length":1}}}`: {1}} {
		if err := h.Help([]byte(text), state, nil, nil); err == nil {
			t.Errorf("a job %s with %d numbers is helped with", text, len(state))
		}
	}
}

// A pool without helpers changes nothing.
func TestSharedAlone(t *testing.T) {
	for _, one := range few() {
		if !one.Shared() {
			continue
		}
		a := generate(t, []Task{one})
		alone, err := New(one, a)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewShared(one, a, pool.New(func() {}, func() {}), func() { t.Error("a part came from nobody") })
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(alone.Run(), w.Run()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(alone.Output(), w.Output()) {
			t.Errorf("%s: %v, in a pool %v", one.Name, alone.Output(), w.Output())
		}
	}
}
