package explain

// Batch is how many rows go to the model at a time: enough for its inner loops,
// few enough that a stop takes effect at once.
const Batch = 256

// Run is one explanation under way. It puts rows to the model a batch at a
// time and reports before each batch.
type Run struct {
	Query
	D, K   int       // features, scores
	Done   int       // rows so far
	Of     int       // rows in all, for the reports
	scores []float32 // Batch×K
}

// NewRun starts an explanation that will put `of` rows to the model.
func NewRun(q Query, of int) *Run {
	d, k := q.Dims()
	return &Run{Query: q, D: d, K: k, Of: of, scores: make([]float32, Batch*k)}
}

// NewRowRun is NewRun for explainers of one score of one row. It panics where
// row and class do not fit the model.
func NewRowRun(q Query, of int) *Run {
	r := NewRun(q, of)
	if len(q.X) != r.D || q.Class < 0 || q.Class >= r.K {
		panic("explain: the query does not fit the model")
	}
	return r
}

// Scores calls use with the K scores of each row of x (rows×D), in order; they
// are good until use returns.
func (r *Run) Scores(x []float32, use func(i int, scores []float32) error) error {
	return r.Batches(len(x)/r.D, func(from, n int) error {
		r.Predict(r.scores[:n*r.K], x[from*r.D:(from+n)*r.D], n)
		for i := range n {
			if err := use(from+i, r.scores[i*r.K:(i+1)*r.K]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Batches calls f for rows from..from+n-1 until all rows had their turn, and
// reports progress before each call.
func (r *Run) Batches(rows int, f func(from, n int) error) error {
	for from := 0; from < rows; from += Batch {
		if err := r.Step(r.Done, r.Of); err != nil {
			return err
		}
		n := min(Batch, rows-from)
		if err := f(from, n); err != nil {
			return err
		}
		r.Done += n
	}
	return nil
}

// Parts is Query.Parts where part i puts rows(i) rows to the model.
func (r *Run) Parts(n int, rows func(i int) int, compute func(i int) ([]float64, error)) ([][]float64, error) {
	return r.Query.Parts(n, func(i int) { r.Done += rows(i) }, compute)
}

// Why a model gives numbers that are not finite, and the way out.
const (
	NotFinite = "so its training diverged or the row lies far outside the data"
	Retrain   = "rewind the training or change the row"
)

// Finite returns an error where one of the scores is NaN or infinite; where
// says more about the row, or nothing.
func Finite(scores []float32, where string) error {
	for _, s := range scores {
		if s-s != 0 {
			return Refuse(Retrain, "the model's score is %v where a finite number is needed%s, %s", s, where, NotFinite)
		}
	}
	return nil
}
