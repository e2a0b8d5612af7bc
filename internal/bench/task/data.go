package task

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// Arrays holds the numbers that everyone computes with, by name. Matrices are
// row major.
//
//	<net>/weights   as nn's Weights
//	<net>/rows      rows×d to score; the first is the one explained
//	<net>/background  rows×d
//	<net>/masks     coalitions×d of 0 and 1, a coalition and its complement in turn, first everything and nothing
//	<net>/pairs     the weight of each two of them; that of the first is not used
//	cnn/copies      Copies×d, the noisy images that SmoothGrad takes
//	train/raw, train/classes  Rows×d to learn, and their classes
//	train/x, train/y  the same standardised, in the order they are learnt
//	train/judged    the first of them, in that order, as they were, by which the result is judged
//	train/weights   what the network starts with
//	<task>/a, <task>/b  of a product
//	trees/...       see ensemble
type Arrays map[string][]float32

// seed is what every chance comes from.
const seed = 20

// Generate returns what the tasks need.
func Generate(tasks []Task) (Arrays, error) {
	a := Arrays{}
	for _, t := range tasks {
		if err := a.add(t); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return a, nil
}

// add generates what one task needs and another has not yet.
func (a Arrays) add(t Task) error {
	if t.Kind == Gemm {
		a.random(t.Name+"/a", t.M*t.K, -1, 1)
		a.random(t.Name+"/b", t.K*t.N, -1, 1)
		return nil
	}
	if t.grown() {
		a.ensemble(t)
		return nil
	}
	net := t.Net()
	if t.Kind != Train && a[net+"/weights"] == nil {
		a.weights(t)
	}
	switch t.Kind {
	case Forward:
		a.random(net+"/rows", t.Rows*t.D, t.low(), 1)
	case Shap:
		a.random(net+"/rows", t.D, t.low(), 1)
		a.random(net+"/background", t.Rows*t.D, t.low(), 1)
		return a.coalitions(t)
	case SmoothGrad:
		a.random(net+"/rows", t.D, t.low(), 1)
		return a.noisy(t)
	case Train:
		a.lesson(t)
	default:
		a.random(net+"/rows", t.D, t.low(), 1)
	}
	return nil
}

// low is the least value of a feature; a pixel is never below 0.
func (t Task) low() float32 {
	if t.Images() {
		return 0
	}
	return -1
}

// random makes the array at least n uniform numbers long. A longer one begins
// with what a shorter one is.
func (a Arrays) random(name string, n int, lo, hi float32) {
	if len(a[name]) >= n {
		return
	}
	r := rand.New(rand.NewPCG(seed, hash(name)))
	out := make([]float32, n)
	for i := range out {
		out[i] = lo + float32((hi-lo)*r.Float32())
	}
	a[name] = out
}

// weights takes those that a network starts with and gives it biases too.
func (a Arrays) weights(t Task) {
	m := newNetwork(t, nil)
	w := m.State()
	r := rand.New(rand.NewPCG(seed, hash(t.Net())))
	for i := len(w) - biases(t); i < len(w); i++ {
		w[i] = r.Float32() - 0.5
	}
	a[t.Net()+"/weights"] = w
}

// biases returns how many of the weights of the task's network are biases.
func biases(t Task) int {
	if t.Images() {
		return Filters + 2*Filters + Digits
	}
	return Hidden + Hidden + 2
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// Part says where an array stands in the encoded numbers, in float32 values.
type Part struct {
	From   int `json:"from"`
	Length int `json:"length"`
}

// Flat returns the arrays one after the other, and where each is.
func (a Arrays) Flat() (values []float32, parts map[string]Part) {
	parts = map[string]Part{}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		parts[name] = Part{len(values), len(a[name])}
		values = append(values, a[name]...)
	}
	return values, parts
}

// Cut is the reverse of Flat; the arrays share the memory of values. It returns
// an error where a part lies outside of them.
func Cut(values []float32, parts map[string]Part) (Arrays, error) {
	a := Arrays{}
	for name, p := range parts {
		if p.From < 0 || p.Length < 0 || p.From > len(values) || p.Length > len(values)-p.From {
			return nil, fmt.Errorf("array %q lies outside the %d values there are", name, len(values))
		}
		a[name] = values[p.From : p.From+p.Length : p.From+p.Length]
	}
	return a, nil
}

// Encode is Flat in bytes, little-endian.
func (a Arrays) Encode() (content []byte, parts map[string]Part) {
	values, parts := a.Flat()
	for _, v := range values {
		content = binary.LittleEndian.AppendUint32(content, math.Float32bits(v))
	}
	return content, parts
}

// Decode is the reverse of Encode.
func Decode(content []byte, parts map[string]Part) (Arrays, error) {
	values := make([]float32, len(content)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(content[4*i:]))
	}
	return Cut(values, parts)
}
