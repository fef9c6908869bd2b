package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// writeFlatGeobuf writes FlatGeobuf 3 (flatgeobuf.org) with its index: features
// in order of a Hilbert curve, so that a reader finds those of a box with few
// reads, also over HTTP. The index comes before the features, so these go to a
// temporary file first; in memory are 48 bytes for each.
func writeFlatGeobuf(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) (err error) {
	file, err := os.CreateTemp("", "petadesa-*.fgb")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	spool := bufio.NewWriterSize(file, 256<<10)
	f := newFlat(c)
	var items []indexItem
	var offset uint64
	for r, err := range records {
		if err != nil {
			return err
		}
		r.Geometry = data.Multi(c.Geometry, data.Canonical(c.Geometry, r.Geometry))
		b, err := f.feature(&r)
		if err != nil {
			return fmt.Errorf("feature %q: %w", r.ID, err)
		}
		if _, err := spool.Write(b); err != nil {
			return err
		}
		item := indexItem{box: noBox(), offset: offset, size: uint32(len(b))}
		if r.Geometry != nil {
			item.box = r.Geometry.Bound()
		}
		items = append(items, item)
		offset += uint64(len(b))
	}
	if err := spool.Flush(); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	extent := sortHilbert(items)
	if _, err := out.Write(f.header(extent, len(items))); err != nil {
		return err
	}
	if err := writeIndex(out, items); err != nil {
		return err
	}
	var b []byte
	for i, item := range items {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if cap(b) < int(item.size) {
			b = make([]byte, item.size)
		}
		b = b[:item.size]
		if _, err := file.ReadAt(b, int64(item.offset)); err != nil {
			return fmt.Errorf("read the temporary file: %w", err)
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

// flatType is a GeometryType of FlatGeobuf's schema.
func flatType(g orb.Geometry) byte {
	switch g.(type) {
	case orb.Point:
		return 1
	case orb.LineString:
		return 2
	case orb.Polygon:
		return 3
	case orb.MultiPoint:
		return 4
	case orb.MultiLineString:
		return 5
	case orb.MultiPolygon:
		return 6
	case orb.Collection:
		return 7
	default:
		return 0
	}
}

// flatTypeOf is that of all features of a collection, or 0.
func flatTypeOf(t geo.GeometryType) byte {
	switch t {
	case geo.Point:
		return 1
	case geo.Line:
		return 5
	case geo.Polygon:
		return 6
	default:
		return 0
	}
}
