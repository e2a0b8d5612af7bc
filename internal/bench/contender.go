package bench

import (
	"time"

	"github.com/whybox/whybox/internal/bench/task"
)

// Role of a contender in the comparison.
type Role string

const (
	Ours   Role = "ours"
	Pool   Role = "pool"   // ours, with the helpers that a page has
	Peer   Role = "peer"   // what a user would take instead, in a page without special headers
	Thread Role = "thread" // a peer with threads, which need a cross-origin isolated page
	Floor  Role = "floor"  // plain JavaScript; not a peer
	Scale  Role = "scale"  // shown to give a scale
	Limit  Role = "limit"  // what the machine can do at the most
)

// Contender is one that does tasks.
type Contender struct {
	Key  string `json:"key"`  // the script and its options, as page/contender.js takes them
	Name string `json:"name"` // for readers
	Role Role   `json:"role"`
}

// contenders are all there are, in the order of the table.
var contenders = []Contender{
	{"go", "whybox", Ours},
	{"go-pool", "whybox, pool", Pool},
	{"tfjs-1", "tfjs wasm", Peer},
	{"ort-1", "ORT web", Peer},
	{"tfjs-cpu", "tfjs cpu", Peer},
	{"tfjs-2", "tfjs wasm, 2 threads", Thread},
	{"ort-2", "ORT web, 2 threads", Thread},
	{"plain", "plain JS", Floor},
	{"native", "native Go", Scale},
	{"bound", "bound", Limit},
}

// runner does tasks, one after the other.
type runner interface {
	// prepare returns false where the runner has no such work, and how it goes
	// about it, or "".
	prepare(t task.Task) (able bool, how string, err error)
	// sample returns how many ms so many runs took.
	sample(inner int) (float64, error)
	// output returns what the last run computed; with check, what a run
	// computes whose chances are everyone's.
	output(check bool) ([]float64, error)
}

// inTab is a contender in a worker of a tab.
type inTab struct {
	*tab
	key string
}

func (c inTab) prepare(t task.Task) (bool, string, error) { return c.tab.prepare(c.key, t) }
func (c inTab) sample(inner int) (float64, error)         { return c.tab.sample(c.key, inner) }
func (c inTab) output(check bool) ([]float64, error)      { return c.tab.output(c.key, check) }

// native is whybox in this very process.
type native struct {
	arrays task.Arrays
	work   *task.Work
}

func (c *native) prepare(t task.Task) (bool, string, error) {
	if t.Kind == task.Call {
		return false, "", nil
	}
	var err error
	c.work, err = task.New(t, c.arrays)
	return err == nil, "", err
}

func (c *native) sample(inner int) (float64, error) {
	from := time.Now()
	for range inner {
		if err := c.work.Run(); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(from).Nanoseconds()) / 1e6, nil
}

func (c *native) output(bool) ([]float64, error) { return c.work.Output(), nil }
