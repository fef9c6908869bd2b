package cql2

import (
	"encoding/json"
	"math"

	"github.com/paulmach/orb"
)

// MarshalJSON writes the filter as CQL2 JSON, which ParseJSON reads as the same.
func (f *Filter) MarshalJSON() ([]byte, error) { return json.Marshal(f.root.toJSON()) }

type object = map[string]any

func (n *node) toJSON() any {
	switch n.op {
	case opProperty:
		return object{"property": n.value}
	case opLiteral:
		return literalJSON(n.value)
	case opInterval:
		ends := make([]any, len(n.args))
		for i, a := range n.args {
			if v, ok := a.value.(span); ok {
				ends[i] = formatInstant(v.from, v.days)
			} else {
				ends[i] = a.toJSON()
			}
		}
		return object{"interval": ends}
	}
	args := make([]any, len(n.args))
	for i, a := range n.args {
		args[i] = a.toJSON()
	}
	if n.op == "in" {
		args = []any{args[0], args[1:]}
	}
	return object{"op": n.op, "args": args}
}

func literalJSON(value any) any {
	switch v := value.(type) {
	case span:
		if v.days {
			return object{"date": formatInstant(v.from, true)}
		}
		return object{"timestamp": formatInstant(v.from, false)}
	case float64:
		if v == math.Trunc(v) {
			return json.Number(formatFloat(v))
		}
	case orb.Bound:
		return object{"bbox": []float64{v.Min[0], v.Min[1], v.Max[0], v.Max[1]}}
	case orb.Collection:
		members := make([]any, len(v))
		for i, g := range v {
			members[i] = literalJSON(g)
		}
		return object{"type": v.GeoJSONType(), "geometries": members}
	case orb.Geometry:
		return object{"type": v.GeoJSONType(), "coordinates": v}
	}
	return value
}

var _ json.Marshaler = (*Filter)(nil)
