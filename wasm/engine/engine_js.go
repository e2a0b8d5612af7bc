package engine

import (
	"encoding/json"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/wasm/host"
)

// Run does what this worker was started for, for ever.
func Run() {
	w := host.NewWorker()
	if line := w.Line(); line != nil {
		help(w, line)
	} else {
		answer(w)
	}
}

// answer answers a page's questions.
func answer(w *host.Worker) {
	server := worker.NewServer(func(a worker.Answer) {
		text, err := json.Marshal(a)
		if err != nil {
			text, err = json.Marshal(worker.Answer{ID: a.ID, Kind: worker.Failed, Problems: worker.Problems(err)})
			if err != nil {
				panic("an answer that holds only strings cannot be written as JSON")
			}
		}
		w.Send(string(text), a.SVG)
	}, w.Yield)
	var helpers *pool.Pool
	helpers = pool.New(func() {
		w.Help(func(line *host.Line) (lost func()) {
			receive, lost := helpers.Join(line.Send)
			line.Listen(receive)
			return lost
		})
	}, w.Yield)
	server.Use(helpers)
	w.Listen(func(text string) {
		var q worker.Question
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			panic("the page sent a question that is not one")
		}
		server.Receive(q)
	})
	server.Run()
}

// help computes parts for an engine.
func help(w *host.Worker, line *host.Line) {
	h := pool.NewHelper(line.Send, w.Yield, figure.NewBuilder().Help)
	line.Listen(h.Receive)
	h.Run()
}
