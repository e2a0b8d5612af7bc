package view

import (
	"encoding/json"
	"math"
)

// Value is one value of a feature. NaN, in JSON null, is a missing one.
type Value float64

// MarshalJSON writes null for a missing value.
func (v Value) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(v)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(v))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(data []byte) error {
	*v = Value(math.NaN())
	if string(data) == "null" {
		return nil
	}
	return json.Unmarshal(data, (*float64)(v))
}

// Row is a row of features, bit for bit. NaN, in JSON null, is a missing value.
type Row []float32

// MarshalJSON writes null for missing values.
func (r Row) MarshalJSON() ([]byte, error) {
	values := make([]*float32, len(r))
	for i := range r {
		if r[i] == r[i] {
			values[i] = &r[i]
		}
	}
	return json.Marshal(values)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Row) UnmarshalJSON(data []byte) error {
	var values []*float32
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	*r = make(Row, len(values))
	for i, v := range values {
		(*r)[i] = float32(math.NaN())
		if v != nil {
			(*r)[i] = *v
		}
	}
	return nil
}
