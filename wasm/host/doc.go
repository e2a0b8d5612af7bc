// Package host reaches the browser around the program: the Web Worker that the
// engine runs in, its messages, and the page's address. What it calls is static
// script, web/static/whybox.js on the page and worker.js in the worker.
package host
