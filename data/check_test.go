package data_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func batch(c geo.Collection, records ...geo.Record) data.Batch {
	return data.Batch{Collection: c, Mode: data.Replace, Records: func(yield func(geo.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}}
}

func TestCheckedRefuses(t *testing.T) {
	c := geo.Collection{ID: "areas", Geometry: geo.Polygon, Fields: []geo.Field{{Name: "n", Type: geo.Integer}, {Name: "s", Type: geo.String}}}
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	good := geo.Record{ID: "a", Geometry: square, Values: []any{int64(1), "x"}}
	with := func(change func(*geo.Record)) geo.Record {
		r := good
		change(&r)
		return r
	}
	for name, test := range map[string]struct {
		record geo.Record
		want   error
		says   string
	}{
		"good":            {with(func(r *geo.Record) { r.ID = "b" }), nil, ""},
		"no id":           {with(func(r *geo.Record) { r.ID = "" }), data.ErrInvalid, "id"},
		"endless id":      {with(func(r *geo.Record) { r.ID = strings.Repeat("x", data.MaxIDBytes+1) }), data.ErrInvalid, "1025 bytes"},
		"NUL in id":       {with(func(r *geo.Record) { r.ID = "a\x00" }), data.ErrInvalid, "NUL"},
		"id twice":        {good, data.ErrExists, `"a" is given twice`},
		"few values":      {with(func(r *geo.Record) { r.Values = nil }), data.ErrInvalid, "0 values for 2 fields"},
		"wrong type":      {with(func(r *geo.Record) { r.Values = []any{"1", "x"} }), data.ErrInvalid, `field "n"`},
		"invalid UTF-8":   {with(func(r *geo.Record) { r.Values = []any{nil, "\xff"} }), data.ErrInvalid, `field "s"`},
		"NUL in text":     {with(func(r *geo.Record) { r.Values = []any{nil, "a\x00b"} }), data.ErrInvalid, "NUL"},
		"no geometry":     {with(func(r *geo.Record) { r.Geometry = nil }), data.ErrInvalid, "missing"},
		"empty geometry":  {with(func(r *geo.Record) { r.Geometry = orb.MultiPolygon{} }), data.ErrInvalid, "missing"},
		"wrong geometry":  {with(func(r *geo.Record) { r.Geometry = orb.Point{} }), data.ErrInvalid, "Point"},
		"open ring":       {with(func(r *geo.Record) { r.Geometry = orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}} }), data.ErrInvalid, "not closed"},
		"ring of three":   {with(func(r *geo.Record) { r.Geometry = orb.Polygon{{{0, 0}, {1, 0}, {0, 0}}} }), data.ErrInvalid, "3 points"},
		"ringless":        {with(func(r *geo.Record) { r.Geometry = orb.MultiPolygon{{}} }), data.ErrInvalid, "without rings"},
		"not on Earth":    {with(func(r *geo.Record) { r.Geometry = orb.Polygon{{{0, 0}, {1, 91}, {1, 1}, {0, 0}}} }), data.ErrInvalid, "91"},
		"nil in Geometry": {with(func(r *geo.Record) { r.Geometry = orb.Collection{nil} }), data.ErrInvalid, "missing"},
	} {
		var err error
		for _, err = range data.Checked(t.Context(), batch(c, good, test.record)) {
			if err != nil {
				break
			}
		}
		if !errors.Is(err, test.want) || err != nil && !(strings.Contains(err.Error(), test.says) && strings.Contains(err.Error(), "areas, record 2")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCanonical(t *testing.T) {
	ring := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	line := orb.LineString{{0, 0}, {1, 1}}
	for i, test := range []struct {
		t        geo.GeometryType
		in, want orb.Geometry
	}{
		{geo.Polygon, orb.Polygon{ring}, orb.MultiPolygon{{ring}}},
		{geo.Polygon, ring, orb.MultiPolygon{{ring}}},
		{geo.Polygon, orb.MultiPolygon{}, nil},
		{geo.Line, orb.MultiLineString{line}, line},
		{geo.Line, orb.MultiLineString{line, line}, orb.MultiLineString{line, line}},
		{geo.Mixed, orb.MultiLineString{line}, orb.MultiLineString{line}},
		{geo.Mixed, orb.Polygon{ring}, orb.Polygon{ring}},
		{geo.Mixed, orb.Bound{Max: orb.Point{1, 1}}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}},
		{geo.Mixed, orb.Collection{orb.MultiPoint{}, orb.Collection{}}, nil},
		{geo.Mixed, orb.Collection{orb.MultiPoint{}, line}, orb.Collection{line}},
		{geo.None, nil, nil},
	} {
		if got := data.Canonical(test.t, test.in); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%d: %v, want %v", i, got, test.want)
		}
	}
}

func TestCheckCollection(t *testing.T) {
	for id, ok := range map[string]bool{"villages": true, "collections": false, "sqlite_master": false, "gpkg_contents": false, "Upper": false, "": false} {
		err := data.CheckCollection(&geo.Collection{ID: id, Geometry: geo.None})
		if (err == nil) != ok || err != nil && !errors.Is(err, data.ErrInvalid) {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, c := range data.Standard() {
		if err := data.CheckCollection(&c); err != nil {
			t.Error(err)
		}
	}
	if err := data.CheckCollection(&geo.Collection{ID: "a", Geometry: geo.None, Title: "x\x00"}); !errors.Is(err, data.ErrInvalid) {
		t.Error(err)
	}
}

func TestColumnsAreUsableNames(t *testing.T) {
	long := strings.Repeat("é", 31) + "x"
	fields := func(names ...string) (f []geo.Field) {
		for _, n := range names {
			f = append(f, geo.Field{Name: n, Type: geo.String})
		}
		return f
	}
	columns := data.Columns(nil, fields("name", "ID", "id", "Name", "geom", long, strings.ToUpper(long)))
	want := []string{"name", "ID_2", "id_3", "Name_2", "geom_2", long, strings.Repeat("É", 30) + "_2"}
	var got []string
	for _, c := range columns {
		got = append(got, c.Column)
		if len(c.Column) > 63 {
			t.Errorf("%q is too long", c.Column)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	again := data.Columns(columns, fields("Name", "NAME", "name"))
	if again[0].Column != "Name_2" || again[1].Column != "NAME_3" || again[2].Column != "name" {
		t.Errorf("known columns are not kept: %v", again)
	}
}
