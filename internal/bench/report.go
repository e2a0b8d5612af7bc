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
	Best    string    `json:"best,omitempty"`   // key of the peer that the ratio is against
	Ratio   float64   `json:"ratio,omitempty"`  // the peer's time over ours; 0 where there is no peer
	Target  float64   `json:"target,omitempty"` // the least ratio that will do; 0 for none
	Met     bool      `json:"met"`              // Ratio ≥ Target
	Why     string    `json:"why,omitempty"`    // why not
	Error   string    `json:"error,omitempty"`  // why there are no times
	// GFLOPS is 10⁹ products and sums a second by contender, of a matrix product.
	GFLOPS map[string]float64 `json:"gflops,omitempty"`
}

// result puts the timings of a row against its target.
func (r row) result(t task.Task, timings []Timing, err error) Result {
	out := Result{Group: r.group, Title: r.title, Task: t, Timings: timings, Target: r.target}
	if err != nil {
		out.Error = err.Error()
		return out
	}
	if flops := 2 * float64(t.M) * float64(t.N) * float64(t.K); flops > 0 {
		out.GFLOPS = map[string]float64{}
		for _, x := range timings {
			out.GFLOPS[x.Key] = flops / x.Median / 1e6
		}
	}
	mine, best := 0.0, 0.0
	for _, x := range timings {
		switch role := roleOf(x.Key); {
		case role == Ours:
			mine = x.Median
		case r.peer == x.Key, r.peer == "" && role == Peer && (best == 0 || x.Median < best):
			best, out.Best = x.Median, x.Key
		}
	}
	if mine > 0 && best > 0 {
		out.Ratio = best / mine
	}
	out.Met = out.Ratio >= out.Target
	if !out.Met {
		out.Why = r.why
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
