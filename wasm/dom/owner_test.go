package dom

import (
	"strings"
	"testing"

	"github.com/vugu/vugu"
)

// family is a component with children of its own, kept the way that generated
// code keeps them.
type family struct {
	name     string
	children func() []string
	told     *strings.Builder
	kept     []*family
}

func (c *family) Build(in *vugu.BuildIn) *vugu.BuildOut {
	root := &vugu.VGNode{Type: vugu.ElementNode, Data: "div"}
	out := &vugu.BuildOut{Out: []*vugu.VGNode{root}}
	c.kept = nil
	for _, name := range c.children() {
		key := vugu.MakeCompKey(0xA7D98D0EF3AF58A3^in.CurrentPositionHash(), name)
		child, _ := in.BuildEnv.CachedComponent(key).(*family)
		if child == nil {
			child = &family{name: name, told: c.told, children: func() []string { return nil }}
			if len(name) == 1 {
				child.children = func() []string { return []string{name + "1", name + "2"} }
			}
		}
		in.BuildEnv.UseComponent(key, child)
		out.Components = append(out.Components, child)
		root.AppendChild(&vugu.VGNode{Component: child})
		c.kept = append(c.kept, child)
	}
	return out
}

func (c *family) Init()                     { c.told.WriteString("+" + c.name) }
func (c *family) Compute(vugu.ComputeCtx)   { c.told.WriteString("." + c.name) }
func (c *family) Destroy(_ vugu.DestroyCtx) { c.told.WriteString("-" + c.name) }

// TestComponentsStay takes a component away and brings another in front of two
// that stay: these keep their children.
func TestComponentsStay(t *testing.T) {
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"a", "b", "c"}
	told := &strings.Builder{}
	top := &family{name: "top", told: told, children: func() []string { return names }}
	all := newOwners(nil)
	build := func(list ...string) string {
		names = list
		told.Reset()
		env.RunBuild(all.owner(top))
		return told.String()
	}
	if got, want := build("a", "b", "c"), "+top.top+a.a+a1.a1+a2.a2+b.b+b1.b1+b2.b2+c.c+c1.c1+c2.c2"; got != want {
		t.Errorf("first: %s, want %s", got, want)
	}
	b, c := top.kept[1], top.kept[2]
	b1, c2 := b.kept[0], c.kept[1]
	got := build("b", "c")
	if !strings.HasPrefix(got, ".top.b.b1.b2.c.c1.c2-") || strings.Count(got, "-a") != 3 {
		t.Errorf("without a: %s", got)
	}
	if got, want := build("x", "y", "b", "c"), ".top+x.x+x1.x1+x2.x2+y.y+y1.y1+y2.y2.b.b1.b2.c.c1.c2"; got != want {
		t.Errorf("with x and y in front: %s, want %s", got, want)
	}
	if top.kept[2] != b || b.kept[0] != b1 || top.kept[3] != c || c.kept[1] != c2 {
		t.Error("a component that stayed has new children")
	}
	if len(all.of) != 13 {
		t.Errorf("%d components are known, 13 are there", len(all.of))
	}
	build()
	if len(all.of) != 1 {
		t.Errorf("%d components are known after all but one went", len(all.of))
	}
}

// calm is a family that rests.
type calm struct{ family }

func (c *calm) Rests() {}

// TestResting builds a resting component again only after a change that was not
// quiet; what it contains stays, and ends with it.
func TestResting(t *testing.T) {
	told := &strings.Builder{}
	all := newOwners(nil)
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		t.Fatal(err)
	}
	inner := []string{"a", "b"}
	still := &calm{family{name: "calm", told: told, children: func() []string { return inner }}}
	shown := true
	top := vugu.NewBuilderFunc(func(*vugu.BuildIn) *vugu.BuildOut {
		root := &vugu.VGNode{Type: vugu.ElementNode, Data: "main"}
		out := &vugu.BuildOut{Out: []*vugu.VGNode{root}}
		if shown {
			out.Components = []vugu.Builder{still}
			root.AppendChild(&vugu.VGNode{Component: still})
		}
		return out
	})
	tr := newTree()
	build := func() (calls string, ops int) {
		told.Reset()
		result := env.RunBuild(all.owner(top))
		tr.update(result.Out, func(c any) *vugu.BuildOut { return all.result(c.(vugu.Builder)) })
		return told.String(), len(tr.ops)
	}
	if got, ops := build(); got != "+calm.calm+a.a+a1.a1+a2.a2+b.b+b1.b1+b2.b2" || ops == 0 {
		t.Errorf("first: %s, %d operations", got, ops)
	}
	a2 := still.kept[0].kept[1]
	inner = []string{"x", "a"}
	if got, ops := build(); got != "" || ops != 0 {
		t.Errorf("after a quiet change: %s, %d operations", got, ops)
	}
	all.change++
	if got, ops := build(); !strings.HasPrefix(got, ".calm+x.x+x1.x1+x2.x2.a.a1.a2-") || strings.Count(got, "-b") != 3 || ops == 0 {
		t.Errorf("after another: %s, %d operations", got, ops)
	}
	if still.kept[1].kept[1] != a2 {
		t.Error("a component that stayed within one that rests has new children")
	}
	if got, ops := build(); got != "" || ops != 0 {
		t.Errorf("after a quiet change again: %s, %d operations", got, ops)
	}
	shown = false
	if got, ops := build(); strings.Count(got, "-") != 7 || strings.ContainsAny(got, "+.") || ops == 0 {
		t.Errorf("without it: %s, %d operations", got, ops)
	}
	if len(all.of) != 1 {
		t.Errorf("%d components are known after all but one went", len(all.of))
	}
}
