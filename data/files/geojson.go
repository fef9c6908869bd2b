package files

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"

	"github.com/petadesa/petadesa/data/files/jsontext"
	"github.com/petadesa/petadesa/geo/crs"
)

// geojsonRows reads GeoJSON (RFC 7946), GeoJSON text sequences (RFC 8142) and
// GeoJSON divided by newlines: all are one or more texts, each a
// FeatureCollection, a Feature or a geometry. No more than one feature is in
// memory at a time.
type geojsonRows struct {
	file       *os.File
	maxFeature int64
	placed     bool // the caller says what the coordinates are in
	seq        bool // found to hold a sequence of texts
}

func newGeoJSON(path string, opts *Options) (rows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &geojsonRows{file: f, maxFeature: opts.MaxFeature, placed: opts.CRS != ""}, nil
}

func (g *geojsonRows) format() string {
	if g.seq {
		return "GeoJSONSeq"
	}
	return "GeoJSON"
}

func (g *geojsonRows) close() error { return g.file.Close() }

func (g *geojsonRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		if _, err := g.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		run := geojsonRun{
			Scanner: jsontext.NewScanner(contextReader{ctx, g.file}),
			limit:   g.maxFeature,
			placed:  g.placed,
			names:   make(map[string]string),
			yield:   yield,
		}
		texts, err := run.texts()
		g.seq = texts > 1 || run.separators
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// A geojsonRun is one reading of a GeoJSON file.
type geojsonRun struct {
	*jsontext.Scanner
	limit      int64
	placed     bool
	names      map[string]string // property names seen, to share their memory
	yield      func(*row, error) bool
	row        row
	number     int
	srid       int
	separators bool
}

var errStopped = errors.New("the receiver wants no more")

// texts reads the texts of the file and returns how many there are.
func (g *geojsonRun) texts() (int, error) {
	if err := g.Mark(); err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		g.Record(false)
		for g.Take(jsontext.RecordSeparator) {
			g.separators = true
		}
		b, ok := g.Next()
		switch {
		case !ok && g.Err() != nil:
			return n, g.Err()
		case !ok && n == 0:
			return n, &FileError{Reason: "the file is empty"}
		case !ok:
			return n, nil
		case b != '{' && n == 0:
			return n, g.Fault("not GeoJSON: it begins with %q, not with an object", b)
		case b != '{':
			return n, g.Fault("%q after the end of the GeoJSON text", b)
		}
		if err := g.text(); err != nil {
			return n, g.within(err)
		}
	}
}

// within names the feature an error is in.
func (g *geojsonRun) within(err error) error {
	if errors.Is(err, jsontext.ErrTooLong) {
		err = g.Fault("the feature is larger than %s, the limit for one", byteSize(g.limit))
	}
	if fault := (*FileError)(nil); errors.As(err, &fault) && fault.Feature == 0 {
		fault.Feature = g.number
	}
	return err
}

// text reads one top-level object.
func (g *geojsonRun) text() error {
	line, offset := g.Line, g.Offset()
	g.Record(true)
	g.Take('{')
	var kind string
	var listed bool
	for first := true; !g.Take('}'); first = false {
		if !first && !g.Take(',') {
			return g.Fault("want a comma or '}'")
		}
		name, err := g.member()
		if err != nil {
			return err
		}
		if name == "features" && !listed {
			listed = true
			if err := g.features(); err != nil {
				return err
			}
			continue
		}
		if listed {
			g.Record(true)
		}
		g.Next()
		mark := len(g.Tape)
		if err := g.Value(g.limit); err != nil {
			return err
		}
		switch value := g.Tape[mark:]; name {
		case "type":
			_ = json.Unmarshal(value, &kind) // what is not a text is no known type either
		case "crs":
			if err := g.setCRS(value, listed); err != nil {
				return err
			}
		}
	}
	switch {
	case listed && kind == "FeatureCollection":
		return nil
	case listed:
		return g.Fault(`not GeoJSON: it has "features", but its type is %q, not "FeatureCollection"`, kind)
	case kind == "FeatureCollection":
		return g.Fault(`not GeoJSON: a FeatureCollection without "features"`)
	case kind != "Feature" && !isGeometryType(kind):
		return g.Fault("not GeoJSON: its type is %q", brief(kind))
	}
	return g.feature(g.Tape, line, offset)
}

// member reads the name of a member and its colon.
func (g *geojsonRun) member() (string, error) {
	b, ok := g.Next()
	if ok && b != '"' {
		return "", g.Fault("want the name of a member in quotation marks")
	}
	mark := len(g.Tape)
	if err := g.Value(g.limit); err != nil {
		return "", err
	}
	c := jsontext.Cursor{Data: g.Tape[mark:]}
	name, ok := c.Text()
	if !ok {
		return "", g.Fault("%s", c.Bad)
	}
	if !g.Take(':') {
		return "", g.Fault("want a colon after the name of a member")
	}
	return string(name), nil
}

// features reads the array of a FeatureCollection.
func (g *geojsonRun) features() error {
	if !g.Take('[') {
		return g.Fault(`"features" is not an array`)
	}
	for first := true; !g.Take(']'); first = false {
		if _, ok := g.Next(); !ok {
			return g.Fault("the file ends in the middle of the features")
		}
		if !first && !g.Take(',') {
			return g.Fault("want a comma or ']' after a feature")
		}
		if _, ok := g.Next(); !ok {
			return g.Fault("the file ends in the middle of the features")
		}
		line, offset := g.Line, g.Offset()
		g.Record(true)
		if err := g.Value(g.limit); err != nil {
			g.number++
			return err
		}
		if err := g.feature(g.Tape, line, offset); err != nil {
			return err
		}
	}
	g.Record(true)
	return nil
}

// feature yields the row of a Feature or bare geometry.
func (g *geojsonRun) feature(text []byte, line, offset int64) error {
	g.number++
	g.row = row{place: place{line, g.number}, srid: g.srid, properties: g.row.properties[:0], flaws: g.row.flaws[:0], read: g.Offset(), raw: text}
	c := jsontext.Cursor{Data: text}
	if !parseFeature(&c, &g.row, g.names) {
		return &FileError{
			Line:   line + jsontext.Lines(text[:c.Pos]),
			Offset: offset + int64(c.Pos), Feature: g.number, Reason: "not JSON: " + c.Bad,
		}
	}
	if !g.yield(&g.row, nil) {
		return errStopped
	}
	return nil
}

// setCRS understands the "crs" member of the format's 2008 edition.
func (g *geojsonRun) setCRS(text []byte, late bool) error {
	var member *struct {
		Type       string
		Properties struct{ Name string }
	}
	if err := json.Unmarshal(text, &member); err != nil {
		return g.Fault(`the "crs" member cannot be read: %v`, err)
	}
	if member == nil || g.placed {
		return nil
	}
	code, err := crs.Parse(member.Properties.Name)
	if err != nil {
		return g.Fault(`the "crs" member: %v`, err)
	}
	if late && code != crs.WGS84 {
		return g.Fault("the file names its reference system only after its features: give it with --crs EPSG:%d", code)
	}
	g.srid = code
	return nil
}
