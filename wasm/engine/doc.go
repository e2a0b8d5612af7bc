// Package engine is the program in a Web Worker: it answers the page's
// questions, or helps another worker that does.
package engine
