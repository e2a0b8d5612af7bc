package pool

import (
	"slices"
	"time"
)

// round is one task being shared out.
type round struct {
	*Pool
	describe func() (Job, error)
	check    func() error
	compute  func(i int) ([]float64, error)
	came     func(i int)

	out  [][]float64 // by part; nil where it is not there yet
	left int         // parts that are not
	next int         // first part that nobody was given
	redo []int       // parts of helpers that are gone

	job    uint32 // 0 while no helper is to be asked
	begin  message
	model  string
	heard  []*helper     // of the job
	each   time.Duration // that a part takes here
	rested time.Time
}

// run computes all parts.
func (r *round) run() error {
	defer r.end()
	for r.left > 0 {
		if r.job == 0 && (r.aside || r.each*time.Duration(r.left) > shareFrom) {
			if err := r.share(); err != nil {
				return err
			}
		}
		if r.job != 0 {
			r.hear()
		}
		i, ok := r.take()
		if !ok {
			if err := r.await(); err != nil {
				return err
			}
			continue
		}
		if err := r.here(i); err != nil {
			return err
		}
	}
	return nil
}

// share gets the job ready to be sent.
func (r *round) share() error {
	j, err := r.describe()
	if err != nil {
		return err
	}
	r.jobs++
	r.job, r.model = r.jobs, j.Model
	r.begin = message{verb: verbStart, job: r.job, text: j.Text, state: j.State}
	return nil
}

// offer sends the job to helpers that have not heard of it. One that has worked
// with the model before is taken to be ready, so that it gets its first parts
// with the job.
func (r *round) offer() {
	for _, h := range r.alive() {
		if slices.Contains(r.heard, h) {
			continue
		}
		m := r.begin
		if h.model == r.model {
			m.state = nil
		}
		h.model, h.portions = r.model, nil
		if h.able == r.model {
			h.job = r.job
		}
		r.heard = append(r.heard, h)
		h.send(m.encode())
	}
}

// here computes part i.
func (r *round) here(i int) error {
	began := r.now()
	numbers, err := r.compute(i)
	if err != nil {
		return err
	}
	took := r.now().Sub(began)
	if r.each == 0 {
		r.each = took
	}
	r.each += (took - r.each) / 8
	r.keep(i, numbers)
	if r.each*time.Duration(r.left) > openFrom {
		r.wish()
	}
	return nil
}

// wish asks for helpers where there are none and none are on their way.
func (p *Pool) wish() {
	if p.opened < openings && len(p.alive()) == 0 && time.Since(p.asked) > arrival {
		p.opened++
		p.asked = time.Now()
		p.open()
	}
}

func (r *round) keep(i int, numbers []float64) bool {
	if r.out[i] != nil {
		return false
	}
	if numbers == nil {
		numbers = []float64{}
	}
	r.out[i] = numbers
	r.left--
	return true
}

// take returns a part to compute here, if nobody has it.
func (r *round) take() (i int, ok bool) {
	for len(r.redo) > 0 {
		i, r.redo = r.redo[0], r.redo[1:]
		if r.out[i] == nil {
			return i, true
		}
	}
	if r.next < len(r.out) && !(r.aside && len(r.heard) > 0) {
		r.next++
		return r.next - 1, true
	}
	return 0, false
}

// hear lets helpers in now and then, and gives them more to do.
func (r *round) hear() {
	r.offer()
	if len(r.heard) == 0 {
		return
	}
	if time.Since(r.rested) >= listen {
		r.rest()
		r.rested = time.Now()
	}
	r.read()
	r.assign()
}

// read takes in what the helpers sent.
func (r *round) read() {
	for _, m := range r.mail() {
		h := m.from
		switch {
		case m.verb == verbFailed && (m.job == r.job || m.job == 0):
			h.model, h.able, h.job = "", "", 0
			for _, p := range h.portions {
				for i := p.from; i < p.to; i++ {
					r.redo = append(r.redo, i)
				}
			}
			h.portions = nil
		case m.job != r.job:
		case m.verb == verbReady:
			h.job, h.able = r.job, r.model
		case m.verb == verbCame && len(h.portions) > 0 && m.fits(h.portions[0]):
			first := h.portions[0].from
			h.portions = h.portions[1:]
			for k, numbers := range m.numbers {
				if r.keep(first+k, numbers) {
					r.came(first + k)
				}
			}
		}
	}
}

// fits reports whether a message holds the numbers of a portion.
func (m message) fits(p portion) bool {
	return int(m.from) == p.from && int(m.to) == p.to && len(m.numbers) == p.to-p.from
}

// assign gives every helper that is ready what it can do while the next
// message comes.
func (r *round) assign() {
	size := len(r.out)
	if r.each > 0 {
		size = int(min(grain/r.each, time.Duration(size)))
	}
	for _, h := range r.heard {
		for h.job == r.job && len(h.portions) < ahead && r.next < len(r.out) {
			fair := (len(r.out) - r.next) / (ahead * (len(r.heard) + 1))
			n := max(1, min(size, fair))
			p := portion{r.next, r.next + n}
			r.next = p.to
			h.portions = append(h.portions, p)
			h.send(message{verb: verbPart, job: r.job, from: uint32(p.from), to: uint32(p.to)}.encode())
		}
	}
}

// await waits for the parts that helpers have. Where they are late it computes
// one of them here.
func (r *round) await() error {
	size := 0
	for _, h := range r.heard {
		for _, p := range h.portions {
			size = max(size, p.to-p.from)
		}
	}
	late := make(chan struct{}) // a time.Timer's own channel would bring along all that writes and reads dates
	timer := time.AfterFunc(r.patience+4*r.each*time.Duration(size), func() { close(late) })
	defer timer.Stop()
	if err := r.check(); err != nil {
		return err
	}
	select {
	case <-r.bell:
		r.read()
		return nil
	case <-late:
	}
	for _, h := range r.heard {
		if len(h.portions) > 0 {
			h.able = ""
		}
	}
	for i, numbers := range r.out {
		if numbers == nil {
			return r.here(i)
		}
	}
	return nil
}

// end tells the helpers that nothing more is wanted.
func (r *round) end() {
	if r.job == 0 {
		return
	}
	for _, h := range r.heard {
		h.job, h.portions = 0, nil
		h.send(message{verb: verbEnd, job: r.job}.encode())
	}
}
