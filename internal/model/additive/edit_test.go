package additive_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"testing"

	"github.com/whybox/whybox/internal/dataset"
	"github.com/whybox/whybox/internal/model"
	"github.com/whybox/whybox/internal/model/additive"
)

type curved interface {
	model.Model
	Edited([]additive.Edit) model.Model
}

var inf = float32(math.Inf(1))

// short trains quickly, with missing values in the first column.
func short(t *testing.T, table *dataset.Table) (model.Problem, curved) {
	t.Helper()
	p := halves(table, 5)
	p.TrainX[3*p.D] = float32(math.NaN())
	params := usual()
	params.Rounds, params.Pairs = 15, 2
	return p, train(t, p, params).Model().(curved)
}

func marginsOf(m model.Model, x []float32) []float32 {
	if c, ok := m.(model.Marginer); ok {
		m = c.Margin()
	}
	return predict(m, x)
}

// changes lists one edit of each kind.
func changes(feature, class int, from, to float32) []additive.Edit {
	var out []additive.Edit
	for _, do := range []additive.Change{additive.Add, additive.Flatten, additive.Interpolate, additive.Rising, additive.Falling, additive.Remove} {
		out = append(out, additive.Edit{Feature: feature, From: from, To: to, Class: class, Do: do, By: 0.375})
	}
	return out
}

// A margin moves by what the curve at the row's value moved, and by nothing
// where the edit does not reach; the model edited stays as it was.
func TestScoresMoveByTheCurve(t *testing.T) {
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Wine(), dataset.Diabetes()} {
		p, m := short(t, table)
		before := marginsOf(m, p.TrainX)
		was := slices.Clone(inside(m).Terms()[0].Value)
		from, to := p.TrainX[0], p.TrainX[p.D]
		if from > to {
			from, to = to, from
		}
		for _, e := range changes(0, p.K-1, from, to) {
			edited := m.Edited([]additive.Edit{e})
			after := marginsOf(edited, p.TrainX)
			now, moved := inside(edited).Terms()[0], 0
			for i := range p.TrainY {
				x := p.TrainX[i*p.D]
				bin := int(now.Bins[0].Bin(x))
				for c := range p.K {
					at := bin*p.K + c
					curve, margin := float64(now.Value[at])-float64(was[at]), float64(after[i*p.K+c])-float64(before[i*p.K+c])
					if math.Abs(curve-margin) > 1e-5*max(1, math.Abs(float64(before[i*p.K+c]))) {
						t.Fatalf("%s, %s: row %d moves by %v, the curve by %v", table.Name, e.Do, i, margin, curve)
					}
					if curve == 0 && margin != 0 {
						t.Fatalf("%s, %s: row %d moves by %v where the curve does not", table.Name, e.Do, i, margin)
					}
					if outside := !(x >= from && x <= to); outside && e.Do == additive.Add && curve != 0 && now.Bins[0].Bin(from) != uint16(bin) && now.Bins[0].Bin(to) != uint16(bin) {
						t.Fatalf("%s: %v lies outside %v..%v and moves by %v", table.Name, x, from, to, curve)
					}
					if margin != 0 {
						moved++
					}
				}
			}
			if moved == 0 {
				t.Errorf("%s, %s: no row moved", table.Name, e.Do)
			}
		}
		if !slices.Equal(was, inside(m).Terms()[0].Value) || !slices.Equal(before, marginsOf(m, p.TrainX)) {
			t.Errorf("%s: the trained model changed", table.Name)
		}
	}
}

// Every change by its own definition, on every class.
func TestChangesByDefinition(t *testing.T) {
	p, m := short(t, dataset.Wine())
	for class := range p.K {
		for _, e := range changes(1, class, -inf, inf) {
			was, now := inside(m).Terms()[1], inside(m.Edited([]additive.Edit{e})).Terms()[1]
			at := func(t additive.Term, bin int) float64 { return float64(t.Value[bin*p.K+class]) }
			mean, rows := 0.0, 0.0
			for bin := 1; bin < len(was.Rows); bin++ {
				mean += at(was, bin) * float64(was.Rows[bin])
				rows += float64(was.Rows[bin])
			}
			mean /= rows
			after := 0.0
			last := len(was.Rows) - 1
			mid := func(bin int) float64 { return float64(was.Bins[0].Low[bin]+was.Bins[0].High[bin]) / 2 }
			for bin := 1; bin <= last; bin++ {
				v, want := at(now, bin), math.NaN()
				after += v * float64(was.Rows[bin]) / rows
				switch e.Do {
				case additive.Add:
					want = at(was, bin) + 0.375
				case additive.Flatten:
					want = mean
				case additive.Interpolate:
					want = at(was, 1) + (at(was, last)-at(was, 1))*(mid(bin)-mid(1))/(mid(last)-mid(1))
				case additive.Remove:
					want = 0
				case additive.Rising:
					if bin > 1 && v < at(now, bin-1) {
						t.Errorf("class %d falls at step %d", class, bin)
					}
				case additive.Falling:
					if bin > 1 && v > at(now, bin-1) {
						t.Errorf("class %d rises at step %d", class, bin)
					}
				}
				if math.Abs(v-want) > 1e-6 {
					t.Errorf("%s, class %d, step %d: %v, want %v", e.Do, class, bin, v, want)
				}
			}
			if (e.Do == additive.Rising || e.Do == additive.Falling || e.Do == additive.Flatten) && math.Abs(after-mean) > 1e-6 {
				t.Errorf("%s moves the mean of class %d from %v to %v", e.Do, class, mean, after)
			}
			for other := range p.K {
				same := true
				for bin := range was.Rows {
					same = same && was.Value[bin*p.K+other] == now.Value[bin*p.K+other]
				}
				if touched := other == class || e.Do == additive.Remove; same == touched {
					t.Errorf("%s of class %d: class %d is the same: %v", e.Do, class, other, same)
				}
			}
			if missing := slices.Equal(was.Value[:p.K], now.Value[:p.K]); missing == (e.Do == additive.Remove) {
				t.Errorf("%s: missing values have the same step: %v", e.Do, missing)
			}
		}
	}
}

// Of two classes the margins stay each other's opposite, so raising one lowers
// the other.
func TestTwoClassesMirror(t *testing.T) {
	p, m := short(t, dataset.BreastCancer())
	up := m.Edited([]additive.Edit{{Feature: 2, From: -inf, To: inf, Class: 1, Do: additive.Add, By: 0.5}})
	down := m.Edited([]additive.Edit{{Feature: 2, From: -inf, To: inf, Class: 0, Do: additive.Add, By: -0.5}})
	a, b := marginsOf(up, p.TestX), marginsOf(down, p.TestX)
	if !slices.Equal(a, b) {
		t.Error("raising one class is not lowering the other")
	}
	for i := 0; i < len(a); i += 2 {
		if a[i] != -a[i+1] {
			t.Fatalf("margins %v and %v", a[i], a[i+1])
		}
	}
}

// Edits add up in their order, and reach the codes of categories.
func TestEditsInOrder(t *testing.T) {
	p, m := short(t, dataset.Loans(400, 2))
	j := slices.IndexFunc(p.Categories, func(n int) bool { return n > 1 })
	if j < 0 {
		t.Fatal("loans have no categories")
	}
	last := float32(p.Categories[j] - 1)
	add := func(from, to, by float32) additive.Edit {
		return additive.Edit{Feature: j, From: from, To: to, Class: 1, Do: additive.Add, By: by}
	}
	was := inside(m).Terms()[j].Value
	now := inside(m.Edited([]additive.Edit{add(0, 0, 1), add(last, inf, 2), add(-inf, inf, 4)})).Terms()[j].Value
	for bin := range len(now) / 2 {
		want := float32(4)
		switch bin {
		case 0:
			want = 0
		case 1:
			want = 5
		case int(last) + 1:
			want = 6
		}
		if got := now[bin*2+1] - was[bin*2+1]; math.Abs(float64(got-want)) > 1e-6 {
			t.Errorf("code %d moves by %v, want %v", bin-1, got, want)
		}
	}
	one := m.Edited([]additive.Edit{add(0, 0, 1), {Feature: j, Do: additive.Remove}})
	other := m.Edited([]additive.Edit{{Feature: j, Do: additive.Remove}, add(0, 0, 1)})
	if slices.Equal(inside(one).Terms()[j].Value, inside(other).Terms()[j].Value) {
		t.Error("the order of edits makes no difference")
	}
}

// The same edited model on every machine.
func TestEditedBitsEverywhere(t *testing.T) {
	h := fnv.New64a()
	for _, table := range []*dataset.Table{dataset.BreastCancer(), dataset.Diabetes()} {
		p, m := short(t, table)
		edits := changes(0, p.K-1, p.TrainX[0], inf)[:5]
		edits = append(edits, changes(2, 0, -inf, p.TrainX[2])[1:4]...)
		for _, v := range predict(m.Edited(edits), table.X) {
			binary.Write(h, binary.LittleEndian, math.Float32bits(v))
		}
	}
	if got, want := h.Sum64(), uint64(0xd00b258951631d5a); got != want {
		t.Errorf("%#x, want %#x", got, want)
	}
}
