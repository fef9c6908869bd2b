package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/jsontext"
)

const (
	pointA = `{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[112.5,-8.2]},"properties":{"n":1}}`
	pointB = "{\n \"type\":\"Feature\",\"id\":\"b\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[112.5,-8.2]},\n\"properties\":{\"n\":2}}"
)

// The forms in which GeoJSON comes, with the lines on which features begin.
func TestForms(t *testing.T) {
	for name, test := range map[string]struct{ text, format, lines string }{
		"collection":       {`{"type":"FeatureCollection","features":[` + pointA + "," + pointB + "]}", "GeoJSON", "1 1"},
		"byte order mark":  {"\xef\xbb\xbf" + `{"features":[` + "\n" + pointA + ",\n\n" + pointB + `],"type":"FeatureCollection"}`, "GeoJSON", "2 4"},
		"one feature":      {"\n\n " + pointB + "\n", "GeoJSON", "3"},
		"one geometry":     {`{"coordinates":[1,2],"type":"Point"}`, "GeoJSON", "1"},
		"newlines":         {pointA + "\n" + pointB + "\n" + pointA + "\n", "GeoJSONSeq", "1 2 5"},
		"record separator": {"\x1e" + pointA + "\n\x1e\x1e" + pointB + "\n\x1e", "GeoJSONSeq", "1 2"},
		"one separator":    {"\x1e" + pointA + "\n", "GeoJSONSeq", "1"},
		"nothing between":  {pointA + pointB, "GeoJSONSeq", "1 1"},
		"no features":      {`{"type":"FeatureCollection","features":[ ]} `, "GeoJSON", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(test.text), iotest.OneByteReader(strings.NewReader(test.text))} {
				run := geojsonRun{Scanner: jsontext.NewScanner(r), limit: 1 << 20, names: map[string]string{}}
				var lines []string
				run.yield = func(r *row, err error) bool {
					lines = append(lines, fmt.Sprint(r.place.line))
					if r.geometry == nil || len(r.flaws) > 0 {
						t.Errorf("%v", r)
					}
					return true
				}
				n, err := run.texts()
				format := (&geojsonRows{seq: n > 1 || run.separators}).format()
				if got := strings.Join(lines, " "); err != nil || got != test.lines || format != test.format {
					t.Errorf("lines %s of %s, %v; want %s of %s", got, format, err, test.lines, test.format)
				}
			}
		})
	}
}

func TestParseFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?`),
			rapid.Custom(func(t *rapid.T) string {
				return strconv.FormatFloat(rapid.Float64Range(-180, 180).Draw(t, "f"), 'f', -1, 64)
			}),
		).Draw(t, "text")
		want, err := strconv.ParseFloat(text, 64)
		got, ok := parseFloat([]byte(text))
		if ok != (err == nil) || ok && math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%s: %v %v, strconv has %v %v", text, got, ok, want, err)
		}
		if n := jsontext.NumeralLength(text); n != len(text) {
			t.Fatalf("%s: %d bytes are a number", text, n)
		}
	})
}

// Whatever a file holds, an import ends with a report or an error, and what it
// stores every store takes.
func FuzzGeoJSON(f *testing.F) {
	paths, err := filepath.Glob("testdata/*/*.geojson")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(paths, "testdata/repairs.geojson", "testdata/mapped.geojson") {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, strings.HasPrefix(filepath.Base(path), "villages"))
	}
	f.Fuzz(func(t *testing.T, text []byte, villages bool) { fuzzImport(t, text, villages) })
}

func fuzzImport(t *testing.T, text []byte, villages bool) {
	store := &memory{}
	opts := Options{Collection: "things", SkipRefused: true, MaxFeature: 1 << 16}
	if villages {
		opts.Collection = "villages"
	}
	report, err := Import(context.Background(), store, Stream("fuzz", bytes.NewReader(text)), opts)
	fault := (*FileError)(nil)
	if err != nil && !errors.As(err, &fault) && !errors.Is(err, data.ErrInvalid) {
		t.Fatalf("%T %v", err, err)
	}
	if err == nil && report.Stored != report.Read-report.Refused || err != nil && store.tables != nil {
		t.Fatalf("%+v, %v, stored %v", report, err, store.tables)
	}
}

// A file of one line is read in the memory of one feature, and a feature that
// does not fit is refused without being read whole.
func TestMemoryIsBounded(t *testing.T) {
	const features = 200_000 // 24 MB on one line
	path := filepath.Join(t.TempDir(), "line.geojson")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range features {
		start := ","
		if i == 0 {
			start = `{"type":"FeatureCollection","features":[`
		}
		fmt.Fprintf(file, `%s{"type":"Feature","geometry":{"type":"Point","coordinates":[112.5,-8.2]},"properties":{"name":"number %010d"}}`, start, i)
	}
	if _, err := file.WriteString("]}"); err != nil || file.Close() != nil {
		t.Fatal(err)
	}
	reader, err := newGeoJSON(path, &Options{MaxFeature: 1 << 10})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.close()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for _, err := range reader.all(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			if grown := int64(now.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
				t.Fatalf("%d bytes are held after %d features", grown, n)
			}
		}
	}
	if n != features {
		t.Errorf("%d features", n)
	}

	endless := io.MultiReader(strings.NewReader(`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2]`),
		io.LimitReader(repeat(",[1,2]"), 200<<20))
	run := geojsonRun{Scanner: jsontext.NewScanner(endless), limit: DefaultMaxFeature, names: map[string]string{}}
	_, err = run.texts()
	if fault := (*FileError)(nil); !errors.As(err, &fault) || fault.Reason != "the feature is larger than 32 MiB, the limit for one" || fault.Offset > DefaultMaxFeature+(1<<20) {
		t.Error(err)
	}
}

// repeat reads a text again and again.
type repeat string

func (r repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r[i%len(r)]
	}
	return len(p) - len(p)%len(r), nil
}
