package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive"
)

// packMagic begins a pack. After it come the length of the header as 32 bits,
// little-endian, the header as JSON, and the parts one after another:
//
//	tiles   a PMTiles archive
//	places  gzip of JSON: features by collection
//	roads   gzip of the graph of the roads: see appendRoads
const packMagic = "PETAPACK"

// offlinePack is a saved area, ready to be sent.
type offlinePack struct {
	identity string
	bytes    []byte
	parts    map[string]int
	counts   map[string]int
}

type packHeader struct {
	Format   int        `json:"format"`
	BBox     [4]float64 `json:"bbox"`
	Zooms    [2]int     `json:"zooms"`
	Snapshot string     `json:"snapshot"`
	Built    string     `json:"built"`
	Parts    []packPart `json:"parts"`
}

type packPart struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
	body  []byte
}

// drawnOffline are the collections whose tiles are saved, those that exist.
func drawnOffline() []string {
	return []string{"neighbours", "villages", "districts", "coverage", "roads", "destinations", "blankspots", "towers", "products", "villages_label"}
}

// toldOffline are the collections whose features can be found and opened offline.
func toldOffline() []string {
	return []string{"districts", "villages", "destinations", "products", "blankspots", "towers"}
}

func (s *service) makePack(ctx context.Context, snap *geo.Snapshot, area savedArea) (*offlinePack, error) {
	p := &offlinePack{parts: map[string]int{}, counts: map[string]int{}, identity: s.tilesVersion(snap) + " " + area.text()}
	h := packHeader{Format: 1, BBox: area.box(), Zooms: [2]int{savedMinZoom, area.maxZoom}, Snapshot: s.tilesVersion(snap), Built: stamp(snap.Built)}
	for _, part := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"tiles", func() ([]byte, error) { return packTiles(ctx, snap, area, s.Tiles) }},
		{"places", func() ([]byte, error) { return s.packPlaces(ctx, snap, area, p.counts) }},
		{"roads", func() ([]byte, error) { return s.packRoads(ctx, snap, area, p.counts) }},
	} {
		body, err := part.make()
		if err != nil {
			return nil, fmt.Errorf("the %s of a saved area: %w", part.name, err)
		}
		h.Parts = append(h.Parts, packPart{part.name, len(body), body})
		p.parts[part.name] = len(body)
	}
	header, err := json.Marshal(&h)
	if err != nil {
		return nil, err
	}
	p.bytes = binary.LittleEndian.AppendUint32([]byte(packMagic), uint32(len(header)))
	p.bytes = append(p.bytes, header...)
	for _, part := range h.Parts {
		p.bytes = append(p.bytes, part.body...)
	}
	return p, nil
}

// packTiles makes the archive of the tiles, as the map asks for them: without the
// names, which come with the places, and no finer than a screen.
func packTiles(ctx context.Context, snap *geo.Snapshot, area savedArea, options tiles.Options) ([]byte, error) {
	job := archive.Job{Snapshot: snap, MinZoom: savedMinZoom, MaxZoom: area.maxZoom, Bounds: &area.Bound, Options: options, Name: "petadesa"}
	carried := map[string]bool{}
	for _, id := range drawnOffline() {
		if l := snap.Layer(id); l != nil && l.Len() > 0 {
			job.Collections = append(job.Collections, id)
			for _, f := range l.Collection.Fields {
				carried[f.Name] = true
			}
		}
	}
	if len(job.Collections) == 0 {
		return nil, nil
	}
	properties := []string{}
	for _, name := range []string{"class", "operator", "technology", "category"} {
		if carried[name] {
			properties = append(properties, name)
		}
	}
	job.Query = func(zoom int) tiles.Query {
		q := tiles.Query{Extent: 4096, Properties: properties}
		switch {
		case zoom <= 10:
			q.Extent = 1024
		case zoom <= 12:
			q.Extent = 2048
		}
		return q
	}
	dir, err := os.MkdirTemp("", "petadesa-pack-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "area.pmtiles")
	switch _, err := archive.Export(ctx, path, job); {
	case errors.Is(err, archive.ErrEmpty):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return os.ReadFile(path)
}

// packPlaces writes what is in the area: each feature with where it is and all
// that is known of it, but for the outlines of villages, which the tiles draw. A
// destination has, in a member visit, what a visitor asks of it in both languages.
func (s *service) packPlaces(ctx context.Context, snap *geo.Snapshot, area savedArea, counts map[string]int) ([]byte, error) {
	asked, err := s.packVisits(ctx, snap)
	if err != nil {
		return nil, err
	}
	b := []byte{'{'}
	for _, id := range toldOffline() {
		l := snap.Layer(id)
		if l == nil {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(geo.AppendStringJSON(b, id), ':', '[')
		first := true
		for _, i := range sorted(l.Search(area.Bound, nil)) {
			g := l.Geometry(int(i))
			if g == nil || !l.Intersects(int(i), area.Bound) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			counts[id]++
			b = appendPlace(b, l, int(i), g)
			if id == "destinations" && asked != nil {
				if b, err = asked(b[:len(b)-1], int(i)); err != nil {
					return nil, err
				}
				b = append(b, '}')
			}
		}
		b = append(b, ']')
	}
	return zip(append(b, '}'))
}

// appendPlace writes a feature with a point for its geometry, and the box of what
// is larger than one.
func appendPlace(b []byte, l *geo.Layer, i int, g orb.Geometry) []byte {
	at := g.Bound().Center()
	record := geo.Record{ID: l.ID(i), Geometry: at, Values: make([]any, len(l.Columns))}
	for k := range l.Columns {
		record.Values[k] = l.Columns[k].Value(i)
	}
	c := l.Collection
	c.Geometry = geo.Point
	one := geo.AppendRecordJSON(nil, &c, &record)
	if g.Dimensions() > 0 {
		one = append(append(append(one[:len(one)-1], `,"bbox":`...), appendBBox(nil, g.Bound())...), '}')
	}
	return append(b, one...)
}

// packVisits returns what appends to a destination what a visitor asks of it; nil
// where there are no destinations.
func (s *service) packVisits(ctx context.Context, snap *geo.Snapshot) (func(b []byte, i int) ([]byte, error), error) {
	all, err := s.placesOf(ctx, snap)
	if err != nil || all == nil {
		return nil, err
	}
	heard, err := s.heard(ctx, snap)
	if err != nil {
		return nil, err
	}
	router, err := s.roads(ctx, snap)
	if none := (*Problem)(nil); errors.As(err, &none) && none.Kind == NoRoute {
		router, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	return func(b []byte, i int) ([]byte, error) {
		facts, way, err := s.visitFacts(ctx, snap, router, heard, all, i)
		if err != nil {
			return nil, err
		}
		one, err := json.Marshal(struct {
			Signal    string   `json:"signal"`
			Operators []string `json:"signal_operators"`
			Before    *metres  `json:"last_signal_before_m"`
			From      string   `json:"from,omitempty"`
			ID        []string `json:"id"`
			EN        []string `json:"en"`
		}{facts.Signal, facts.Operators, facts.Before, facts.From, way.words(indonesian), way.words(english)})
		return append(append(b, `,"visit":`...), one...), err
	}, nil
}

func zip(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
