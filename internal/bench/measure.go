package bench

import (
	"fmt"
	"math"

	"github.com/whybox/whybox/internal/bench/task"
)

// Effort says how long to measure.
type Effort struct {
	Repeats int     // timed samples a contender, whose median counts
	Sample  float64 // ms that a sample takes at least, by repeating the work within it
	Warm    float64 // ms of work before the first sample
}

// Full is what `make bench` takes.
var Full = Effort{Repeats: 11, Sample: 30, Warm: 400}

// Timing is what one contender took for one task.
type Timing struct {
	Key     string     `json:"key"`
	Median  float64    `json:"median"`  // ms a run
	Quarter [2]float64 `json:"quarter"` // ms a run, the quartiles
	Samples []float64  `json:"samples"` // ms a run
	Inner   int        `json:"inner"`   // runs a sample
	Off     float64    `json:"off"`     // largest difference from what it should compute
	How     string     `json:"how,omitempty"`
}

// entrant is a contender that takes part in a task.
type entrant struct {
	Contender
	runner
	timing Timing
	first  float64 // ms of the first run
}

// long is a first run, in ms, after which no more are needed to warm up.
const long = 5000

// measure lets every contender do the task, in turn, so that whatever else the
// machine does meets all alike. It returns an error, and no time, where one
// computes something else than it should.
func measure(t task.Task, a task.Arrays, all []entrant, e Effort) ([]Timing, error) {
	exact, err := ours(t, a)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name, err)
	}
	want, err := task.Reference(t, a, exact)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name, err)
	}
	var in []entrant
	for _, c := range all {
		able, how, err := c.prepare(t)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", t.Name, c.Name, err)
		}
		if !able {
			continue
		}
		c.timing = Timing{Key: c.Key, How: how}
		if err := c.agree(want, exact); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", t.Name, c.Name, err)
		}
		if err := c.warm(e); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", t.Name, c.Name, err)
		}
		in = append(in, c)
	}
	for round := range e.Repeats {
		for i := range in {
			c := &in[(i+round)%len(in)]
			ms, err := c.sample(c.timing.Inner)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", t.Name, c.Name, err)
			}
			c.timing.Samples = append(c.timing.Samples, ms/float64(c.timing.Inner))
		}
	}
	out := make([]Timing, len(in))
	for i, c := range in {
		c.timing.Median = median(c.timing.Samples)
		c.timing.Quarter = [2]float64{quantile(c.timing.Samples, 0.25), quantile(c.timing.Samples, 0.75)}
		out[i] = c.timing
	}
	return out, nil
}

// ours returns what whybox computes natively.
func ours(t task.Task, a task.Arrays) ([]float64, error) {
	w, err := task.New(t, a)
	if err != nil {
		return nil, err
	}
	if err := w.Run(); err != nil {
		return nil, err
	}
	return w.Output(), nil
}

// agree compares what the contender computes: whybox must have the same bits as
// natively, all others what want says.
func (c *entrant) agree(want, exact []float64) error {
	if c.Role == Limit {
		return nil
	}
	var err error
	if c.first, err = c.sample(1); err != nil {
		return err
	}
	got, err := c.output(true)
	if err != nil {
		return err
	}
	limit := float64(tolerance)
	if c.Role == Ours || c.Role == Pool || c.Role == Scale {
		want, limit = exact, 0
	}
	c.timing.Off, err = compare(got, want, limit)
	return err
}

// warm finds how many runs make a sample, and runs until the browser has had
// time to optimise.
func (c *entrant) warm(e Effort) error {
	c.timing.Inner = 1
	if c.first >= max(long, e.Sample, e.Warm) {
		return nil
	}
	for spent := 0.0; ; {
		ms, err := c.sample(c.timing.Inner)
		if err != nil {
			return err
		}
		spent += ms
		if ms < e.Sample {
			more := 2.0
			if ms > 0 {
				more = min(10, 1.1*e.Sample/ms)
			}
			c.timing.Inner = int(math.Ceil(float64(c.timing.Inner) * more))
		} else if spent >= e.Warm {
			return nil
		}
	}
}
