package live

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Kind is what a source is in the database.
type Kind string

// The kinds of sources.
const (
	Table            Kind = "table"
	View             Kind = "view"
	MaterializedView Kind = "materialized view"
	ForeignTable     Kind = "foreign table"
	Function         Kind = "function"
)

// Source describes what is published under a name. It is read-only.
type Source struct {
	// Name is schema.name; schema.name.column for the second and any further
	// geometry column of a relation. It may hold any character.
	Name        string
	Kind        Kind
	Schema      string
	Relation    string // or function
	Description string // its COMMENT

	// Of a relation.
	Geometry geo.GeometryType
	Column   string // of the geometry
	SRID     int    // of the geometry as it is stored
	Key      Key
	Fields   []geo.Field // properties, in the order of the columns; the key is among them
	Extent   *orb.Bound  // in degrees, estimated: never refuse a tile by it; nil: unknown
	Rows     int64       // estimated; -1: unknown
	Pages    bool        // Items can page through it

	// Of a function.
	TakesQuery bool // it is given the parameters of the request
}

// Key is the column that identifies a feature.
type Key struct {
	Column  string // "": there is none
	Integer bool   // it is the id of tiles' features; otherwise the property Property is
	// Property names the text property of tiles that holds a key that is not an
	// integer; "" when there is none.
	Property string
	Assumed  bool // by its name: a view declares no key
}

// Skipped is a relation or function of an allowed schema that is not published.
type Skipped struct{ Name, Reason string }

// published is a source with what it takes to answer from it. It never changes.
type published struct {
	Source
	version    uint64 // of what it answers: tiles of another are never shown
	statements statements
	indexed    bool // an index tells its extent
}

func (p *published) isRelation() bool { return p.Kind != Function }
