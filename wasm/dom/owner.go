package dom

import "github.com/vugu/vugu"

// owners gives every component a number that stays as long as the component.
//
// vugu keeps the children of a component under the component's index among its
// siblings, so one that comes or goes in front of it would give it new children
// and these new elements, without focus and with their state lost. Each
// component is therefore built through an owner, which puts its number in the
// place of that index.
type owners struct {
	of   map[vugu.Builder]*owner // by component
	last uint64
}

func newOwners() *owners { return &owners{of: map[vugu.Builder]*owner{}} }

// owner returns the owner of a component, the same one each time.
func (s *owners) owner(c vugu.Builder) *owner {
	if o, ok := c.(*owner); ok {
		return o
	}
	o := s.of[c]
	if o == nil {
		s.last++
		o = &owner{all: s, component: c, number: s.last}
		s.of[c] = o
	}
	return o
}

// owner is what vugu knows in the place of one component.
type owner struct {
	all       *owners
	component vugu.Builder
	number    uint64
}

// Build implements vugu.Builder.
func (o *owner) Build(in *vugu.BuildIn) *vugu.BuildOut {
	out := o.component.Build(&vugu.BuildIn{BuildEnv: in.BuildEnv, PositionHashList: []uint64{o.number}})
	for i, c := range out.Components {
		out.Components[i] = o.all.owner(c)
	}
	return out
}

// Init is called by vugu before the first build.
func (o *owner) Init(ctx vugu.InitCtx) {
	switch c := o.component.(type) {
	case interface{ Init() }:
		c.Init()
	case interface{ Init(vugu.InitCtx) }:
		c.Init(ctx)
	}
}

// Compute is called by vugu before each build.
func (o *owner) Compute(ctx vugu.ComputeCtx) {
	switch c := o.component.(type) {
	case vugu.BeforeBuilder:
		c.BeforeBuild()
	case interface{ Compute() }:
		c.Compute()
	case interface{ Compute(vugu.ComputeCtx) }:
		c.Compute(ctx)
	}
}

// Destroy is called by vugu after the first build that left the component out.
func (o *owner) Destroy(ctx vugu.DestroyCtx) {
	delete(o.all.of, o.component)
	switch c := o.component.(type) {
	case interface{ Destroy() }:
		c.Destroy()
	case interface{ Destroy(vugu.DestroyCtx) }:
		c.Destroy(ctx)
	}
}
