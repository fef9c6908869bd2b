package geo

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/petadesa/petadesa/geo/raster"
)

// Snapshot is everything the service knows at one moment. It never changes.
type Snapshot struct {
	Version string    // hash of the versions of layers and rasters: the same records give the same version anywhere
	Built   time.Time // when it was built; not part of the version

	layers  []*Layer         // in order of collection id
	rasters []*raster.Raster // in order of name
}

// Layers returns all layers in order of collection id; read only.
func (s *Snapshot) Layers() []*Layer { return s.layers }

// Layer returns the layer of that collection, or nil.
func (s *Snapshot) Layer(id string) *Layer {
	i, ok := slices.BinarySearchFunc(s.layers, id, func(l *Layer, id string) int { return strings.Compare(l.Collection.ID, id) })
	if !ok {
		return nil
	}
	return s.layers[i]
}

// Rasters returns all rasters in order of name; read only.
func (s *Snapshot) Rasters() []*raster.Raster { return s.rasters }

// Raster returns the raster of that name, or nil.
func (s *Snapshot) Raster(name string) *raster.Raster {
	i := slices.IndexFunc(s.rasters, func(r *raster.Raster) bool { return r.Description().Name == name })
	if i < 0 {
		return nil
	}
	return s.rasters[i]
}

// WithRasters returns the snapshot with exactly these rasters.
func (s *Snapshot) WithRasters(rasters ...*raster.Raster) *Snapshot {
	next := *s
	next.rasters = slices.Clone(rasters)
	slices.SortFunc(next.rasters, func(a, b *raster.Raster) int { return strings.Compare(a.Description().Name, b.Description().Name) })
	next.Version = next.hash()
	return &next
}

func (s *Snapshot) hash() string {
	h := sha256.New()
	for _, l := range s.layers {
		h.Write([]byte(l.Collection.ID + "\x00" + l.Version + "\x00"))
	}
	for _, r := range s.rasters {
		h.Write([]byte("\x00" + r.Description().Name + "\x00" + r.Version() + "\x00")) // no collection has an empty id
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
