package laws

// Claims says which laws an explainer promises beyond those every one keeps.
type Claims struct {
	Complete bool    // the values sum to the score less the base
	Gap      float64 // relative gap allowed where Complete
	Tol      float64 // what a value may be off elsewhere, in score units; 0 means 1e-5
}

// All runs every law over the small models and returns the breaches. An
// explainer that needs gradients gets models that have them; one that does not
// is also put to a tree by TreeToo.
func All(e Explainer, c Claims) []error {
	tol := c.Tol
	if tol == 0 {
		tol = 1e-5
	}
	const rows = 12
	x := []float32{1.5, -0.75, 0.5}
	f, g := EqualNets()
	product := Query(Product(3), x, rows)
	twins := Mirrored(Query(Twins(), []float32{0.75, 0.75, -0.5}, rows), 0, 1)
	nets := Query(f, x, rows)
	checks := []error{
		Finite(e, product), Finite(e, nets),
		Dummy(e, product, []int{2}, tol),
		Symmetric(e, twins, 0, 1, tol),
		Linear(e, nets, f, Product(3), tol),
		Linear(e, nets, Affine([]float64{1, -2, 0.5}, 1), Additive([]float64{0.5, 1, -1}), tol),
		ImplementationInvariant(e, nets, f, g, tol),
		Deterministic(e, nets),
	}
	if c.Complete {
		checks = append(checks, Complete(e, product, c.Gap), Complete(e, twins, c.Gap), Complete(e, nets, c.Gap))
	}
	return breaches(checks)
}

// TreeToo runs the laws that make sense for a model without gradients.
func TreeToo(e Explainer, c Claims) []error {
	q := Query(Steps(), []float32{1.5, -0.75, 0.5}, 12)
	checks := []error{Finite(e, q), Dummy(e, q, []int{2}, 1e-9), Deterministic(e, q)}
	if c.Complete {
		checks = append(checks, Complete(e, q, c.Gap))
	}
	return breaches(checks)
}

func breaches(checks []error) []error {
	var out []error
	for _, err := range checks {
		if err != nil {
			out = append(out, err)
		}
	}
	return out
}
