//go:build !js

package main

func main() { panic("this program runs in a browser; see main_js.go") }
