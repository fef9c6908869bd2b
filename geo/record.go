package geo

import "github.com/paulmach/orb"

// Record is one feature on its way between a file, a store and the Builder.
type Record struct {
	ID       string       // unique in its collection, never empty
	Geometry orb.Geometry // degrees, longitude first; nil: none
	Values   []any        // aligned with Collection.Fields: string, int64, float64, bool or nil
}

// Table is a whole collection: what a store loads and Build reads. The order
// of Records carries no meaning.
type Table struct {
	Collection Collection
	Records    []Record
}
