package ui

import (
	"math"
	"strings"
	"testing"

	"github.com/whybox/whybox/internal/draw"
	"github.com/whybox/whybox/internal/knob"
	"github.com/whybox/whybox/internal/view"
	"github.com/whybox/whybox/internal/worker"
)

func TestPanelHasFourStates(t *testing.T) {
	has(t, html(t, &Panel{Name: "surface", Title: "Surface", Progress: Progress{"training", 400, 1200}}), "Surface", "Training: step 400 of 1,200")
	has(t, html(t, &Panel{Name: "surface", Idle: true}), "Nothing to show yet.")
	p := panel("surface")
	failed := html(t, &Panel{Name: "surface", Shown: &Shown{Panel: p, Problems: []worker.Problem{{Code: "E-EXPLAIN", What: "it failed", Fix: "choose another"}}}})
	has(t, failed, "It failed", "Choose another", "E-EXPLAIN")
	hasNot(t, failed, "plot-picture", "Show as table")
	p.Drawing.Parts = []draw.Part{{SVG: "<path></path>"}}
	done := html(t, &Panel{Name: "surface", Walk: "points", Shown: &Shown{Panel: p, Stale: true}})
	has(t, done, `viewBox="0 0 100 100"`, "<g><path></path></g></svg>", "stale", "Show as table", `role="img"`, `aria-label="Points, 2.`)
}

func TestTheTableTwinHasCaptionAndScope(t *testing.T) {
	p := panel("surface")
	c := &Panel{Name: "surface", Shown: &Shown{Panel: p}}
	c.Twin()
	page := html(t, c)
	has(t, page, "<caption>Twin of surface</caption>", `<th scope="col">feature</th>`, "<td>24,000</td>", "Show as picture")
	hasNot(t, page, "plot-picture")
}

func TestTextFromDataIsEscaped(t *testing.T) {
	evil := `<img src=x onerror=alert(1)>`
	p := panel("surface")
	p.Head.Title, p.Head.Summary, p.Head.Note = evil, evil, evil
	p.Head.Table.Rows = [][]string{{evil, evil}}
	c := &Panel{Name: "surface", Shown: &Shown{Panel: p}}
	page := html(t, c)
	c.Twin()
	page += html(t, c)
	page += html(t, &FeatureRow{Place: "x", Control: view.Control{Feature: evil, Help: evil, Kind: "category", Categories: []string{evil}, Fixable: true}, Pins: true})
	page += html(t, &Trouble{Problems: []worker.Problem{{What: evil, Why: evil, Fix: evil, Code: evil, Path: evil}}})
	page += html(t, &FlipList{Flips: &view.Flips{Items: []view.Flip{{Outcome: evil, Changes: []view.Change{{Feature: evil, From: evil, To: evil}}}}}})
	page += html(t, &RowTable{Rows: &view.Rows{Index: []int{1}, Head: view.Head{Table: view.Table{Columns: []string{evil}, Rows: [][]string{{"1", evil}}}}}})
	hasNot(t, page, "<img")
}

func TestPlotFindsMarks(t *testing.T) {
	c := &Plot{Drawing: &draw.Drawing{Frame: draw.Frame{Width: 100, Height: 100},
		Marks: []draw.Mark{{X: 10, Y: 10, W: 30, H: 10, Index: 4}, {X: 80, Y: 80, Index: 7}, {X: 90, Y: 80, Index: 9}}}}
	for _, x := range []struct {
		px, py float64
		want   int
	}{{20, 15, 0}, {60, 60, -1}, {82, 81, 1}, {87, 80, 2}, {10, 40, -1}} {
		if got := c.near(x.px, x.py); got != x.want {
			t.Errorf("at %v,%v found mark %d, want %d", x.px, x.py, got, x.want)
		}
	}
}

func TestPlotPicksDragsAndWalks(t *testing.T) {
	var picked []int
	var dragged [][2]float64
	var said []string
	drops := 0
	c := &Plot{Drawing: &draw.Drawing{Frame: draw.Frame{Width: 200, Height: 100},
		Marks: []draw.Mark{{X: 20, Y: 20, Index: 3, Label: "three"}, {X: 100, Y: 25, Index: 5, Label: "five"}, {X: 30, Y: 80, Index: 8, Label: "eight"}}},
		Pick: func(i int) { picked = append(picked, i) }, Drag: func(x, y float64) { dragged = append(dragged, [2]float64{x, y}) },
		Drop: func() { drops++ }, Say: func(s string) { said = append(said, s) }}
	c.Down(0.1, 0.2)
	c.Up(0.1, 0.2)
	c.Down(0.1, 0.2)
	c.Up(0.5, 0.25) // let go over another mark
	if len(picked) != 1 || picked[0] != 3 {
		t.Errorf("picked %v, want 3 once", picked)
	}
	c.Grab()
	c.Down(0.5, 0.5)
	c.Move(0.25, 0.5)
	c.Up(0.25, 0.5)
	if len(dragged) != 1 || dragged[0] != [2]float64{50, 50} || drops != 1 || len(picked) != 1 {
		t.Errorf("dragged %v, %d drops, picked %v", dragged, drops, picked)
	}
	c.Focus(true)
	c.WalkKey("ArrowRight", false)
	c.WalkKey("ArrowRight", false)
	c.WalkKey("ArrowLeft", false)
	c.WalkKey("ArrowDown", false)
	c.Choose()
	if got := strings.Join(said, " "); got != "five five three eight" {
		t.Errorf("walked over %q", got)
	}
	if picked[len(picked)-1] != 8 {
		t.Errorf("Enter picked %v, want 8", picked)
	}
	has(t, html(t, c), "plot-tip", "eight")
}

func TestArrowKeysMoveTheHandle(t *testing.T) {
	r := newBench(t)
	r.session.nudge("surface", 1, 0, false)
	r.session.Drop()
	if got := r.session.Spec().Explain.Edit; got["income"] != 25000 || got["debt"] != 9000 {
		t.Errorf("a hundredth of the axis to the right of 24000, 9000 is %v", got)
	}
	r.session.nudge("surface", 0, -1, true)
	if got := r.session.Spec().Explain.Edit["debt"]; got != 4000 {
		t.Errorf("a tenth of the axis down from 9000 is %v, want 4000", got)
	}
	r.session.nudge("surface", 0, -1, true)
	if got := r.session.Spec().Explain.Edit["debt"]; got != 0 {
		t.Errorf("below the range lies %v, want its end 0", got)
	}
}

func TestLogSlider(t *testing.T) {
	rate := knob.Knob{Name: "rate", Kind: knob.Number, Min: 1e-5, Max: 100, Log: true, Default: 0.01}
	penalty := knob.Knob{Name: "l2", Kind: knob.Number, Min: 0, Max: 10, Log: true, Default: 1e-4}
	for _, x := range []struct {
		k    knob.Knob
		at   float64
		want float64
	}{{rate, 0, 1e-5}, {rate, 200, 100}, {rate, 100, 0.032}, {penalty, 0, 0}, {penalty, 200, 10}} {
		if got := sliderValue(x.k, x.at); math.Abs(got-x.want) > 1e-12 {
			t.Errorf("%s at %v is %v, want %v", x.k.Name, x.at, got, x.want)
		}
	}
	for _, v := range []float64{1e-5, 0.01, 0.3, 100} {
		at := sliderPlace(rate, v)
		var place float64
		for _, d := range at {
			place = place*10 + float64(d-'0')
		}
		if got := sliderValue(rate, place); math.Abs(got/v-1) > 0.05 {
			t.Errorf("%v goes to place %s and back to %v", v, at, got)
		}
	}
	if got := sliderPlace(penalty, 0); got != "0" {
		t.Errorf("zero stands at %s", got)
	}
}

func TestKnobsTakeOnlyWhatTheyMay(t *testing.T) {
	set := map[string]any{}
	drops := 0
	c := &KnobList{Part: modelPart, Knobs: []knob.Knob{
		{Name: "batch", Label: "Batch", Kind: knob.Integer, Min: 1, Max: 512, Step: 1, Default: 32.0},
		{Name: "hidden", Label: "Hidden layers", Kind: knob.Sizes, Min: 1, Max: 256, Default: "16,16"},
		{Name: "activation", Label: "Activation", Kind: knob.Choice, Choices: []string{"relu", "tanh"}, Default: "tanh"}},
		Set: func(_ part, name string, v any) { set[name] = v }, Drop: func() { drops++ }}
	c.Type(c.Knobs[0], "9000")
	c.TypeSizes(c.Knobs[1], "8; 4")
	if set["batch"] != 512.0 || set["hidden"] != "8,4" || drops != 2 {
		t.Errorf("set %v with %d drops", set, drops)
	}
	clear(set)
	c.Type(c.Knobs[0], "many")
	c.TypeSizes(c.Knobs[1], "8,0")
	c.TypeSizes(c.Knobs[1], "8,x")
	if len(set) != 0 {
		t.Errorf("nonsense set %v", set)
	}
	page := html(t, c)
	has(t, page, `value="32"`, `value="16,16"`, `<option data-key="tanh" selected="selected" value="tanh">tanh</option>`, `for="knob-model-batch"`)
}

func TestFeatureRow(t *testing.T) {
	var name string
	var value float64
	c := &FeatureRow{Place: "x", Control: view.Control{Feature: "income", Index: 1, Unit: "USD", Kind: "number", Min: 0, Max: 1000, Step: 0.5, Row: 10, Amount: -0.25, Fixable: true, Fixed: true},
		Value: 20, Limit: 0.5, Pins: true, Set: func(n string, v float64) { name, value = n, v }, Drop: func() {}}
	c.Type("5000")
	if name != "income" || value != 1000 {
		t.Errorf("typed 5000, set %s to %v, want the end of the range", name, value)
	}
	c.Type("abc")
	if value != 1000 {
		t.Error("nonsense changed the value")
	}
	has(t, html(t, c), `class="feature edited"`, `value="20.0"`, `aria-valuetext="20.0 USD"`, "lowers the score by 0.25", "amount lowers",
		"left:25.00%;width:25.00%", `aria-pressed="true"`, "Free income: let it change")
}

func TestFeaturesKeepTheirOrderUntilSorted(t *testing.T) {
	v := panel("what-if").WhatIf
	c := &WhatIf{View: v, Hold: true}
	names := func() string {
		var out []string
		for _, k := range c.controls() {
			out = append(out, k.Feature)
		}
		return strings.Join(out, " ")
	}
	if got := names(); got != "income age debt" {
		t.Errorf("strongest first is %s", got)
	}
	v.Controls[2].Amount = 5
	if got := names(); got != "income age debt" {
		t.Errorf("features moved under the pointer: %s", got)
	}
	next := *v
	c.View, c.Hold = &next, false
	if got := names(); got != "debt income age" {
		t.Errorf("another row starts with %s", got)
	}
	c.OrderBy(true)
	if got := names(); got != "age income debt" {
		t.Errorf("table order is %s", got)
	}
	c.OrderBy(false)
	c.Find(" De ")
	if got := names(); got != "debt" {
		t.Errorf("found %s", got)
	}
}

func TestManyFeaturesFold(t *testing.T) {
	v := &view.WhatIf{}
	for i := range 30 {
		v.Controls = append(v.Controls, view.Control{Feature: string(rune('a' + i)), Index: i, Max: 1, Step: 0.1})
	}
	c := &WhatIf{View: v, Value: func(k view.Control) float64 { return float64(k.Value) }}
	has(t, html(t, c), "Find a feature", "Show all 30 features")
	if n := len(c.controls()); n != fewFeatures {
		t.Errorf("%d features are shown at first", n)
	}
	c.Unfold(true)
	if n := len(c.controls()); n != 30 {
		t.Errorf("%d of 30 features are shown", n)
	}
}

func TestPadInksUnderThePen(t *testing.T) {
	pixels := make([]float32, 64)
	drops := 0
	c := &Pad{Height: 8, Width: 8, Pixels: pixels, Full: 16, Drop: func() { drops++ }, Say: func(string) {},
		Paint: func(at []int, ink []float64) {
			for i, j := range at {
				pixels[j] = float32(ink[i])
			}
		}}
	c.Start(0.5/8, 0.5/8)
	c.Move(2.5/8, 0.5/8)
	c.End()
	c.Move(7.5/8, 7.5/8) // with the pen up
	if pixels[0] != 16 || pixels[2] != 16 || pixels[63] != 0 || drops != 1 {
		t.Errorf("ink %v, %d drops", pixels, drops)
	}
	if pixels[8] >= 16 || pixels[8] <= 0 {
		t.Errorf("beside the stroke lies %v, want less than full", pixels[8])
	}
	c.Erase(true)
	c.Start(0.5/8, 0.5/8)
	c.End()
	if pixels[0] != 0 || pixels[2] != 16 {
		t.Errorf("after the eraser %v", pixels)
	}
	for _, key := range []string{"ArrowDown", "ArrowDown", "ArrowRight", " "} {
		c.Key(key)
	}
	if pixels[17] != 16 {
		t.Errorf("keys inked %v", pixels)
	}
	has(t, html(t, c), `role="application"`, `class="ink"`, "Backspace erases")
}

func TestRowTableMarksThePresentRow(t *testing.T) {
	picked := -1
	c := &RowTable{Rows: panel("rows").Rows, Pick: func(i int) { picked = i }}
	page := html(t, c)
	has(t, page, `class="present" data-key="1"`, `aria-current="true"`, `aria-label="Pick row 1"`, "1–2 of 800", "disabled=\"disabled\">Earlier rows")
	c.Pick(1)
	if picked != 1 {
		t.Error("not picked")
	}
}

func TestTheEmbeddedFigure(t *testing.T) {
	var asked []worker.Question
	f := &Figure{Ask: func(q worker.Question) { asked = append(asked, q) }, Theme: "dark"}
	f.Start([]byte(`{"$schema":"urn:whybox:figure:1","seed":1,"data":{"name":"loans"},"model":{"name":"logistic"},"explain":{"name":"gradient"},"view":{"name":"surface"},
		"params":[{"path":"/model/knobs/l2","min":0,"max":1,"label":"Penalty"}]}`))
	f.Ready()
	if len(asked) != 1 {
		t.Fatalf("asked %d questions", len(asked))
	}
	for slot, w := range asked[0].Want {
		p := panel(w.View)
		f.Receive(worker.Answer{ID: asked[0].ID, Kind: worker.PanelKind, Slot: slot, View: w.View, Panel: &p, SVG: "<svg></svg>"})
	}
	f.Receive(worker.Answer{ID: asked[0].ID, Kind: worker.Done, Status: status()})
	has(t, html(t, f), `data-theme="dark"`, "Summary of surface.", "Penalty", `value="0.01"`, "The model says refused, 70 %", `role="slider"`)
	f.session.SetParam("/model/knobs/l2", 0.5)
	f.session.Drop()
	has(t, html(t, f), "Reset")
	f.Reset()
	if f.session.CanUndo() {
		t.Error("reset left something to undo")
	}
	bad := &Figure{}
	bad.Start([]byte(`{"veiw":1}`))
	has(t, html(t, bad), "Unknown field")
}
