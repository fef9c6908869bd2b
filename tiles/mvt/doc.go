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

// The fields of the messages, as keys of the wire format: number<<3 | type.
const (
	tileLayer = 3<<3 | 2

	layerName    = 1<<3 | 2
	layerFeature = 2<<3 | 2
	layerKey     = 3<<3 | 2
	layerValue   = 4<<3 | 2
	layerExtent  = 5<<3 | 0
	layerVersion = 15<<3 | 0

	featureID       = 1<<3 | 0
	featureTags     = 2<<3 | 2
	featureType     = 3<<3 | 0
	featureGeometry = 4<<3 | 2

	valueString = 1<<3 | 2
	valueFloat  = 2<<3 | 5
	valueDouble = 3<<3 | 1
	valueInt    = 4<<3 | 0
	valueUint   = 5<<3 | 0
	valueSint   = 6<<3 | 0
	valueBool   = 7<<3 | 0
)
