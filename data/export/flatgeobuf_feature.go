package export

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// flat builds the buffers of a FlatGeobuf file: tables whose fields have the
// numbers that header.fbs and feature.fbs of its specification give them.
type flat struct {
	b     *flatbuffers.Builder
	c     *geo.Collection
	props []byte
	whole byte // geometry type of the file, 0 when features have their own
}

func newFlat(c *geo.Collection) *flat {
	return &flat{b: flatbuffers.NewBuilder(64 << 10), c: c, whole: flatTypeOf(c.Geometry)}
}

// magic tells the version of the format: 3.0.
var magic = [8]byte{'f', 'g', 'b', 3, 'f', 'g', 'b', 0}

// header returns the magic bytes and the header of a file of n features.
func (f *flat) header(extent orb.Bound, n int) []byte {
	b := f.b
	b.Reset()
	kinds := map[geo.FieldType]byte{geo.Boolean: 2, geo.Integer: 7, geo.Number: 10, geo.String: 11}
	columns := []flatbuffers.UOffsetT{f.column("id", "", "", 11, true)}
	for i, name := range columnNames(f.c, "id")[1:] {
		field := f.c.Fields[i]
		columns = append(columns, f.column(name, field.Title, field.Unit, kinds[field.Type], false))
	}
	list := f.offsets(columns)
	envelope := flatbuffers.UOffsetT(0)
	if extent.Min[0] <= extent.Max[0] {
		envelope = f.doubles([]float64{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]})
	}
	org, wgs := b.CreateString("EPSG"), b.CreateString("WGS 84")
	b.StartObject(6)
	b.PrependUOffsetTSlot(0, org, 0)
	b.PrependInt32Slot(1, 4326, 0)
	b.PrependUOffsetTSlot(2, wgs, 0)
	crs := b.EndObject()
	name, title, description := b.CreateString(f.c.ID), b.CreateString(f.c.Title), b.CreateString(credit(f.c))
	origin, _ := json.Marshal(map[string]string{"attribution": f.c.Attribution, "license": f.c.License}) // strings always can be
	metadata := b.CreateByteString(origin)
	nodeSize := uint16(indexNode)
	if n == 0 {
		nodeSize = 0 // no index
	}
	b.StartObject(14)
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependUOffsetTSlot(1, envelope, 0)
	b.PrependByteSlot(2, f.whole, 0)
	b.PrependUOffsetTSlot(7, list, 0)
	b.PrependUint64Slot(8, uint64(n), 0)
	b.PrependUint16Slot(9, nodeSize, indexNode)
	b.PrependUOffsetTSlot(10, crs, 0)
	b.PrependUOffsetTSlot(11, title, 0)
	b.PrependUOffsetTSlot(12, description, 0)
	b.PrependUOffsetTSlot(13, metadata, 0)
	b.FinishSizePrefixed(b.EndObject())
	return append(magic[:], b.FinishedBytes()...)
}

func (f *flat) column(name, title, unit string, kind byte, key bool) flatbuffers.UOffsetT {
	b := f.b
	n, t, u := b.CreateString(name), b.CreateString(title), b.CreateString(unit)
	b.StartObject(11)
	b.PrependUOffsetTSlot(0, n, 0)
	b.PrependByteSlot(1, kind, 0)
	if title != "" {
		b.PrependUOffsetTSlot(2, t, 0)
	}
	if unit != "" {
		b.PrependUOffsetTSlot(3, u, 0)
	}
	b.PrependBoolSlot(7, !key, true) // nullable
	b.PrependBoolSlot(8, key, false) // unique
	b.PrependBoolSlot(9, key, false) // primary key
	return b.EndObject()
}

// feature returns a feature with its size before it; it is good until the next.
func (f *flat) feature(r *geo.Record) ([]byte, error) {
	f.b.Reset()
	geometry := flatbuffers.UOffsetT(0)
	if r.Geometry != nil {
		kind := f.whole
		if kind == 0 {
			kind = flatType(r.Geometry)
		}
		if kind != flatType(r.Geometry) {
			return nil, fmt.Errorf("a %s does not fit into a collection of %s", r.Geometry.GeoJSONType(), f.c.Geometry)
		}
		geometry = f.geometry(r.Geometry)
	}
	properties := f.b.CreateByteVector(f.properties(r))
	f.b.StartObject(3)
	f.b.PrependUOffsetTSlot(0, geometry, 0)
	f.b.PrependUOffsetTSlot(1, properties, 0)
	f.b.FinishSizePrefixed(f.b.EndObject())
	return f.b.FinishedBytes(), nil
}

// properties are pairs of a column's number and its value.
func (f *flat) properties(r *geo.Record) []byte {
	le := binary.LittleEndian
	text := func(b []byte, s string) []byte { return append(le.AppendUint32(b, uint32(len(s))), s...) }
	b := text(le.AppendUint16(f.props[:0], 0), r.ID)
	for i, v := range r.Values {
		if v == nil {
			continue
		}
		b = le.AppendUint16(b, uint16(i+1))
		switch v := v.(type) {
		case string:
			b = text(b, v)
		case int64:
			b = le.AppendUint64(b, uint64(v))
		case float64:
			b = le.AppendUint64(b, math.Float64bits(v))
		case bool:
			one := byte(0)
			if v {
				one = 1
			}
			b = append(b, one)
		}
	}
	f.props = b
	return b
}

func (f *flat) geometry(g orb.Geometry) flatbuffers.UOffsetT {
	var ends []uint32
	var paths [][]orb.Point
	var parts []orb.Geometry
	switch g := g.(type) {
	case orb.Point:
		paths = [][]orb.Point{{g}}
	case orb.LineString:
		paths = [][]orb.Point{g}
	case orb.MultiPoint:
		paths = [][]orb.Point{g}
	case orb.MultiLineString:
		for _, l := range g {
			paths = append(paths, l)
		}
	case orb.Polygon:
		for _, r := range g {
			paths = append(paths, r)
		}
	case orb.MultiPolygon:
		parts = asMembers(g)
	case orb.Collection:
		parts = g
	}
	var xy, end, members flatbuffers.UOffsetT
	switch {
	case parts != nil:
		offsets := make([]flatbuffers.UOffsetT, len(parts))
		for i, p := range parts {
			offsets[i] = f.geometry(p)
		}
		members = f.offsets(offsets)
	default:
		n := uint32(0)
		for _, p := range paths {
			n += uint32(len(p))
			ends = append(ends, n)
		}
		if len(paths) > 1 || flatType(g) == 5 { // GDAL wants those of a MultiLineString even of one line
			f.b.StartVector(4, len(ends), 4)
			for i := len(ends) - 1; i >= 0; i-- {
				f.b.PrependUint32(ends[i])
			}
			end = f.b.EndVector(len(ends))
		}
		f.b.StartVector(8, 2*int(n), 8)
		for i := len(paths) - 1; i >= 0; i-- {
			for k := len(paths[i]) - 1; k >= 0; k-- {
				f.b.PrependFloat64(paths[i][k][1])
				f.b.PrependFloat64(paths[i][k][0])
			}
		}
		xy = f.b.EndVector(2 * int(n))
	}
	f.b.StartObject(8)
	f.b.PrependUOffsetTSlot(0, end, 0)
	f.b.PrependUOffsetTSlot(1, xy, 0)
	f.b.PrependByteSlot(6, flatType(g), 0)
	f.b.PrependUOffsetTSlot(7, members, 0)
	return f.b.EndObject()
}

func (f *flat) offsets(all []flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	f.b.StartVector(4, len(all), 4)
	for i := len(all) - 1; i >= 0; i-- {
		f.b.PrependUOffsetT(all[i])
	}
	return f.b.EndVector(len(all))
}

func (f *flat) doubles(all []float64) flatbuffers.UOffsetT {
	f.b.StartVector(8, len(all), 8)
	for i := len(all) - 1; i >= 0; i-- {
		f.b.PrependFloat64(all[i])
	}
	return f.b.EndVector(len(all))
}
