package bench

import (
	"runtime"

	"github.com/whybox/whybox/internal/bench/task"
)

// Report is what a run found, as build/bench.json holds it.
type Report struct {
	Machine    Machine     `json:"machine"`
	Contenders []Contender `json:"contenders"`
	Rows       []Result    `json:"rows"`
	Growth     []Series    `json:"growth,omitempty"`
}

// Series is how the time of KernelSHAP grows with one size.
type Series struct {
	Over   string   `json:"over"`   // "features" or "background rows"
	Points []Result `json:"points"` // of growing size
}

// Machine says where it was measured.
type Machine struct {
	Go    string `json:"go"`
	OS    string `json:"os"`
	Arch  string `json:"arch"`
	Cores int    `json:"cores"`
}

func machine() Machine {
	return Machine{runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU()}
}

// Result is one row of the table.
type Result struct {
	Group   string    `json:"group"`
	Title   string    `json:"title"`
	Task    task.Task `json:"task"`
	Timings []Timing  `json:"timings"`
	Best    string    `json:"best,omitempty"` // key of the peer that ratios are against
	Verdict           // on whybox alone
	Pool    *Verdict  `json:"pool,omitempty"`  // on whybox with helpers; nil where they take no part, or there is nothing to judge
	Few     int       `json:"few,omitempty"`   // repeats, where they are fewer than elsewhere
	Note    string    `json:"note,omitempty"`  // for readers
	Error   string    `json:"error,omitempty"` // why there are no times
	// GFLOPS is 10⁹ products and sums a second by contender, of a matrix product.
	GFLOPS map[string]float64 `json:"gflops,omitempty"`
}

// Verdict puts whybox against the best peer, and against a time of its own.
type Verdict struct {
	Ratio  float64 `json:"ratio,omitempty"`  // the peer's time over ours; 0 where there is no peer
	Target float64 `json:"target,omitempty"` // the least ratio that will do; 0 for none
	Limit  float64 `json:"limit,omitempty"`  // the most ms a run that will do; 0 for any
	Met    bool    `json:"met"`              // Ratio ≥ Target, and within Limit
	Why    string  `json:"why,omitempty"`    // why not
}

// against judges a time of whybox, in ms, by that of the best peer, 0 for none.
func (a aim) against(best, mine float64) Verdict {
	out := Verdict{Target: a.ratio, Limit: a.limit}
	if mine > 0 && best > 0 {
		out.Ratio = best / mine
	}
	out.Met = out.Ratio >= out.Target && (out.Limit == 0 || mine > 0 && mine <= out.Limit)
	if !out.Met {
		out.Why = a.why
	}
	return out
}

// result puts the timings of a row against its targets.
func (r row) result(t task.Task, timings []Timing, err error) Result {
	out := Result{Group: r.group, Title: r.title, Task: t, Timings: timings, Few: r.few, Note: r.note}
	if err != nil {
		out.Target, out.Limit, out.Error = r.alone.ratio, r.alone.limit, err.Error()
		return out
	}
	if flops := 2 * float64(t.M) * float64(t.N) * float64(t.K); flops > 0 {
		out.GFLOPS = map[string]float64{}
		for _, x := range timings {
			out.GFLOPS[x.Key] = flops / x.Median / 1e6
		}
	}
	alone, shared, best := 0.0, 0.0, 0.0
	for _, x := range timings {
		switch role := roleOf(x.Key); {
		case role == Ours:
			alone = x.Median
		case role == Pool:
			shared = x.Median
		case r.peer == x.Key, r.peer == "" && role == Peer && (best == 0 || x.Median < best):
			best, out.Best = x.Median, x.Key
		}
	}
	out.Verdict = r.alone.against(best, alone)
	if shared > 0 && (best > 0 || r.pool != aim{}) {
		v := r.pool.against(best, shared)
		out.Pool = &v
	}
	return out
}

func roleOf(key string) Role {
	for _, c := range contenders {
		if c.Key == key {
			return c.Role
		}
	}
	return ""
}
