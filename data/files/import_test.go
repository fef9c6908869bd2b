package files

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// A file that changes between the check and the writing changes nothing.
func TestFileChangesWhileRead(t *testing.T) {
	for name, second := range map[string]string{
		"other":  strings.Replace(pointA, "112.5", "112.6", 1),
		"longer": pointA + pointB,
		"broken": pointA[:20],
	} {
		path := filepath.Join(t.TempDir(), "x.geojson")
		if err := os.WriteFile(path, []byte(pointA), 0o600); err != nil {
			t.Fatal(err)
		}
		store := &memory{}
		changed := false
		_, err := Import(context.Background(), store, Path(path), Options{Collection: "x", Progress: func(done, total int64) {
			if !changed {
				changed = true
				if err := os.WriteFile(path, []byte(second), 0o600); err != nil {
					t.Error(err)
				}
			}
		}})
		if fault := (*FileError)(nil); !errors.Is(err, ErrChanged) && !errors.As(err, &fault) || store.tables != nil {
			t.Errorf("%s: %v, stored %v", name, err, store.tables)
		}
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	var last, all int64
	_, err := Import(context.Background(), &memory{}, Path("testdata/repairs.geojson"), Options{Collection: "villages", Progress: func(done, total int64) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, all = done, total
	}})
	if err != nil || all == 0 || last < all*9/10 {
		t.Errorf("%d of %d, %v", last, all, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	store := &memory{}
	_, err := Import(ctx, store, Path("testdata/repairs.geojson"), Options{Collection: "villages", Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) || store.tables != nil {
		t.Errorf("%v, stored %v", err, store.tables)
	}
}

// A collection that is in the store already keeps its description when a file
// is added to it.
func TestAppendToACollectionOfOnesOwn(t *testing.T) {
	stored := geo.Collection{ID: "x", Title: "Things", Geometry: geo.Mixed, Fields: []geo.Field{{Name: "n", Type: geo.Number}, {Name: "source", Type: geo.String}}}
	store := &memory{tables: map[string]geo.Table{"x": {Collection: stored}}}
	text := strings.Replace(pointA, `"n":1`, `"n":1,"extra":true`, 1)
	if _, err := Import(context.Background(), store, Stream("file", strings.NewReader(text)), Options{Collection: "x", Mode: data.Append}); err != nil {
		t.Fatal(err)
	}
	got := store.tables["x"]
	if got.Collection.Title != "Things" || got.Collection.Geometry != geo.Mixed || !slices.Equal(got.Records[0].Values, []any{1.0, "file", true}) {
		t.Errorf("%+v", got)
	}
	_, err := Import(context.Background(), store, Stream("file", strings.NewReader(strings.Replace(pointB, `"n":2`, `"n":"two"`, 1))), Options{Collection: "x", Mode: data.Upsert})
	if err == nil || !strings.Contains(err.Error(), `n: is "two", want a number`) {
		t.Error(err)
	}
}

type failing struct{ memory }

func (f *failing) Write(context.Context, ...data.Batch) error { return io.ErrShortWrite }

func TestStoreFails(t *testing.T) {
	report, err := Import(context.Background(), &failing{}, Path("testdata/repairs.geojson"), Options{Collection: "villages"})
	if !errors.Is(err, io.ErrShortWrite) || report.Stored != 0 {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestStdinAndPipes(t *testing.T) {
	store := &memory{}
	report, err := Import(context.Background(), store, Open("-", strings.NewReader(pointA+"\n"+pointB)), Options{Collection: "x"})
	if err != nil || report.Source != "stdin" || report.Stored != 2 || report.Format != "GeoJSONSeq" {
		t.Errorf("%+v, %v", report, err)
	}
	_, err = Import(context.Background(), store, Stream("broken", io.MultiReader(strings.NewReader("{"), broken{})), Options{Collection: "x"})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestConvert(t *testing.T) {
	whole, number := geo.Field{Name: "f", Type: geo.Integer, Unit: "m"}, geo.Field{Name: "f", Type: geo.Number, Unit: "m"}
	text, yes := geo.Field{Name: "f", Type: geo.String}, geo.Field{Name: "f", Type: geo.Boolean}
	class := geo.Field{Name: "class", Type: geo.String, Enum: []string{"toll", "national", "village"}}
	for _, test := range []struct {
		field geo.Field
		in    any
		want  any
		code  string
	}{
		{whole, numeral("8"), int64(8), ""},
		{whole, numeral("-9223372036854775808"), int64(-9223372036854775808), ""},
		{whole, numeral("9223372036854775808"), nil, CodeRange},
		{whole, numeral("1e3"), int64(1000), CodeConverted},
		{whole, numeral("1e30"), nil, CodeRange},
		{whole, numeral("8.4"), nil, CodeValue},
		{whole, 8.0, int64(8), ""},
		{whole, " 31 m", int64(31), CodeTextNumber},
		{whole, "31 km", nil, CodeValue},
		{whole, "0x1f", nil, CodeValue},
		{whole, "NaN", nil, CodeValue},
		{whole, true, nil, CodeValue},
		{number, numeral("8.40"), 8.4, ""},
		{number, "+8.4", 8.4, CodeTextNumber},
		{number, int64(3), 3.0, ""},
		{number, numeral("1e999"), nil, CodeRange},
		{number, "", nil, CodeConverted},
		{number, nested(`[1]`), nil, CodeValue},
		{text, "", "", ""},
		{text, numeral("065"), "065", CodeConverted},
		{text, false, "false", CodeConverted},
		{text, nested(`["a","b"]`), "a;b", CodeConverted},
		{text, nested(`{"a":1}`), `{"a":1}`, CodeConverted},
		{yes, true, true, ""},
		{yes, numeral("1"), true, CodeConverted},
		{yes, "Tidak", false, CodeConverted},
		{yes, "2", nil, CodeValue},
		{class, "toll", "toll", ""},
		{class, " Toll ", "toll", CodeTranslated},
		{class, "Jalan Lain", "village", CodeTranslated},
		{class, "jalan kolektor", nil, CodeValue}, // provincial is not among the values
		{class, "", nil, CodeConverted},
		{class, nil, nil, ""},
	} {
		got, flaw := convert(test.field, test.in)
		if got != test.want || flaw.code != test.code || flaw.code != "" && flaw.repaired != (got != nil || test.in == "") {
			t.Errorf("%s of %#v: %#v, %+v", test.field.Type, test.in, got, flaw)
		}
	}
}

func TestCodeForm(t *testing.T) {
	for in, want := range map[string]string{"35.07.29.2002": "35.07.29.2002", " 3507292002 ": "35.07.29.2002", "350729": "35.07.29", "35.07": "35.07"} {
		if got, ok := codeForm(in); !ok || got != want {
			t.Errorf("codeForm(%q) = %q, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "35", "35.07.29.200", "35-07", "35.7.29", "35072920021", "３５０７"} {
		if got, ok := codeForm(in); ok {
			t.Errorf("codeForm(%q) = %q", in, got)
		}
	}
}
