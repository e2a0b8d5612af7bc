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
	of     map[vugu.Builder]*owner // by component
	last   uint64
	events vugu.EventEnv
	change uint64 // number of the last change that was not quiet, from 1
}

// Resting is a component that, with all it contains, shows nothing of what a
// quiet change changes: it is not built again after one.
type Resting interface{ Rests() }

// Quieter is a component of which a Root asks, after each change, whether it was
// quiet: whether all Resting components would be built as they were.
type Quieter interface{ Quiet() bool }

func newOwners(events vugu.EventEnv) *owners {
	return &owners{of: map[vugu.Builder]*owner{}, events: events, change: 1}
}

// result returns what a component put out, nil for none.
func (s *owners) result(c vugu.Builder) *vugu.BuildOut {
	if o := s.of[c]; o != nil {
		return o.out
	}
	return nil
}

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

// nothing ends all that an earlier build began.
var nothing = vugu.NewBuilderFunc(func(*vugu.BuildIn) *vugu.BuildOut { return &vugu.BuildOut{} })

// owner is what vugu knows in the place of one component.
type owner struct {
	all       *owners
	component vugu.Builder
	number    uint64
	out       *vugu.BuildOut // last built
	rest      *rest          // nil unless the component is Resting
}

// rest is a resting component's own run of vugu: what it contains is part of no
// other, so leaving it out does not end it.
type rest struct {
	env    *vugu.BuildEnv
	inside vugu.Builder
	change uint64 // of owners, when it was built; 0 while it was not
}

// rests reports whether the last output still stands.
func (o *owner) rests() bool { return o.rest != nil && o.rest.change == o.all.change }

// Build implements vugu.Builder.
func (o *owner) Build(in *vugu.BuildIn) *vugu.BuildOut {
	if _, ok := o.component.(Resting); !ok {
		return o.build(in.BuildEnv)
	}
	if o.rests() {
		return o.out
	}
	if o.rest == nil {
		env, err := vugu.NewBuildEnv(o.all.events)
		if err != nil {
			panic(err)
		}
		o.rest = &rest{env: env, inside: vugu.NewBuilderFunc(func(*vugu.BuildIn) *vugu.BuildOut { return o.build(env) })}
	}
	o.rest.change = 0 // if a part panics
	o.rest.env.RunBuild(o.rest.inside)
	o.rest.change = o.all.change
	o.out = &vugu.BuildOut{Out: o.out.Out} // vugu has built the rest
	return o.out
}

func (o *owner) build(env *vugu.BuildEnv) *vugu.BuildOut {
	o.out = o.component.Build(&vugu.BuildIn{BuildEnv: env, PositionHashList: []uint64{o.number}})
	for i, c := range o.out.Components {
		o.out.Components[i] = o.all.owner(c)
	}
	return o.out
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
	if o.rests() {
		return
	}
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
	if o.rest != nil {
		o.rest.env.RunBuild(nothing)
	}
	switch c := o.component.(type) {
	case interface{ Destroy() }:
		c.Destroy()
	case interface{ Destroy(vugu.DestroyCtx) }:
		c.Destroy(ctx)
	}
}
