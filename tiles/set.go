package tiles

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/petadesa/petadesa/geo"
)

// set is a choice of layers and a query: what the tiles of one URL have in common.
type set struct {
	id      uint64
	layers  []*geo.Layer
	query   Query
	tag     string // identifies the content, on every server
	version string // of the layers
	zooms   uint32 // bit z: some layer is drawn at zoom z

	asked atomic.Bool // by a client, not only as a part of others
}

// etag returns the strong validator of a tile.
func (s *set) etag(a Address, c coding) string {
	b := make([]byte, 0, 48)
	b = append(b, '"')
	b = append(b, s.tag...)
	for _, n := range [3]uint64{uint64(a.Z), uint64(a.X), uint64(a.Y)} {
		b = strconv.AppendUint(append(b, '.'), n, 10)
	}
	b = append(b, '.', "igzb"[c], '"')
	return string(b)
}

// best returns the coding that makes a tile of the set smallest for its worth:
// what is filtered is asked for by one visitor, and not worth brotli's time.
func (s *set) best(a Address) coding {
	if a.Z <= brotliZoom && s.query.Filter == nil {
		return brotlied
	}
	return zstandard
}

// sets remembers the sets asked for lately.
type sets struct {
	mu     sync.RWMutex
	known  map[setKey]*set
	latest map[string]*geo.Layer // by collection: a set with an older one is dropped
	last   uint64                // id given last
}

// setKey compares layers by identity: a layer that did not change is the same
// one in the next snapshot.
type setKey struct {
	layers [16]*geo.Layer
	more   string // the versions of further layers
	query  string
}

// maxSets bounds what clients can make the server remember.
const maxSets = 1024

// find returns the set, and those dropped because it takes their place.
func (s *sets) find(layers []*geo.Layer, q *Query, o *Options) (found *set, gone map[uint64]bool, err error) {
	k := setKey{query: q.key()}
	if n := copy(k.layers[:], layers); n < len(layers) {
		k.more = Version(layers[n:])
	}
	s.mu.RLock()
	found = s.known[k]
	s.mu.RUnlock()
	if found != nil {
		return found, nil, nil
	}
	if err := q.Check(layers); err != nil {
		return nil, nil, err
	}
	found = &set{layers: append([]*geo.Layer(nil), layers...), query: *q, version: Version(layers)}
	found.tag = tag(found.version, k.query, o)
	for z := range geo.MaxTileZoom + 1 {
		if len(at(layers, z)) > 0 {
			found.zooms |= 1 << z
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if other := s.known[k]; other != nil {
		return other, nil, nil
	}
	gone = s.supersede(layers)
	s.last++
	found.id = s.last
	s.known[k] = found
	return found, gone, nil
}

// supersede forgets the sets of layers that these replace, or all when there
// are too many, and returns their ids.
func (s *sets) supersede(layers []*geo.Layer) map[uint64]bool {
	if s.known == nil {
		s.known, s.latest = map[setKey]*set{}, map[string]*geo.Layer{}
	}
	gone := map[uint64]bool{}
	all := len(s.known) >= maxSets
	for _, l := range layers {
		if s.latest[l.Collection.ID] != l {
			s.latest[l.Collection.ID] = l
			for k, old := range s.known {
				for _, m := range old.layers {
					if m.Collection.ID == l.Collection.ID && m != l {
						gone[old.id] = true
						delete(s.known, k)
						break
					}
				}
			}
		}
	}
	if all {
		for k, old := range s.known {
			gone[old.id] = true
			delete(s.known, k)
		}
	}
	return gone
}

// asked returns at most n of the sets that clients asked for.
func (s *sets) asked(n int) []*set {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []*set
	for _, one := range s.known {
		if one.asked.Load() && len(all) < n {
			all = append(all, one)
		}
	}
	return all
}

func tag(version, query string, o *Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s|%q|%d|%d", version, query, o.budget(), o.clusterBelow())
	return hex.EncodeToString(h.Sum(nil)[:8])
}
