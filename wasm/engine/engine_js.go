package engine

import (
	"encoding/json"

	"github.com/whybox/whybox/internal/figure"
	"github.com/whybox/whybox/internal/pool"
	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/wasm/host"
)

// Run does what this worker was started for, for ever. files is where opened
// files go, nil where none can be.
func Run(files figure.Files) {
	w := host.NewWorker()
	if line := w.Line(); line != nil {
		help(w, line)
	} else {
		answer(w, files)
	}
}

// answer answers a page's questions.
func answer(w *host.Worker, files figure.Files) {
	out := outbox{w: w}
	yield := func() {
		out.flush()
		w.Yield()
	}
	server := worker.NewServer(out.put, yield)
	var helpers *pool.Pool
	helpers = pool.New(func() {
		w.Help(func(line *host.Line) (lost func()) {
			receive, lost := helpers.Join(line.Send)
			line.Listen(receive)
			return lost
		})
	}, yield)
	server.Use(helpers)
	server.Open(files)
	w.Listen(func(text string, file []byte) {
		var q worker.Question
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			panic("the page sent a question that is not one")
		}
		q.File = file
		server.Receive(q)
	})
	server.Run()
}

// outbox posts panels together with the answer that follows them: a message
// costs as much as drawing a small picture.
type outbox struct {
	w     *host.Worker
	batch worker.Batch
}

func (o *outbox) put(a worker.Answer) {
	if err := o.batch.Add(a); err != nil {
		a = worker.Answer{ID: a.ID, Kind: worker.Failed, Problems: worker.Problems(err)}
		if err = o.batch.Add(a); err != nil {
			panic("an answer that holds only strings cannot be written as JSON")
		}
	}
	if a.Kind != worker.PanelKind {
		o.flush()
	}
}

func (o *outbox) flush() {
	if message := o.batch.Take(); message != nil {
		o.w.Send(message)
	}
}

// help computes parts for an engine.
func help(w *host.Worker, line *host.Line) {
	h := pool.NewHelper(line.Send, w.Yield, figure.NewBuilder().Help)
	line.Listen(h.Receive)
	h.Run()
}
