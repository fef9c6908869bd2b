package geo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Dress returns a layer of the same features and shapes with other properties:
// what was computed about them, drawn by the same tiles. values gives those of
// the feature at a position, aligned with c.Fields, as in a Record; nil is none.
// Its version follows from that of l, the description and the values.
func (l *Layer) Dress(c Collection, values func(i int) []any) (*Layer, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	t := Table{Collection: c, Records: make([]Record, l.Len())}
	order := make([]int, l.Len())
	none := make([]any, len(c.Fields))
	for i := range t.Records {
		v := values(i)
		if v == nil {
			v = none
		}
		t.Records[i], order[i] = Record{ID: l.ids[i], Geometry: l.geometries[i], Values: v}, i
	}
	if _, err := checkedOrder(&t); err != nil {
		return nil, fmt.Errorf("dress %s as %s: %w", l.Collection.ID, c.ID, err)
	}
	sum := sha256.Sum256([]byte(l.Version + "\x00" + tableHash(&t, order)))
	dressed := &Layer{
		Collection: cloneCollection(c), Version: hex.EncodeToString(sum[:8]), Bound: l.Bound, Shape: l.Shape, Derived: true,
		ids: l.ids, geometries: l.geometries, index: l.index,
	}
	for k, f := range dressed.Collection.Fields {
		dressed.Columns = append(dressed.Columns, newColumn(f, len(order)))
		fillColumn(&dressed.Columns[k], &t, order, k)
	}
	return dressed, nil
}
