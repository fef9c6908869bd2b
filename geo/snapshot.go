package geo

import (
	"slices"
	"strings"
	"time"
)

// Snapshot is everything the service knows at one moment. It never changes.
type Snapshot struct {
	Version string    // hash of the layers' versions: the same records give the same version anywhere
	Built   time.Time // when it was built; not part of the version

	layers []*Layer // in order of collection id
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
