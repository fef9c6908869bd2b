package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// Layer is one collection inside a Snapshot: immutable, indexed, in order of
// feature id. Features are addressed by their position, 0 to Len()-1.
type Layer struct {
	Collection Collection
	Version    string    // hash of the description and all features
	Bound      orb.Bound // degrees; orb's empty bound when no feature has a geometry
	Columns    []Column  // aligned with Collection.Fields
	Shape      Shape     // what tiles are cut from
	Derived    bool      // computed from another layer, not stored

	ids        []string
	geometries []orb.Geometry
	index      index
	source     string // of a derived layer: the version it was derived from
}

// Len returns the number of features.
func (l *Layer) Len() int { return len(l.ids) }

// ID returns the id of the feature at position i.
func (l *Layer) ID(i int) string { return l.ids[i] }

// Find returns the position of the feature with that id.
func (l *Layer) Find(id string) (int, bool) { return slices.BinarySearch(l.ids, id) }

// Geometry returns the exact geometry of feature i in degrees, or nil. It is
// shared: the caller must not change it, nor hand it to a function that does
// (orb's clip, simplify and mvt functions do).
func (l *Layer) Geometry(i int) orb.Geometry { return l.geometries[i] }

// Column returns the named column, or nil.
func (l *Layer) Column(name string) *Column {
	if i := l.Collection.FieldIndex(name); i >= 0 {
		return &l.Columns[i]
	}
	return nil
}

// Search appends to dst the positions of all features whose bounds (in
// degrees) meet b, in ascending order, and returns it.
func (l *Layer) Search(b orb.Bound, dst []int32) []int32 {
	start := len(dst)
	dst = l.index.search(b, dst)
	slices.Sort(dst[start:])
	return dst
}

// Table returns the layer as records, as if loaded from a store. Geometries are
// shared with the layer.
func (l *Layer) Table() Table {
	t := Table{Collection: cloneCollection(l.Collection), Records: make([]Record, l.Len())}
	for i := range t.Records {
		values := make([]any, len(l.Columns))
		for c := range l.Columns {
			values[c] = l.Columns[c].Value(i)
		}
		t.Records[i] = Record{ID: l.ids[i], Geometry: l.geometries[i], Values: values}
	}
	return t
}
