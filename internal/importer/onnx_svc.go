package importer

import "github.com/whybox/whybox/internal/kernel"

// svc tells classes apart pair by pair. Its scores are the margins of the pairs
// (0,1), (0,2), ..., (1,2), ..., above 0 where the first class wins, or
// probabilities that fit them best.
type svc struct {
	*svm
	k    int
	from []int     // where the support vectors of each class begin, and end
	a, b []float32 // by pair: what makes a probability of a margin; nil for none
}

func (c *svc) probabilities(n *onnxNode) (err error) {
	if c.a, err = n.floats("prob_a"); err != nil {
		return err
	}
	if c.b, err = n.floats("prob_b"); err != nil {
		return err
	}
	if pairs := len(c.rho); len(c.a) != len(c.b) || c.a != nil && len(c.a) != pairs {
		return n.misfit("it has %d prob_a and %d prob_b for %d pairs", len(c.a), len(c.b), pairs)
	}
	return nil
}

// width returns how many scores there are.
func (c *svc) width() int {
	if c.a != nil {
		return c.k
	}
	return len(c.rho)
}

func (c *svc) scores(dst, x []float32, n int) {
	near, pairs := make([]float32, c.from[c.k]), make([]float32, len(c.rho))
	for i := range n {
		c.all(near, x[i*c.d:(i+1)*c.d])
		c.margins(pairs, near)
		if out := dst[i*c.width() : (i+1)*c.width()]; c.a != nil {
			c.couple(out, pairs)
		} else {
			copy(out, pairs)
		}
	}
}

// margins sums what the support vectors of the two classes of each pair say. A
// vector has a weight against every other class, its own left out.
func (c *svc) margins(dst, near []float32) {
	m, pair := len(near), 0
	for i := range c.k {
		for j := i + 1; j < c.k; j++ {
			sum := 0.0
			for v := c.from[i]; v < c.from[i+1]; v++ {
				sum += float64(float64(c.weights[(j-1)*m+v]) * float64(near[v]))
			}
			for v := c.from[j]; v < c.from[j+1]; v++ {
				sum += float64(float64(c.weights[i*m+v]) * float64(near[v]))
			}
			dst[pair] = float32(sum + float64(c.rho[pair]))
			pair++
		}
	}
}

// couple finds the probabilities p of the classes for which those of the pairs,
// r(i,j) = p(i)/(p(i)+p(j)), fit best: the least Σ (r(j,i)·p(i) - r(i,j)·p(j))².
//
// Paper: Wu, Lin, Weng. Probability Estimates for Multi-class Classification by
// Pairwise Coupling. JMLR 5, 2004, algorithm 2.
func (c *svc) couple(dst, margins []float32) {
	k := c.k
	r := make([]float64, k*k)
	pair := 0
	for i := range k {
		for j := i + 1; j < k; j++ {
			z := float32(margins[pair]*c.a[pair]) + c.b[pair]
			p := max(1e-7, min(1-1e-7, float64(kernel.Sigmoid(-z))))
			r[i*k+j], r[j*k+i] = p, 1-p
			pair++
		}
	}
	q, p, qp := make([]float64, k*k), make([]float64, k), make([]float64, k)
	for i := range k {
		p[i] = 1 / float64(k)
		for j := range k {
			if j != i {
				q[i*k+i] += float64(r[j*k+i] * r[j*k+i])
				q[i*k+j] = -float64(r[j*k+i] * r[i*k+j])
			}
		}
	}
	for range 100 {
		if settled(q, p, qp) {
			break
		}
	}
	for i := range p {
		dst[i] = float32(p[i])
	}
}

// settled is one round of the algorithm over all classes. It tells whether p
// was good enough before it.
func settled(q, p, qp []float64) bool {
	k := len(p)
	all := 0.0
	for i := range k {
		qp[i] = 0
		for j := range k {
			qp[i] += float64(q[i*k+j] * p[j])
		}
		all += float64(p[i] * qp[i])
	}
	worst := 0.0
	for i := range k {
		worst = max(worst, qp[i]-all, all-qp[i])
	}
	if worst < 0.005/float64(k) {
		return true
	}
	for i := range k {
		step := (all - qp[i]) / q[i*k+i]
		p[i] += step
		all = (all + float64(step*(float64(step*q[i*k+i])+float64(2*qp[i])))) / (1 + step) / (1 + step)
		for j := range k {
			qp[j] = (qp[j] + float64(step*q[i*k+j])) / (1 + step)
			p[j] /= 1 + step
		}
	}
	return false
}
