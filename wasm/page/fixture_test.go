//go:build !js

package main_test

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/whybox/whybox/internal/browser"
	"github.com/whybox/whybox/internal/bundle"
	"github.com/whybox/whybox/internal/catalog"
	"github.com/whybox/whybox/internal/spec"

	"github.com/whybox/whybox/examples"
)

// dist is the built page; `make page` writes it.
const dist = "../../web/dist"

//go:embed testdata/help.js
var help string

// tab is a tab with the built page under the policy that `whybox serve` sends.
type tab struct {
	testing.TB
	*session
}

// session is what the tests of one tab share.
type session struct {
	ctx    context.Context
	log    *browser.Log
	server *httptest.Server
	loads  int
	down   bool     // the mouse button
	expect []string // parts of complaints that the test provokes

	mu      sync.Mutex
	foreign []string // requests to elsewhere
}

// serve serves the built page; files whose path ends in missing are not there.
func serve(t testing.TB, missing string) *httptest.Server {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dist, "index.html")); err != nil {
		t.Fatal("there is no built page in web/dist; run: make page")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", bundle.Policy)
		if missing != "" && strings.HasSuffix(r.URL.Path, missing) {
			http.NotFound(w, r)
			return
		}
		http.ServeFile(w, r, filepath.Join(dist, filepath.Clean(r.URL.Path)))
	}))
	t.Cleanup(server.Close)
	return server
}

// open starts a browser. What the page complains about and requests to other
// origins fail the test at its end.
func open(t testing.TB, scripts ...string) *tab {
	t.Helper()
	return attach(t, browser.Start(t), serve(t, ""), scripts...)
}

func attach(t testing.TB, ctx context.Context, server *httptest.Server, scripts ...string) *tab {
	t.Helper()
	p := &tab{t, &session{ctx: ctx, server: server}}
	p.log = browser.Listen(p.ctx)
	for _, script := range append([]string{help}, scripts...) {
		if _, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := chromedp.Call(p.ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	requests := chromedp.Events(p.ctx, network.RequestWillBeSent)
	go func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			url := e.Request.URL
			if !strings.HasPrefix(url, p.server.URL) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:"+p.server.URL) {
				p.mu.Lock()
				p.foreign = append(p.foreign, url)
				p.mu.Unlock()
			}
		}
	}()
	t.Cleanup(p.clean)
	return p
}

// clean fails the test for what the page complained about.
func (p *tab) clean() {
	if p.ctx.Err() != nil {
		return
	}
	for _, line := range p.log.Complaints() {
		expected := false
		for _, part := range p.expect {
			expected = expected || strings.Contains(line, part)
		}
		if !expected {
			p.Errorf("console: %s", line)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, url := range p.foreign {
		p.Errorf("the page asked %s", url)
	}
}

// visit loads the page anew at a hash.
func (p *tab) visit(hash string) {
	p.Helper()
	p.loads++
	browser.Do(p, p.ctx, chromedp.Navigate(fmt.Sprintf("%s/?%d%s", p.server.URL, p.loads, hash)))
}

// show opens a spec by its link and waits until it is done.
func (p *tab) show(s *spec.Spec) {
	p.Helper()
	p.visit(link(p, s))
	p.done()
}

// settle waits until nothing is computed and returns the state of the page.
func (p *tab) settle() string {
	p.Helper()
	return browser.Eval[string](p, p.ctx, "wb.settled()")
}

// done waits and wants all to be well.
func (p *tab) done() {
	p.Helper()
	if state := p.settle(); state != "done" {
		p.Fatalf("the page is %q: %s", state, browser.Eval[string](p, p.ctx, `document.querySelector(".trouble, .crash, main")?.innerText ?? ""`))
	}
}

func (p *tab) run(script string) { p.Helper(); browser.Eval[any](p, p.ctx, script) }

func (p *tab) wait(condition string) { p.Helper(); browser.Wait(p, p.ctx, condition) }

// mouse sends one event of the mouse.
func (p *tab) mouse(kind input.DispatchMouseEventType, x, y float64) {
	p.Helper()
	held := chromedp.ButtonLeft
	if kind == chromedp.MouseMoved && !p.down {
		held = chromedp.ButtonNone
	}
	p.down = kind == chromedp.MousePressed || kind == chromedp.MouseMoved && p.down
	browser.Do(p, p.ctx, chromedp.MouseEvent(kind, x, y, chromedp.ClickCount(1), held))
}

// click presses the left button over the middle of an element. what is a
// JavaScript expression for a selector or an element.
func (p *tab) click(what string) {
	p.Helper()
	at := browser.Eval[[]float64](p, p.ctx, "wb.at("+what+")")
	p.clickAt(at[0], at[1])
}

func (p *tab) clickAt(x, y float64) {
	p.Helper()
	p.mouse(chromedp.MouseMoved, x, y)
	p.mouse(chromedp.MousePressed, x, y)
	p.mouse(chromedp.MouseReleased, x, y)
}

// press clicks the button of that text or label.
func (p *tab) press(text string) {
	p.Helper()
	p.wait(fmt.Sprintf("wb.button(%q)", text))
	p.click(fmt.Sprintf("wb.button(%q)", text))
}

// choose takes an option of a menu.
func (p *tab) choose(id, value string) {
	p.Helper()
	p.run(fmt.Sprintf("wb.set(%q, %q)", "#"+id, value))
}

// keys types keys one after the other.
func (p *tab) keys(keys ...string) {
	p.Helper()
	for _, k := range keys {
		browser.Do(p, p.ctx, chromedp.KeyEvent(k))
	}
}

// spec returns the spec that the address stands for.
func (p *tab) spec() *spec.Spec {
	p.Helper()
	document, err := spec.ParseLink(browser.Eval[string](p, p.ctx, "location.hash"), examples.Named)
	if err != nil {
		p.Fatal(err)
	}
	return parse(p, document)
}

func parse(t testing.TB, document []byte) *spec.Spec {
	t.Helper()
	s, err := spec.Parse(document, catalog.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// example returns the spec of an example, with changes.
func example(t testing.TB, name string, changes ...func(*spec.Spec)) *spec.Spec {
	t.Helper()
	document := examples.Named(name)
	if document == nil {
		t.Fatalf("there is no example %q", name)
	}
	s := parse(t, document)
	for _, change := range changes {
		change(s)
	}
	return s
}

func link(t testing.TB, s *spec.Spec) string {
	t.Helper()
	hash, err := spec.Link(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// in returns the same tab for a subtest.
func (p *tab) in(t testing.TB) *tab { return &tab{t, p.session} }

// jsAt is the expression for a place within an element, as fractions.
func jsAt(what string, fx, fy float64) string { return fmt.Sprintf("wb.at(%s, %g, %g)", what, fx, fy) }
