package pool

import (
	"errors"
	"testing"
	"time"

	"github.com/whybox/whybox/internal/explain"
)

// squares is a task whose part i is i², each taking so long.
func squares(p *Pool, each time.Duration, job func() (Job, error)) explain.Share {
	return func(n int, _ func(int) ([]float64, error), came func(int)) ([][]float64, error) {
		return p.Share("squares", job, func() error { return nil })(n, square(each), came)
	}
}

func square(each time.Duration) func(i int) ([]float64, error) {
	return func(i int) ([]float64, error) {
		time.Sleep(each)
		return []float64{float64(i * i)}, nil
	}
}

// check fails unless out holds the squares of 0, 1, ...
func check(t *testing.T, out [][]float64, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range out {
		if len(v) != 1 || v[0] != float64(i*i) {
			t.Errorf("part %d is %v", i, v)
		}
	}
}

// A task too short to be shared out is not described: that may copy weights.
func TestShortTask(t *testing.T) {
	described, opened := 0, 0
	p := New(func() { opened++ }, func() {}).Timed(time.Microsecond)
	p.Join(func([]byte) { t.Error("a helper hears of a short task") })
	job := func() (Job, error) { described++; return Job{}, nil }
	for range 3 {
		out, err := squares(p, 0, job)(20, nil, func(int) {})
		check(t, out, err)
	}
	if described != 0 || opened != 0 {
		t.Errorf("described %d times, helpers asked for %d times", described, opened)
	}
	out, err := squares(New(func() { opened++ }, func() {}).Timed(time.Millisecond), 0, job)(40, nil, func(int) {})
	check(t, out, err)
	if described != 1 || opened != 1 {
		t.Errorf("a long task: described %d times, helpers asked for %d times", described, opened)
	}
	wrong := errors.New("it cannot be described")
	if _, err := squares(p.Timed(time.Millisecond), 0, func() (Job, error) { return Job{}, wrong })(40, nil, func(int) {}); err != wrong {
		t.Errorf("a job that cannot be described: %v", err)
	}
}

// hire has a goroutine help p.
func hire(p *Pool, help Help) (lost func()) {
	var h *Helper
	var receive func([]byte)
	back, forth := make(chan []byte, 1000), make(chan []byte, 1000)
	receive, lost = p.Join(func(text []byte) { forth <- text })
	h = NewHelper(func(text []byte) { back <- text }, func() {}, help)
	carry := func(line chan []byte, to func([]byte)) {
		for text := range line {
			to(text)
		}
	}
	go carry(back, receive)
	go carry(forth, h.Receive)
	go h.Run()
	return lost
}

// A helper gets the state of a model once; one that is lost is no longer there.
func TestStates(t *testing.T) {
	p := NewIdle(func() {}, func() { time.Sleep(10 * time.Microsecond) })
	states, came := make(chan int, 100), 0
	lost := hire(p, func(text []byte, state []float32, share explain.Share, pace func() error) error {
		states <- len(state)
		_, err := share(0, square(0), nil)
		return err
	})
	round := func(model string) {
		out, err := squares(p, 0, func() (Job, error) { return Job{Model: model, State: make([]float32, 7)}, nil })(20, nil, func(int) { came++ })
		check(t, out, err)
	}
	want := func(n int) {
		t.Helper()
		if got := <-states; got != n {
			t.Errorf("a state of %d numbers was sent, want %d", got, n)
		}
	}
	round("a")
	want(7)
	round("a")
	want(0)
	round("b")
	want(7)
	if came < 3 {
		t.Errorf("%d parts came from the helper", came)
	}
	lost()
	if n := p.Helpers(); n != 0 {
		t.Errorf("%d helpers are there", n)
	}
	round("b")
	if len(states) > 0 {
		t.Error("a helper that was lost is asked")
	}
}

// A helper that refuses is sent the state anew, as it may have lost it; the
// parts are computed here.
func TestRefusal(t *testing.T) {
	p := New(func() {}, func() { time.Sleep(10 * time.Microsecond) })
	states := make(chan int, 100)
	hire(p, func(_ []byte, state []float32, _ explain.Share, _ func() error) error {
		states <- len(state)
		return errors.New("no")
	})
	for range 3 {
		job := func() (Job, error) { return Job{Model: "a", State: make([]float32, 7)}, nil }
		out, err := squares(p, time.Millisecond, job)(40, nil, func(int) { t.Error("a part came from one who refuses") })
		check(t, out, err)
		if got := <-states; got != 7 {
			t.Errorf("a state of %d numbers was sent, want 7", got)
		}
	}
}

// A helper that has worked with a model gets parts without being asked whether
// it is ready, until it lets the engine wait.
func TestReady(t *testing.T) {
	p := newPool(func() {}, func() {}, true, 5*time.Millisecond)
	var receive func([]byte)
	answers, silent, given := true, false, 0
	receive, _ = p.Join(func(text []byte) {
		m, err := decode(text)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case m.verb == verbStart && answers:
			receive(message{verb: verbReady, job: m.job}.encode())
		case m.verb == verbPart:
			given++
			if silent {
				return
			}
			back := message{verb: verbCame, job: m.job, from: m.from, to: m.to}
			for i := m.from; i < m.to; i++ {
				back.numbers = append(back.numbers, []float64{float64(i * i)})
			}
			receive(back.encode())
		}
	})
	for _, c := range []struct {
		answers, silent bool
		model           string
		given           bool
	}{
		{true, false, "a", true},
		{false, false, "a", true},
		{false, false, "b", false},
		{true, false, "b", true},
		{false, true, "b", true},
		{false, true, "b", false},
	} {
		answers, silent, given = c.answers, c.silent, 0
		job := func() (Job, error) { return Job{Model: c.model}, nil }
		out, err := squares(p, 0, job)(12, nil, func(int) {})
		check(t, out, err)
		if (given > 0) != c.given {
			t.Errorf("%+v: %d portions were given", c, given)
		}
	}
}
