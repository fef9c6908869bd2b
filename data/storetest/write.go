package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func testEmpty(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	if tables := load(t, s); len(tables) != 0 {
		t.Fatalf("a fresh store holds %v", tables)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	write(t, s, Batch(data.Replace, places()))
	same(t, s, places())
	write(t, s)
}

func testNasty(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	var batches []data.Batch
	for _, table := range Nasty() {
		batches = append(batches, Batch(data.Replace, table))
	}
	write(t, s, batches...)
	same(t, s, Nasty()...)
	write(t, s, batches...) // over itself
	same(t, s, Nasty()...)
	for i := range batches {
		batches[i].Mode = data.Upsert
	}
	write(t, s, batches...)
	same(t, s, Nasty()...)
}

func testCanonical(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	ring := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	line := orb.LineString{{0, 0}, {1, 1}}
	given := []geo.Table{
		{Collection: geo.Collection{ID: "areas", Geometry: geo.Polygon}, Records: []geo.Record{{ID: "1", Geometry: orb.Polygon{ring}}, {ID: "2", Geometry: ring}}},
		{Collection: geo.Collection{ID: "any", Geometry: geo.Mixed}, Records: []geo.Record{{ID: "1", Geometry: orb.MultiPoint{}}, {ID: "2", Geometry: ring}}},
		{Collection: geo.Collection{ID: "ways", Geometry: geo.Line}, Records: []geo.Record{{ID: "1", Geometry: orb.MultiLineString{line}}}},
	}
	for i := range given {
		given[i].Collection.Fields = []geo.Field{{Name: "zero", Type: geo.Number}}
		for j := range given[i].Records {
			given[i].Records[j].Values = []any{0.0}
		}
		write(t, s, Batch(data.Replace, given[i]))
	}
	tables := load(t, s)
	for i, want := range []orb.Geometry{nil, orb.Polygon{ring}, orb.MultiPolygon{{ring}}, orb.MultiPolygon{{ring}}, line} {
		var got []orb.Geometry
		for _, table := range tables {
			for _, r := range table.Records {
				got = append(got, r.Geometry)
			}
		}
		if diff := cmp.Diff(want, got[i]); diff != "" {
			t.Errorf("geometry %d: %s", i, diff)
		}
	}
}

func testReplace(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a", "b", "c")))
	write(t, s, Batch(data.Replace, places("c", "d")))
	same(t, s, places("c", "d"))

	other := places("x")
	other.Collection = geo.Collection{
		ID: "places", Title: "Other", Geometry: geo.Line, MinZoom: 3, MaxZoom: 9,
		Fields: []geo.Field{{Name: "n", Type: geo.Number, Unit: "m"}, {Name: "new", Type: geo.Boolean}, {Name: "name", Type: geo.String}},
	}
	other.Records[0].Geometry = orb.LineString{{0, 0}, {1, 1}}
	other.Records[0].Values = []any{1.5, true, "x"}
	write(t, s, Batch(data.Replace, other))
	same(t, s, other)

	bare := geo.Table{Collection: geo.Collection{ID: "places", Geometry: geo.None, Fields: []geo.Field{}}, Records: []geo.Record{{ID: "1", Values: []any{}}}}
	write(t, s, Batch(data.Replace, bare))
	same(t, s, bare)
	write(t, s, Batch(data.Upsert, bare))
	same(t, s, bare)
	write(t, s, Batch(data.Replace, other))
	same(t, s, other)
}

func testAppend(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	all := places("a", "b", "c")
	first, rest := all, all
	first.Records, rest.Records = all.Records[:2], all.Records[2:]
	write(t, s, Batch(data.Append, first))
	write(t, s, Batch(data.Append, rest))
	same(t, s, all)
	isError(t, s.Write(t.Context(), Batch(data.Append, places("z", "b"))), data.ErrExists, "places", `"b"`)
	same(t, s, all)
}

func testUpsert(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Upsert, places("a", "b")))
	changed := places("b", "c") // b is now at another place
	changed.Collection.Title = "a title that an upsert does not change"
	write(t, s, Batch(data.Upsert, changed))
	want := places("b", "c")
	want.Records = append(want.Records, places("a").Records...)
	same(t, s, want)

	gone := places("a")
	gone.Records[0].Geometry, gone.Records[0].Values = nil, []any{nil, nil}
	write(t, s, Batch(data.Upsert, gone))
	want.Records[0] = gone.Records[0] // in order of id
	same(t, s, want)
}

func testAddFields(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a", "b")))
	more := places("b")
	more.Collection.Fields = []geo.Field{{Name: "Name", Type: geo.Boolean}, {Name: "name", Type: geo.String, Title: "not taken over"}}
	more.Records[0].Values = []any{true, "new b"}
	write(t, s, Batch(data.Upsert, more))

	want := places("a", "b")
	want.Collection.Fields = append(want.Collection.Fields, more.Collection.Fields[0])
	want.Records[0].Values = append(want.Records[0].Values, nil)
	want.Records[1] = geo.Record{ID: "b", Geometry: more.Records[0].Geometry, Values: []any{"new b", nil, true}}
	same(t, s, want)

	more.Records[0].ID = "c"
	write(t, s, Batch(data.Append, more))
	want.Records = append(want.Records, want.Records[1])
	want.Records[2].ID = "c"
	same(t, s, want)
}

func testContradictions(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a")))
	for _, mode := range []data.Mode{data.Append, data.Upsert} {
		b := places("b")
		b.Collection.Fields = []geo.Field{{Name: "name", Type: geo.Integer}, {Name: "n", Type: geo.Integer}}
		b.Records[0].Values[0] = int64(1)
		isError(t, s.Write(t.Context(), Batch(mode, b)), data.ErrInvalid, "places", `"name"`, "string", "integer")
		b = places("b")
		b.Collection.Geometry = geo.Mixed
		isError(t, s.Write(t.Context(), Batch(mode, b)), data.ErrInvalid, "places", "Point", "Geometry")
	}
	isError(t, s.Write(t.Context(), Batch("sideways", places("b"))), data.ErrInvalid, "sideways")
	isError(t, s.Write(t.Context(), Batch(data.Replace, named("collections", places("b")))), data.ErrInvalid, "collections")
	isError(t, s.Write(t.Context(), Batch(data.Replace, named("no such id", places("b")))), data.ErrInvalid, "no such id")
	same(t, s, places("a"))
}

func testFailure(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	old := places("a", "b")
	write(t, s, Batch(data.Replace, old))
	twice := places("x", "y", "x")
	invalid := places("x", "y")
	invalid.Records[1].Geometry = orb.LineString{{0, 0}, {1, 1}}
	extra := places("x")
	extra.Collection.Fields = append(extra.Collection.Fields, geo.Field{Name: "more", Type: geo.String})
	extra.Records[0].Values = append(extra.Records[0].Values, "more")
	for _, mode := range []data.Mode{data.Replace, data.Append, data.Upsert} {
		isError(t, s.Write(t.Context(), Batch(mode, twice)), data.ErrExists, "places", "record 3", `"x"`)
		isError(t, s.Write(t.Context(), Batch(mode, invalid)), data.ErrInvalid, "places", "record 2", `"y"`, "LineString")
		isError(t, s.Write(t.Context(), broken(mode, extra)), errSource, "places", "record 2")
		isError(t, s.Write(t.Context(), Batch(mode, named("fresh", extra)), broken(mode, places("p"))), errSource)
		same(t, s, old)
	}
}

func testSeveralBatches(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	a, b := named("aa", places("1", "2")), named("bb", places("3"))
	write(t, s, Batch(data.Replace, b), Batch(data.Replace, a), Batch(data.Append, named("aa", places("4"))))
	a.Records = append(a.Records, places("4").Records...)
	same(t, s, a, b)
}

func testLoadSome(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	for _, id := range []string{"b", "c", "a"} {
		write(t, s, Batch(data.Replace, named(id, places(id))))
	}
	if diff := cmp.Diff([]geo.Table{named("a", places("a")), named("c", places("c"))}, load(t, s, "c", "nowhere", "a")); diff != "" {
		t.Error(diff)
	}
	if tables := load(t, s, "nowhere"); len(tables) != 0 {
		t.Error(tables)
	}
}

func testDrop(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	write(t, s, Batch(data.Replace, places("a")), Batch(data.Replace, named("other", places("b"))))
	if err := s.Drop(t.Context(), "places"); err != nil {
		t.Fatal(err)
	}
	same(t, s, named("other", places("b")))
	isError(t, s.Drop(t.Context(), "places"), data.ErrNotFound, "places")
	isError(t, s.Drop(t.Context(), `x"; DROP TABLE "other`), data.ErrNotFound)
	write(t, s, Batch(data.Replace, places("c")))
	same(t, s, named("other", places("b")), places("c"))
}
