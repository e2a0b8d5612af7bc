// Package liberation stands in for codeberg.org/go-fonts/liberation where the
// wasm programs are built: the packages that gonum/plot imports, all with the
// same one subset font. See the program in the folder above.
package liberation
