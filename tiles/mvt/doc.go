// Package mvt writes and reads Mapbox Vector Tiles, version 2.1 of the
// specification (github.com/mapbox/vector-tile-spec).
//
// Writing is append-only into buffers that are kept, and its bytes depend on
// what is written and on nothing else. The writer trusts its caller about
// geometry: rings are simple and turn the right way when it gets them.
//
// Reading is for tests, archives and tools: it is bounded by the size of its
// input, returns an error for what the specification forbids, and never panics.
//
// The package knows no map projection: coordinates are those of the tile.
package mvt

// GeometryType is the type of a feature, as the specification numbers it.
type GeometryType uint8

// The geometry types. A reader must accept Unknown.
const (
	Unknown GeometryType = iota
	Point
	LineString
	Polygon
)

// The commands of a geometry.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// The wire types: how long a value is.
const (
	varint  = 0
	fixed64 = 1
	length  = 2 // it comes first
	fixed32 = 5
)

// The fields of the messages, as keys of the wire format: number<<3 | wire type.
const (
	tileLayer = 3<<3 | length

	layerName    = 1<<3 | length
	layerFeature = 2<<3 | length
	layerKey     = 3<<3 | length
	layerValue   = 4<<3 | length
	layerExtent  = 5<<3 | varint
	layerVersion = 15<<3 | varint

	featureID       = 1<<3 | varint
	featureTags     = 2<<3 | length
	featureType     = 3<<3 | varint
	featureGeometry = 4<<3 | length

	valueString = 1<<3 | length
	valueFloat  = 2<<3 | fixed32
	valueDouble = 3<<3 | fixed64
	valueInt    = 4<<3 | varint
	valueUint   = 5<<3 | varint
	valueSint   = 6<<3 | varint
	valueBool   = 7<<3 | varint
)
