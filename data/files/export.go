package files

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Format is a form in which features leave.
type Format string

// The formats of Export. All numbers read back as what they were; the same
// records in the same order give the same bytes.
const (
	GeoJSON    Format = "geojson"    // RFC 7946, a feature a line
	GeoJSONSeq Format = "geojsonseq" // RFC 8142
	CSV        Format = "csv"        // RFC 4180 with a header; points as lon and lat, other geometry as WKT
)

// FormatOf returns the format that the name of a file calls for.
func FormatOf(name string) (Format, error) {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".geojson", ".json":
		return GeoJSON, nil
	case ".geojsonseq", ".geojsons", ".geojsonl", ".ndjson", ".jsonl":
		return GeoJSONSeq, nil
	case ".csv":
		return CSV, nil
	default:
		return "", fmt.Errorf("no format is known for %q: want a name that ends in .geojson, .geojsonseq or .csv", filepath.Base(name))
	}
}

// Records gives the records of a table in order of id.
func Records(t *geo.Table) iter.Seq2[geo.Record, error] {
	order := make([]int, len(t.Records))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(t.Records[a].ID, t.Records[b].ID) })
	return func(yield func(geo.Record, error) bool) {
		for _, i := range order {
			if !yield(t.Records[i], nil) {
				return
			}
		}
	}
}

// Export writes records of the collection to w as they come, holding one.
func Export(ctx context.Context, w io.Writer, f Format, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
	var e encoder
	switch f {
	case GeoJSON:
		e = &featureCollection{c: c}
	case GeoJSONSeq:
		e = &textSequence{c: c}
	case CSV:
		e = newTable(c)
	default:
		return fmt.Errorf("no format %q: want %s, %s or %s", f, GeoJSON, GeoJSONSeq, CSV)
	}
	out := bufio.NewWriterSize(w, 64<<10)
	line, err := e.begin(nil)
	for r, rerr := range records {
		if err = errors.Join(err, rerr, ctx.Err()); err != nil {
			break
		}
		if _, err = out.Write(line); err != nil {
			break
		}
		line, err = e.record(line[:0], &r)
	}
	if err != nil {
		return fmt.Errorf("exporting %s: %w", c.ID, err)
	}
	if _, err := out.Write(e.end(line)); err != nil {
		return fmt.Errorf("exporting %s: %w", c.ID, err)
	}
	return out.Flush()
}

// ExportFile is Export to a file of that name, which comes to be, or is
// replaced, only when all of it is written.
func ExportFile(ctx context.Context, path string, f Format, c *geo.Collection, records iter.Seq2[geo.Record, error]) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	err = Export(ctx, file, f, c, records)
	if err == nil {
		err = errors.Join(file.Chmod(0o644), file.Sync())
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// An encoder appends the parts of a file.
type encoder interface {
	begin(dst []byte) ([]byte, error)
	record(dst []byte, r *geo.Record) ([]byte, error)
	end(dst []byte) []byte
}

type featureCollection struct {
	c       *geo.Collection
	started bool
}

func (f *featureCollection) begin(dst []byte) ([]byte, error) {
	dst = append(dst, `{"type":"FeatureCollection","name":`...)
	dst = geo.AppendStringJSON(dst, f.c.ID)
	return append(dst, `,"features":[`...), nil
}

func (f *featureCollection) record(dst []byte, r *geo.Record) ([]byte, error) {
	if f.started {
		dst = append(dst, ',')
	}
	f.started = true
	return geo.AppendRecordJSON(append(dst, '\n'), f.c, r), nil
}

func (f *featureCollection) end(dst []byte) []byte { return append(dst, "\n]}\n"...) }

type textSequence struct{ c *geo.Collection }

func (t *textSequence) begin(dst []byte) ([]byte, error) { return dst, nil }

func (t *textSequence) record(dst []byte, r *geo.Record) ([]byte, error) {
	return append(geo.AppendRecordJSON(append(dst, recordSeparator), t.c, r), '\n'), nil
}

func (t *textSequence) end(dst []byte) []byte { return dst }
