package archive

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/mbtiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// sink is a file that tiles are written into, in the order of their ids.
type sink interface {
	add(ctx context.Context, at tiles.Address, packed []byte) error
	finish(ctx context.Context, t *tiles.TileJSON, m *metadata) (Stats, error)
	abort()
}

type pmSink struct {
	*pmtiles.Writer
	file *os.File
}

func newPMSink(_ context.Context, path string) (sink, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	w, err := pmtiles.NewWriter(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &pmSink{w, f}, nil
}

func (s *pmSink) add(_ context.Context, at tiles.Address, packed []byte) error {
	return s.Add(at, packed)
}

func (s *pmSink) finish(_ context.Context, t *tiles.TileJSON, m *metadata) (Stats, error) {
	document, err := json.Marshal(m)
	if err != nil {
		return Stats{}, err
	}
	d := pmtiles.Description{Type: pmtiles.MVT, Compression: pmtiles.Gzip, CenterZoom: uint8(t.Center[2]), Metadata: document}
	d.Bounds.Min, d.Bounds.Max = [2]float64(t.Bounds[:2]), [2]float64(t.Bounds[2:])
	d.Center = [2]float64(t.Center[:2])
	n, err := s.Finish(d)
	if err != nil {
		return Stats{}, err
	}
	return Stats{Tiles: n.Tiles, Contents: n.Contents, Runs: n.Entries, Data: n.Data, Repeated: n.Repeated, Bytes: n.Bytes}, s.file.Close()
}

func (s *pmSink) abort() { s.file.Close() }

type mbSink struct{ *mbtiles.Writer }

func newMBSink(ctx context.Context, path string) (sink, error) {
	w, err := mbtiles.Create(ctx, path)
	return &mbSink{w}, err
}

func (s *mbSink) add(ctx context.Context, at tiles.Address, packed []byte) error {
	return s.Add(ctx, at, packed)
}

func (s *mbSink) finish(ctx context.Context, t *tiles.TileJSON, m *metadata) (Stats, error) {
	layers, err := json.Marshal(map[string]any{"vector_layers": m.VectorLayers})
	if err != nil {
		return Stats{}, err
	}
	rows := []mbtiles.Row{
		{Name: "name", Value: m.Name},
		{Name: "format", Value: "pbf"},
		{Name: "bounds", Value: join(t.Bounds[:]...)},
		{Name: "center", Value: join(t.Center[:]...)},
		{Name: "minzoom", Value: strconv.Itoa(t.MinZoom)},
		{Name: "maxzoom", Value: strconv.Itoa(t.MaxZoom)},
		{Name: "attribution", Value: m.Attribution},
		{Name: "description", Value: m.Description},
		{Name: "type", Value: m.Type},
		{Name: "version", Value: "1"},
		{Name: "generator", Value: fmt.Sprintf("%s %s", m.Generator, m.Version)},
		{Name: "json", Value: string(layers)},
	}
	n, err := s.Finish(ctx, rows)
	return Stats{Tiles: n.Tiles, Contents: n.Contents, Runs: n.Tiles, Data: n.Data, Repeated: n.Repeated, Bytes: n.Bytes}, err
}

func (s *mbSink) abort() { s.Abort() }
