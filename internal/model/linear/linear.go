package linear

import (
	"errors"

	"github.com/whybox/whybox/internal/model"
)

// LinearParams are the settings of NewLinear.
type LinearParams struct {
	L2 float64 // weight penalty per row on standardised features; 0 is ordinary least squares
}

// Regression is a linear regression. Before training it gives the mean target.
type Regression struct{ affine }

// NewLinear returns a trainer of ridge regression, which has one step: it
// minimises
//
//	1/2n Σ(yᵢ - b - w·zᵢ)² + L2/2 ‖w‖²
//
// over standardised features z, with the intercept b free. (In the notation
// that sums over rows, α = n·L2.) Columns that are constant, or that others
// make up exactly while L2 is 0, get no weight. The error says what is wrong
// with the rows or the settings.
//
// Paper: A. Hoerl, R. Kennard. Ridge regression: biased estimation for
// nonorthogonal problems. Technometrics 1970, doi 10.1080/00401706.1970.10488634
func NewLinear(p model.Problem, params LinearParams) (model.Trainer, error) {
	if !p.Regression || p.K != 1 {
		return nil, errors.New("linear regression predicts one quantity, not classes")
	}
	if err := check(p, params.L2); err != nil {
		return nil, err
	}
	n := len(p.TrainY)
	s := newScale(p.TrainX, n, p.D)
	t := &leastSquares{p: p, l2: params.L2, scale: s, model: Regression{newAffine(s, 1)}}
	theta := make([]float64, p.D+1)
	for _, y := range p.TrainY {
		theta[p.D] += float64(y)
	}
	theta[p.D] /= float64(n)
	t.mean = theta[p.D]
	t.model.set(s, theta)
	return t, nil
}

// Dims returns d and 1.
func (m *Regression) Dims() (d, k int) { return m.d, 1 }

// Predict writes the predicted targets of the n rows of x (n×d) to dst (n).
func (m *Regression) Predict(dst, x []float32, n int) { m.apply(dst, x, n) }

// Gradient writes the weights, in target units per data unit, to each of the n
// rows of dst (n×d). class must be 0.
func (m *Regression) Gradient(dst, x []float32, n, class int) {
	if class != 0 {
		panic("linear: a regression has one score")
	}
	for i := range n {
		copy(dst[i*m.d:(i+1)*m.d], m.slope)
	}
}

// leastSquares trains a Regression.
type leastSquares struct {
	p     model.Problem
	l2    float64
	scale scale
	mean  float64 // of the targets
	model Regression
	done  bool
}

func (t *leastSquares) Model() model.Model { return &t.model }

func (t *leastSquares) Done() bool { return t.done }

func (t *leastSquares) Progress() (done, total, perPoint int) {
	if t.done {
		done = 1
	}
	return done, 1, 1
}

// Step solves the normal equations. Standardised columns have mean 0, so the
// intercept separates: it is the mean target.
func (t *leastSquares) Step() error {
	if t.done {
		panic("linear: a step after the last")
	}
	t.done = true
	n, d := len(t.p.TrainY), t.p.D
	z := t.scale.rows(t.p.TrainX, n)
	gram, theta := make([]float64, d*d), make([]float64, d, d+1)
	for i, y := range t.p.TrainY {
		row := z[i*(d+1):][:d]
		gap := float64(y) - t.mean
		for j, v := range row {
			theta[j] += float64(v * gap)
			for k, w := range row[:j+1] {
				gram[j*d+k] += float64(v * w)
			}
		}
	}
	for j := range d {
		theta[j] /= float64(n)
		for k := range j + 1 {
			gram[j*d+k] /= float64(n)
		}
		gram[j*d+j] += t.l2
	}
	solve(gram, theta)
	t.model.set(t.scale, append(theta, t.mean))
	return nil
}
