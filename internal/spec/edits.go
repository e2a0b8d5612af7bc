package spec

import (
	"encoding/json"
	"math"
)

// Missing is what a spec writes where a feature of the row has no value.
const Missing = "missing"

// Edits are the features of a row that are set by hand, by name. NaN is a
// missing value, in JSON the text "missing".
type Edits map[string]float64

// MarshalJSON writes the names sorted. A value that is infinite is an error.
func (e Edits) MarshalJSON() ([]byte, error) {
	values := make(map[string]any, len(e))
	for name, v := range e {
		values[name] = v
		if math.IsNaN(v) {
			values[name] = Missing
		}
	}
	return json.Marshal(values)
}
