package spec

import (
	"bytes"
	"encoding/json"
)

// merge applies an RFC 7396 merge patch to a document. The results of diff and
// documents that readTree took are the only input, so nesting is bounded.
func merge(base, patch []byte) ([]byte, error) {
	b, err := decodeAny(base)
	if err != nil {
		return nil, err
	}
	p, err := decodeAny(patch)
	if err != nil {
		return nil, err
	}
	merged, err := json.MarshalIndent(mergeValue(b, p), "", "  ")
	return append(merged, '\n'), err
}

func mergeValue(base, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	fields, ok := base.(map[string]any)
	if !ok {
		fields = make(map[string]any)
	}
	for name, x := range changes {
		if x == nil {
			delete(fields, name)
		} else {
			fields[name] = mergeValue(fields[name], x)
		}
	}
	return fields
}

// diff returns the merge patch that turns one document into another. Neither
// holds a null.
func diff(from, to []byte) ([]byte, error) {
	a, err := decodeAny(from)
	if err != nil {
		return nil, err
	}
	b, err := decodeAny(to)
	if err != nil {
		return nil, err
	}
	patch, _ := diffValue(a, b)
	if patch == nil {
		patch = map[string]any{}
	}
	return json.Marshal(patch)
}

// sameJSON compares what JSON was read as by how it is written.
func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

func diffValue(a, b any) (patch any, changed bool) {
	from, ok1 := a.(map[string]any)
	to, ok2 := b.(map[string]any)
	if !ok1 || !ok2 {
		return b, !sameJSON(a, b)
	}
	changes := make(map[string]any)
	for name := range from {
		if _, ok := to[name]; !ok {
			changes[name] = nil
		}
	}
	for name, x := range to {
		old, ok := from[name]
		if !ok {
			changes[name] = x
		} else if p, differs := diffValue(old, x); differs {
			changes[name] = p
		}
	}
	return changes, len(changes) > 0
}

// decodeAny keeps numbers as they are written.
func decodeAny(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}
