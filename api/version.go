package api

import (
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// versioned is a snapshot and the version of the tiles of all its layers.
type versioned struct {
	snapshot *geo.Snapshot
	tiles    string
}

// tilesVersion tells the tiles of a snapshot apart from those of any other, and
// from those that another program cuts of the same data: what Snapshot.Version
// does not. It is what the map page puts into the addresses of tiles.
func (s *service) tilesVersion(snap *geo.Snapshot) string {
	if v := s.version.Load(); v != nil && v.snapshot == snap {
		return v.tiles
	}
	v := &versioned{snap, tiles.Version(snap.Layers())}
	s.version.Store(v)
	return v.tiles
}
