package dataset

import (
	"math"
	"math/rand/v2"
)

// Places in loanModel, which is in causal order.
const (
	loanAge = iota
	loanGroup
	loanDependants
	loanTenure
	loanIncome
	loanSavings
	loanDebt
	loanNeighbourhood
	loanOdds // of repaying, as a logarithm
)

// loanModel is the structural causal model behind Loans. What it is for:
//   - group has no effect of its own on repayment; it lowers income, and
//     through income everything that follows (unfairness upstream);
//   - neighbourhood is a proxy: it follows group and income and causes nothing;
//   - age works only through job, income and savings;
//   - income raises both savings and debt, so its total effect is not its own
//     coefficient.
//
// Every range in Loans follows from the bounded spreads here.
var loanModel = causalModel{
	loanAge:           {name: "age", base: 45, spread: additive, width: 25, parts: 1},
	loanGroup:         {name: "group", base: 0.4, spread: trials, width: 1, parts: 1},
	loanDependants:    {name: "dependants", base: 1.4, spread: trials, width: 4, parts: 1},
	loanTenure:        {name: "tenure", base: -5.4, causes: []cause{{loanAge, 0.3}}, spread: share, parts: 1},
	loanIncome:        {name: "income", base: 18000, causes: []cause{{loanAge, 400}, {loanTenure, 800}, {loanGroup, -8000}}, spread: relative, width: 0.5, parts: 1},
	loanSavings:       {name: "savings", base: 1000, causes: []cause{{loanAge, 250}, {loanDependants, -1500}, {loanIncome, 0.3}}, spread: relative, width: 1, parts: 1},
	loanDebt:          {name: "debt", base: 4000, causes: []cause{{loanDependants, 3000}, {loanIncome, 0.35}}, spread: relative, width: 1, parts: 1},
	loanNeighbourhood: {name: "neighbourhood", base: 34, causes: []cause{{loanGroup, -15}, {loanIncome, 0.0004}}, spread: additive, width: 20, parts: 1},
	loanOdds: {name: "log-odds of repaid", base: -1.4, causes: []cause{
		{loanDependants, -0.2}, {loanTenure, 0.1}, {loanIncome, 0.00009}, {loanSavings, 0.00006}, {loanDebt, -0.00015},
	}},
}

// Loans returns n applicants for a loan, drawn from a known structural causal
// model (Truth), and whether they paid the loan back: class 0 defaulted, 1
// repaid. Truth.Effects are on the log-odds of repaid; that of group is for B
// against A.
func Loans(n int, seed uint64) *Table {
	if n < 1 {
		panic("dataset: a generator needs at least one row")
	}
	t := &Table{
		Name:    "loans",
		Title:   "Loans",
		Help:    "Made-up applicants for a loan. Who pays it back? The rules behind the data are known, so every explanation can be checked against the truth.",
		Columns: loanColumns(),
		Target: Column{
			Name: "outcome", Help: "whether the loan was paid back",
			Kind: Category, Max: 1, Step: 1, Categories: []string{"defaulted", "repaid"},
		},
		Unit:  "applicant",
		Truth: loanModel.truth("outcome"),
	}
	t.Plane = [2]int{t.Column("income"), t.Column("debt")}
	t.Truth.Causes = newCauses(loanModel, t.Columns)
	rng := rand.New(rand.NewPCG(seed, 6))
	nearest := math.Inf(1)
	for i := range n {
		row := loanModel.draw(rng, nil)
		for _, at := range t.Truth.Causes.place {
			t.X = append(t.X, float32(row[at]))
		}
		odds := row[loanOdds]
		// The chance is rounded because exp differs in its last bits between
		// platforms, and the class must not.
		class := float32(0)
		if rng.Float64() < rounded(1/(1+math.Exp(-odds)), 1e6) {
			class = 1
		}
		t.Y = append(t.Y, class)
		// A denied applicant whose odds are nearly even shows most.
		if class == 0 && math.Abs(odds+0.5) < nearest {
			nearest, t.Interesting = math.Abs(odds+0.5), i
		}
	}
	return t
}

func loanColumns() []Column {
	return []Column{
		{Name: "age", Unit: "years", Help: "age of the applicant", Kind: Integer, Min: 20, Max: 70, Step: 1},
		{Name: "income", Unit: "USD per year", Help: "what the applicant earns in a year", Kind: Integer, Min: 0, Max: 110000, Step: 100, Actionable: true},
		{Name: "debt", Unit: "USD", Help: "what the applicant owes already", Kind: Integer, Min: 0, Max: 110000, Step: 100, Actionable: true},
		{Name: "tenure", Unit: "years", Help: "how long the applicant has had the present job", Kind: Integer, Min: 0, Max: 32, Step: 1, Actionable: true},
		{Name: "dependants", Help: "how many people live on the applicant's income", Kind: Integer, Min: 0, Max: 4, Step: 1},
		{Name: "savings", Unit: "USD", Help: "what the applicant has put aside", Kind: Integer, Min: 0, Max: 110000, Step: 100, Actionable: true},
		{Name: "group", Help: "a protected group; it must not decide who gets a loan", Kind: Category, Max: 1, Step: 1, Categories: []string{"A", "B"}},
		{Name: "neighbourhood", Unit: "points", Help: "score of the applicant's part of town; it says something about group and income, but causes nothing", Kind: Integer, Min: 0, Max: 100, Step: 1, Actionable: true},
	}
}
