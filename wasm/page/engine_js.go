package main

import (
	"encoding/json"

	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/wasm/host"
)

// engine answers questions for ever.
func engine() {
	w := host.NewWorker()
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
	w.Listen(func(text string) {
		var q worker.Question
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			panic("the page sent a question that is not one")
		}
		server.Receive(q)
	})
	server.Run()
}
