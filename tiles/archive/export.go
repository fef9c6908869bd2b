package archive

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// Job says what to export.
type Job struct {
	Snapshot    *geo.Snapshot
	Collections []string   // the layers, in their order in each tile; empty: all, in order of id
	MinZoom     int        // both zooms are included
	MaxZoom     int        //
	Bounds      *orb.Bound // only tiles that meet this, degrees; nil: all
	Options     tiles.Options
	Name        string // of the tileset; empty: from the collections' titles
	Workers     int    // tiles cut at once; 0: one for each processor

	// Query says what of the features the tiles of a zoom carry and how fine; nil:
	// all, at the default extent.
	Query func(zoom int) tiles.Query

	// Progress, if any, is called from one goroutine after each tile that was
	// looked at: done of total. It must be quick.
	Progress func(done, total int)
}

// Stats tells what an export did.
type Stats struct {
	Looked   int    // tiles that might have held something
	Tiles    uint64 // tiles that hold something: those in the archive
	Contents uint64 // distinct tiles
	Runs     uint64 // runs of equal tiles, in PMTiles: the entries of its directories
	Dropped  int    // features left out of tiles that were over their budget
	Raw      uint64 // bytes of all tiles before compression
	Data     uint64 // bytes of the distinct tiles, compressed
	Repeated uint64 // bytes saved because equal tiles are kept once
	Bytes    uint64 // of the file
	Took     time.Duration
}

// ErrEmpty is what Export returns when there is no tile to write.
var ErrEmpty = errors.New("there is nothing in these zooms and bounds")

// Export cuts all tiles of the job's layers and writes them to a new archive at
// path, PMTiles or MBTiles by its extension. What was at path is replaced when
// all is done; after an error, ctx's end included, path is as it was.
func Export(ctx context.Context, path string, j Job) (Stats, error) {
	start := time.Now()
	s, err := export(ctx, path, &j)
	if err != nil {
		return Stats{}, fmt.Errorf("export tiles to %s: %w", path, err)
	}
	s.Took = time.Since(start)
	return s, nil
}

func export(ctx context.Context, path string, j *Job) (Stats, error) {
	var begin func(context.Context, string) (sink, error)
	switch extension := strings.ToLower(filepath.Ext(path)); extension {
	case ".pmtiles":
		begin = newPMSink
	case ".mbtiles":
		begin = newMBSink
	default:
		return Stats{}, fmt.Errorf("extension %q is neither .pmtiles nor .mbtiles", extension)
	}
	layers, err := j.layers()
	if err != nil {
		return Stats{}, err
	}
	ids, err := candidates(ctx, layers, j)
	if err != nil {
		return Stats{}, err
	}
	var s Stats
	err = replace(path, func(path string) error {
		to, err := begin(ctx, path)
		if err != nil {
			return err
		}
		s, err = j.fill(ctx, to, layers, ids)
		if err != nil {
			to.abort()
		}
		return err
	})
	return s, err
}

// layers returns the job's layers, having checked it.
func (j *Job) layers() ([]*geo.Layer, error) {
	if j.MinZoom < 0 || j.MinZoom > j.MaxZoom || j.MaxZoom > geo.MaxTileZoom {
		return nil, fmt.Errorf("zooms %d to %d are not within 0 to %d", j.MinZoom, j.MaxZoom, geo.MaxTileZoom)
	}
	if b := j.Bounds; b != nil && !(b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]) {
		return nil, fmt.Errorf("bounds %v are empty", *b)
	}
	if len(j.Collections) == 0 {
		return j.Snapshot.Layers(), nil
	}
	var layers []*geo.Layer
	for _, id := range j.Collections {
		l := j.Snapshot.Layer(id)
		if l == nil {
			return nil, fmt.Errorf("there is no collection %q", id)
		}
		layers = append(layers, l)
	}
	return layers, nil
}

// fill cuts the tiles into the file.
func (j *Job) fill(ctx context.Context, to sink, layers []*geo.Layer, ids []uint64) (Stats, error) {
	workers := j.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var s Stats
	var least, most int
	cutOne := func(ctx context.Context, at tiles.Address) (tiles.Tile, error) {
		q := tiles.Query{}
		if j.Query != nil {
			q = j.Query(int(at.Z))
		}
		return tiles.Cut(ctx, layers, at, q, j.Options)
	}
	err := cutAll(ctx, ids, workers, cutOne, func(at tiles.Address, c cut) error {
		s.Looked++
		if c.packed != nil {
			if s.Raw == 0 {
				least = int(at.Z)
			}
			most = int(at.Z)
			s.Raw += uint64(len(c.tile.Data))
			s.Dropped += c.tile.Dropped
			if err := to.add(ctx, at, c.packed); err != nil {
				return err
			}
		}
		if j.Progress != nil {
			j.Progress(s.Looked, len(ids))
		}
		return nil
	})
	if err != nil {
		return Stats{}, err
	}
	if s.Raw == 0 {
		return Stats{}, ErrEmpty
	}
	t, m := j.describe(layers, least, most)
	written, err := to.finish(ctx, &t, &m)
	written.Looked, written.Raw, written.Dropped = s.Looked, s.Raw, s.Dropped
	return written, err
}

// describe returns what the archive says about itself.
func (j *Job) describe(layers []*geo.Layer, least, most int) (tiles.TileJSON, metadata) {
	t := tiles.NewTileJSON(layers, "")
	t.MinZoom, t.MaxZoom = least, most
	if j.Bounds != nil {
		b := tiles.Bounds(layers)
		b.Min = orb.Point{max(b.Min[0], j.Bounds.Min[0]), max(b.Min[1], j.Bounds.Min[1])}
		b.Max = orb.Point{min(b.Max[0], j.Bounds.Max[0]), min(b.Max[1], j.Bounds.Max[1])}
		if !b.IsEmpty() {
			centre := b.Center()
			t.Bounds = [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
			t.Center[0], t.Center[1] = centre[0], centre[1]
		}
	}
	t.Center[2] = min(max(t.Center[2], float64(least)), float64(most))
	m := metadata{Name: t.Name, Description: t.Description, Attribution: t.Attribution, Type: "overlay", Version: tiles.Version(layers), Generator: "petadesa"}
	if j.Name != "" {
		m.Name = j.Name
	}
	for _, v := range t.VectorLayers {
		v.MinZoom, v.MaxZoom = max(v.MinZoom, least), min(v.MaxZoom, most)
		if v.MinZoom <= v.MaxZoom {
			m.VectorLayers = append(m.VectorLayers, v)
		}
	}
	return t, m
}
