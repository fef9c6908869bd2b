package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

func openParquet(t *testing.T, table *geo.Table) *parquet.File {
	t.Helper()
	b := write(t, "parquet", table)
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What was written is read back as it was, column by column.
func TestGeoParquetHoldsEverything(t *testing.T) {
	for _, table := range append(storetest.Nasty(), storetest.Polygons("villages", 300, 20)) {
		want := map[string]string{}
		for _, r := range table.Records {
			want[r.ID] = fmt.Sprintf("%#v %#v", r.Geometry, r.Values)
		}
		got := map[string]string{}
		first := 1
		if table.Collection.Geometry != geo.None {
			first = 6 // geometry and four corners
		}
		for _, group := range openParquet(t, &table).RowGroups() {
			rows := group.Rows()
			for buffer := make([]parquet.Row, 1); ; {
				n, err := rows.ReadRows(buffer)
				if n == 1 {
					row := buffer[0]
					r := geo.Record{ID: row[0].String()}
					if first > 1 && !row[1].IsNull() {
						if r.Geometry, err = wkb.Decode(row[1].ByteArray()); err != nil {
							t.Fatal(err)
						}
						box := r.Geometry.Bound()
						if row[2].Double() != box.Min[0] || row[5].Double() != box.Max[1] {
							t.Errorf("%s: box %v", r.ID, row[2:6])
						}
					}
					for i, f := range table.Collection.Fields {
						r.Values = append(r.Values, value(row[first+i], f.Type))
					}
					got[r.ID] = fmt.Sprintf("%#v %#v", r.Geometry, r.Values)
				}
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", table.Collection.ID, diff)
		}
	}
}

func value(v parquet.Value, t geo.FieldType) any {
	switch {
	case v.IsNull():
		return nil
	case t == geo.Integer:
		return v.Int64()
	case t == geo.Number:
		return v.Double()
	case t == geo.Boolean:
		return v.Boolean()
	}
	return string(v.ByteArray())
}

func TestGeoParquetMetadata(t *testing.T) {
	table := small()[0]
	f := openParquet(t, &table)
	about, ok := f.Lookup("geo")
	if !ok {
		t.Fatal("no metadata")
	}
	type column struct {
		Encoding      string
		GeometryTypes []string `json:"geometry_types"`
		BBox          []float64
		Covering      struct{ BBox map[string][]string }
	}
	var got struct {
		Version       string
		PrimaryColumn string `json:"primary_column"`
		Columns       map[string]column
	}
	if err := json.Unmarshal([]byte(about), &got); err != nil {
		t.Fatal(err)
	}
	c := got.Columns["geometry"]
	if got.Version != "1.1.0" || got.PrimaryColumn != "geometry" || c.Encoding != "WKB" || !slices.Equal(c.GeometryTypes, []string{"Point"}) ||
		!slices.Equal(c.BBox, []float64{112, -8.1, 112.63581484885529, -8}) || !slices.Equal(c.Covering.BBox["ymax"], []string{"bbox", "ymax"}) {
		t.Errorf("%s", about)
	}
	if license, _ := f.Lookup("license"); license != "CC0-1.0" {
		t.Errorf("license %q", license)
	}
	var names []string
	for _, f := range f.Schema().Fields() {
		names = append(names, f.Name())
	}
	if want := []string{"id", "geometry", "bbox", "lon", "n", "b", "i"}; !slices.Equal(names, want) {
		t.Errorf("columns %v", names)
	}
	plain := geo.Table{Collection: geo.Collection{ID: "x", Geometry: geo.None}, Records: []geo.Record{{ID: "1"}}}
	if _, ok := openParquet(t, &plain).Lookup("geo"); ok {
		t.Error("a table without geometry is called a map")
	}
}

// Groups end by their size, so that few large features do not fill the memory.
func TestGeoParquetGroupsAreBounded(t *testing.T) {
	table := geo.Table{Collection: geo.Collection{ID: "x", Geometry: geo.Line}}
	long := make(orb.LineString, 300_000)
	for i := range 8 {
		table.Records = append(table.Records, geo.Record{ID: fmt.Sprint(i), Geometry: long})
	}
	if n := len(openParquet(t, &table).RowGroups()); n < 2 {
		t.Errorf("%d group", n)
	}
}
