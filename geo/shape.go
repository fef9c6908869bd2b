package geo

// Shape is the geometry of a layer as tiles see it: Web Mercator coordinates in
// units of 1/2³² of the world (about 9 mm at the equator), x eastward from the
// antimeridian, y southward from about 85.05° N, cut into parts (a point, a
// line or an unclosed ring), the parts of one feature side by side.
//
// Rank holds for each vertex the smallest zoom at which it is drawn: at zoom z
// the vertices with Rank ≤ z are drawn. Ranks are chosen so that
//   - vertices at the same place in one layer have the same rank, so neighbours
//     that share a border share it at every zoom;
//   - at no zoom does a border cross another border that it did not cross before;
//   - a line keeps its ends, a ring at least three vertices.
type Shape struct {
	X, Y  []uint32
	Rank  []uint8
	Parts []uint32 // part p is vertices Parts[p] to Parts[p+1]
	Hole  []bool   // of each part: an interior ring, of the last exterior before it
	Feats []uint32 // feature i is parts Feats[i] to Feats[i+1]
	Boxes []Box    // of each part

	// Planar is set when no two borders cross at any zoom: they meet at vertices
	// of both, or not at all. It is never set for lines.
	Planar bool
}

// Box is a closed range of world coordinates.
type Box struct{ MinX, MinY, MaxX, MaxY uint32 }

// Meets reports whether the boxes have a point in common.
func (b Box) Meets(c Box) bool {
	return b.MinX <= c.MaxX && c.MinX <= b.MaxX && b.MinY <= c.MaxY && c.MinY <= b.MaxY
}
