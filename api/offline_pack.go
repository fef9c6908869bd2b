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
		{"places", func() ([]byte, error) { return packPlaces(snap, area, p.counts) }},
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
// that is known of it, but for the outlines of villages, which the tiles draw.
func packPlaces(snap *geo.Snapshot, area savedArea, counts map[string]int) ([]byte, error) {
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
