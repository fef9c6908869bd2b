package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// pmArchive is a PMTiles archive as a source.
type pmArchive struct {
	*pmtiles.Reader
	description tiles.Description
	closer      io.Closer
}

var _ Archive = (*pmArchive)(nil)

func openPMTiles(ctx context.Context, from pmtiles.Ranges, closer io.Closer) (*pmArchive, error) {
	r, err := pmtiles.Open(ctx, from)
	if err != nil {
		return nil, err
	}
	document, err := r.Metadata(ctx)
	if err != nil {
		return nil, err
	}
	h := &r.Header
	sum := sha256.Sum256(append([]byte(r.Identity()), document...))
	a := &pmArchive{Reader: r, closer: closer, description: tiles.Description{
		MediaType: mediaType(h.Type), Version: hex.EncodeToString(sum[:8]),
		MinZoom: int(h.MinZoom), MaxZoom: int(h.MaxZoom), Bounds: h.Bounds, Center: h.Center, CenterZoom: int(h.CenterZoom),
	}}
	m := readMetadata(document)
	m.describe(&a.description)
	return a, nil
}

func (a *pmArchive) Describe() tiles.Description { return a.description }

func (a *pmArchive) Close() error { return a.closer.Close() }

func (a *pmArchive) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	data, err := a.Reader.Tile(ctx, at)
	if err != nil || data == nil {
		return tiles.Encoded{}, err
	}
	encoding := a.Header.Tiles.ContentCoding()
	if a.Header.Tiles == pmtiles.UnknownCompression {
		encoding = codingOf(data)
	}
	return tiles.Encoded{Data: data, Encoding: encoding, ETag: etag(data)}, nil
}

func mediaType(t pmtiles.TileType) string {
	switch t {
	case pmtiles.MVT:
		return tiles.VectorTile
	case pmtiles.PNG:
		return "image/png"
	case pmtiles.JPEG:
		return "image/jpeg"
	case pmtiles.WebP:
		return "image/webp"
	case pmtiles.AVIF:
		return "image/avif"
	case pmtiles.MLT:
		return "application/vnd.maplibre-tile"
	}
	return "application/octet-stream"
}
