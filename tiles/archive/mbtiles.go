package archive

import (
	"bytes"
	"context"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/mbtiles"
)

// mbArchive is an MBTiles archive as a source.
type mbArchive struct {
	*mbtiles.Reader
	description tiles.Description
}

var _ Archive = (*mbArchive)(nil)

func openMBTiles(ctx context.Context, path string) (*mbArchive, error) {
	r, err := mbtiles.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	d := tiles.Description{
		MediaType: formatType(r.Metadata["format"]), Version: r.Identity(),
		MinZoom: r.MinZoom, MaxZoom: r.MaxZoom, Bounds: wholeWorld,
	}
	m := readMetadata([]byte(r.Metadata["json"]))
	m.Name, m.Description, m.Attribution = r.Metadata["name"], r.Metadata["description"], r.Metadata["attribution"]
	m.describe(&d)
	if b, ok := degrees(r.Metadata["bounds"], 4); ok && b[0] <= b[2] && b[1] <= b[3] {
		d.Bounds = orb.Bound{Min: orb.Point{max(b[0], -180), max(b[1], -90)}, Max: orb.Point{min(b[2], 180), min(b[3], 90)}}
	}
	d.Center, d.CenterZoom = d.Bounds.Center(), d.MinZoom
	if c, ok := degrees(r.Metadata["center"], 3); ok && d.Bounds.Contains(orb.Point{c[0], c[1]}) {
		d.Center, d.CenterZoom = orb.Point{c[0], c[1]}, int(min(max(c[2], float64(d.MinZoom)), float64(d.MaxZoom)))
	}
	return &mbArchive{r, d}, nil
}

func (a *mbArchive) Describe() tiles.Description { return a.description }

func (a *mbArchive) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	data, err := a.Reader.Tile(ctx, at)
	if err != nil || len(data) == 0 {
		return tiles.Encoded{}, err
	}
	return tiles.Encoded{Data: data, Encoding: codingOf(data), ETag: etag(data)}, nil
}

// codingOf tells from its first bytes how a tile is compressed, where the archive
// does not say.
func codingOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		return "gzip"
	case bytes.HasPrefix(data, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "zstd"
	}
	return ""
}

func formatType(format string) string {
	switch format {
	case "pbf", "mvt":
		return tiles.VectorTile
	case "png":
		return "image/png"
	case "jpg", "jpeg":
		return "image/jpeg"
	case "webp":
		return "image/webp"
	case "":
		return "application/octet-stream"
	}
	return format // the specification allows media types
}
