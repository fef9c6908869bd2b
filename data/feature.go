package data

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
)

// DecodeFeature reads what geo.AppendRecordJSON wrote of a feature, as a record
// of the collection as it is now: fields that came later are missing, those that
// went are left out. Empty text is no feature.
func DecodeFeature(c *geo.Collection, text []byte) (*geo.Record, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var feature struct {
		ID         string
		Geometry   json.RawMessage
		Properties map[string]any
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&feature); err != nil {
		return nil, fmt.Errorf("%w: feature: %w", ErrInvalid, err)
	}
	r := &geo.Record{ID: feature.ID, Values: make([]any, len(c.Fields))}
	if len(feature.Geometry) > 0 && string(feature.Geometry) != "null" {
		g, err := geojson.UnmarshalGeometry(feature.Geometry)
		if err != nil {
			return nil, fmt.Errorf("%w: feature %q: geometry: %w", ErrInvalid, r.ID, err)
		}
		r.Geometry = Canonical(c.Geometry, g.Geometry())
	}
	for i, f := range c.Fields {
		v, ok := fieldValue(f.Type, feature.Properties[f.Name])
		if !ok {
			return nil, fmt.Errorf("%w: feature %q: property %q is no %s", ErrInvalid, r.ID, f.Name, f.Type)
		}
		r.Values[i] = v
	}
	return r, nil
}

// fieldValue returns a JSON value as a record holds it.
func fieldValue(t geo.FieldType, v any) (any, bool) {
	var err error
	switch v := v.(type) {
	case nil:
		return nil, true
	case string:
		return v, t == geo.String
	case bool:
		return v, t == geo.Boolean
	case json.Number:
		var n any
		switch t {
		case geo.Integer:
			n, err = strconv.ParseInt(v.String(), 10, 64)
		case geo.Number:
			n, err = strconv.ParseFloat(v.String(), 64)
		default:
			return nil, false
		}
		return n, err == nil
	}
	return nil, false
}
