package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// A row group, which is held in memory, ends with the first of these.
const (
	groupRows  = 64 << 10
	groupBytes = 16 << 20 // of geometry and text
)

// writeGeoParquet writes GeoParquet 1.1 (geoparquet.org): the geometry as WKB in
// CRS84, each feature's box in the column bbox, by which readers skip groups, and
// what the standard asks for under the key "geo". A collection without geometry
// is plain Parquet.
func writeGeoParquet(_ context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
	t := newParquetTable(c)
	out := parquet.NewGenericWriter[any](w, parquet.NewSchema(c.ID, t.schema()), parquet.Compression(&parquet.Zstd),
		parquet.SkipPageBounds("geometry"), parquet.CreatedBy("petadesa", "", ""))
	rows, size := 0, 0
	for r, err := range records {
		if err != nil {
			return err
		}
		row, n, err := t.row(&r)
		if err != nil {
			return fmt.Errorf("feature %q: %w", r.ID, err)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
		rows, size = rows+1, size+n
		if rows >= groupRows || size >= groupBytes {
			if err := out.Flush(); err != nil {
				return err
			}
			rows, size = 0, 0
		}
	}
	for _, m := range []struct{ key, value string }{
		{"title", c.Title}, {"description", c.Description}, {"attribution", c.Attribution}, {"license", c.License},
	} {
		if m.value != "" {
			out.SetKeyValueMetadata(m.key, m.value)
		}
	}
	if t.geometry {
		about, err := json.Marshal(t.about())
		if err != nil {
			return err
		}
		out.SetKeyValueMetadata("geo", string(about))
	}
	return out.Close()
}

// parquetTable makes rows of records, and gathers what the file says of them.
type parquetTable struct {
	c        *geo.Collection
	names    []string
	geometry bool
	kinds    map[string]bool
	extent   orb.Bound
	wkb      []byte
	values   parquet.Row
}

func newParquetTable(c *geo.Collection) *parquetTable {
	t := &parquetTable{c: c, geometry: c.Geometry != geo.None, kinds: map[string]bool{}, extent: noBox()}
	first := []string{"id"}
	if t.geometry {
		first = append(first, "geometry", "bbox")
	}
	t.names = columnNames(c, first...)
	return t
}

// inOrder is a group whose fields are in the order given; parquet.Group's own
// are in order of name.
type inOrder struct {
	parquet.Group
	names []string
}

func (g inOrder) Fields() []parquet.Field {
	fields := g.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return slices.Index(g.names, a.Name()) - slices.Index(g.names, b.Name()) })
	return fields
}

var corners = []string{"xmin", "ymin", "xmax", "ymax"}

func (t *parquetTable) schema() parquet.Node {
	g := parquet.Group{"id": parquet.String()}
	if t.geometry {
		g["geometry"] = parquet.Optional(parquet.Leaf(parquet.ByteArrayType))
		box := parquet.Group{}
		for _, name := range corners {
			box[name] = parquet.Leaf(parquet.DoubleType)
		}
		g["bbox"] = parquet.Optional(inOrder{box, corners})
	}
	names := t.names[len(t.names)-len(t.c.Fields):]
	for i, f := range t.c.Fields {
		var leaf parquet.Node
		switch f.Type {
		case geo.Integer:
			leaf = parquet.Int(64)
		case geo.Number:
			leaf = parquet.Leaf(parquet.DoubleType)
		case geo.Boolean:
			leaf = parquet.Leaf(parquet.BooleanType)
		default:
			leaf = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		}
		g[names[i]] = parquet.Optional(leaf)
	}
	return inOrder{g, t.names}
}

// row returns a record's row, good until the next, and about its size in bytes.
func (t *parquetTable) row(r *geo.Record) (parquet.Row, int, error) {
	column, size := 0, len(r.ID)
	t.values = append(t.values[:0], parquet.ValueOf(r.ID).Level(0, 0, 0))
	add := func(v any) {
		column++
		if v == nil {
			t.values = append(t.values, parquet.NullValue().Level(0, 0, column))
			return
		}
		t.values = append(t.values, parquet.ValueOf(v).Level(0, 1, column))
	}
	if t.geometry {
		if r.Geometry == nil {
			for range 1 + len(corners) {
				add(nil)
			}
		} else {
			var err error
			if t.wkb, err = wkb.Append(t.wkb[:0], r.Geometry); err != nil {
				return nil, 0, err
			}
			box := r.Geometry.Bound()
			t.extent = widened(t.extent, box)
			t.kinds[r.Geometry.GeoJSONType()] = true
			size += len(t.wkb)
			add(t.wkb)
			for _, v := range []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]} {
				add(v)
			}
		}
	}
	for _, v := range r.Values {
		if s, ok := v.(string); ok {
			size += len(s)
		}
		add(v)
	}
	return t.values, size, nil
}

// about is what the metadata of GeoParquet 1.1 have.
func (t *parquetTable) about() map[string]any {
	covering := map[string][]string{}
	for _, name := range corners {
		covering[name] = []string{"bbox", name}
	}
	geometry := map[string]any{
		"encoding": "WKB", "geometry_types": append([]string{}, slices.Sorted(maps.Keys(t.kinds))...),
		"covering": map[string]any{"bbox": covering},
	}
	if len(t.kinds) > 0 {
		geometry["bbox"] = []float64{t.extent.Min[0], t.extent.Min[1], t.extent.Max[0], t.extent.Max[1]}
	}
	return map[string]any{"version": "1.1.0", "primary_column": "geometry", "columns": map[string]any{"geometry": geometry}}
}
