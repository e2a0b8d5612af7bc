// Package ui is the user interface of whybox: vugu components that show a spec
// and turn what a person does into a new spec. Nothing here computes a figure:
// questions go to the worker through Ask, panels come back through Receive. No
// component touches the browser, so all of them run in native tests.
//
// A component is name.vugu (the template), name.go (fields and handlers) and
// name_gen.go, which vugugen writes.
package ui

//go:generate go tool vugugen -skip-go-mod -skip-main .
