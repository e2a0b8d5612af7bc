package still

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"

	"github.com/whybox/whybox/internal/worker"
	"github.com/whybox/whybox/web/ui"
)

// part is a piece of a picture.
var (
	part = regexp.MustCompile(`(?s)<g>.*?</g>`)
	own  = regexp.MustCompile(`(<g) data-own="[^"]*"`) // the page says more of a part than a picture does
)

func render(t *testing.T, app *ui.App) string {
	t.Helper()
	env, err := vugu.NewBuildEnv()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := staticrender.New(&b).Render(env.RunBuild(app)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func start(ask func(worker.Question), hash string) *ui.App {
	app := &ui.App{Ask: ask, Restart: func() {}, Copy: func(string) {}, SetHash: func(string, bool) {}, Media: wide}
	app.Start(hash)
	return app
}

// TestGalleryIsWhatTheEngineAnswers compares the rendered gallery with one that
// a worker answered.
func TestGalleryIsWhatTheEngineAnswers(t *testing.T) {
	html, saved, err := Gallery()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html, " style=") || !strings.Contains(html, ` data-style="width:`) {
		t.Error("the page's policy forbids the attribute style")
	}
	var app *ui.App
	questions := make(chan worker.Question, 10)
	app = start(func(q worker.Question) { questions <- q }, "")
	app.Ready()
	pictures := map[string]string{} // the last of each view: those before show a model in training
	answers := make(chan worker.Answer, 10000)
	server := worker.NewServer(func(a worker.Answer) { answers <- a }, func() {})
	go server.Run()
	server.Receive(<-questions)
	for a := range answers {
		app.Receive(a)
		if from := strings.Index(a.SVG, "<g>"); from > 0 {
			pictures[a.View] = a.SVG[from:]
		}
		if a.Kind == worker.Done {
			break
		}
	}
	plain := func(html string) string { return own.ReplaceAllString(html, "$1") }
	for name, svg := range pictures {
		if !strings.Contains(plain(html), svg) {
			t.Errorf("the picture of the %s is another", name)
		}
	}
	if len(pictures) < 2 {
		t.Errorf("%d pictures were compared", len(pictures))
	}
	bare := func(html string) string { return part.ReplaceAllString(plain(html), "") } // vugu's renderer reads SVG as HTML
	html = bare(html)
	live := bare(render(t, app))
	live = strings.Replace(strings.ReplaceAll(live, ` style="`, ` data-style="`), `data-state="done"`, `data-state="starting"`, 1)
	said := strings.LastIndex(live, `role="status"`) // what a screen reader is told once the engine answered
	if shorter := strings.LastIndex(html, `role="status"`); live[:said] != html[:shorter] {
		for i := range min(said, shorter) {
			if live[i] != html[i] {
				t.Fatalf("the gallery differs from the answered one:\n%.300s\n%.300s", html[i:], live[i:])
			}
		}
		t.Error("one is longer than the other")
	}

	again := start(func(worker.Question) {}, "")
	if !again.Hydrate(saved) {
		t.Error("the gallery refuses what was saved of it")
	}
	if bare(strings.ReplaceAll(render(t, again), ` style="`, ` data-style="`)) != html {
		t.Error("what was saved shows something else than what was rendered")
	}
	if again.Hydrate(saved) {
		t.Error("it takes what was saved a second time")
	}
	if state := ` data-state="starting"`; !strings.Contains(render(t, again), state) {
		t.Error("it does not say that the engine is yet to come")
	}
	again.Ready()
	if !again.Busy() {
		t.Error("it asks the engine nothing once it is there")
	}
}

// TestHydrateRefuses offers what was saved where it does not belong.
func TestHydrateRefuses(t *testing.T) {
	_, saved, err := Gallery()
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := start(func(worker.Question) {}, "")
	elsewhere.OpenExample("iris-tree")
	if elsewhere.Hydrate(saved) {
		t.Error("the workbench takes the gallery's answers")
	}
	for name, text := range map[string]string{"nothing": "", "half of it": saved[:len(saved)/2], "another figure": strings.Replace(saved, `"seed":`, `"seed":9`, 1)} {
		if start(func(worker.Question) {}, "").Hydrate(text) {
			t.Errorf("the gallery takes %s", name)
		}
	}
}
