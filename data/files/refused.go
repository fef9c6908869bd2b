package files

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/crs"
)

// refusedColumn is the column, or the member of a feature, that a file of
// refused rows has in addition to those of the file they come from. When it is
// imported again it is passed over.
const refusedColumn = "refused_because"

// refusals writes the rows that are refused to a file that can be corrected and
// imported again: CSV with the columns of a table, GeoJSONSeq of everything
// else. The file appears when it is complete, and only if there is any such row.
type refusals struct {
	path   string
	header []string // of a table, else nil
	ids    bool     // the table has no ids: a column of them comes first
	file   *os.File
	w      *bufio.Writer
	table  *csv.Writer
}

func newRefusals(path string, file rows) *refusals {
	if path == "" {
		return nil
	}
	r := &refusals{path: path}
	for u, packed := file.(*unpackedRows); packed; u, packed = file.(*unpackedRows) {
		file = u.rows
	}
	if t, ok := file.(*tableRows); ok {
		r.header = t.header.Names
	}
	return r
}

// keep returns the geometry of a row as it is in the file, before it is placed;
// of a row that keeps its own text there is no need.
func (r *refusals) keep(from *row) orb.Geometry {
	if r == nil || from.geometry == nil || from.raw != nil || from.cells != nil {
		return nil
	}
	return orb.Clone(from.geometry)
}

// add writes a row that has flaws.
func (r *refusals) add(from *row, g orb.Geometry, flaws []flaw) error {
	if r == nil {
		return nil
	}
	if r.file == nil {
		r.ids = from.numbered
		if err := r.begin(); err != nil {
			return err
		}
	}
	var reasons []string
	for _, f := range flaws {
		if !f.repaired {
			reasons = append(reasons, strings.TrimPrefix(f.field+": "+f.reason, ": "))
		}
	}
	reason := brief(strings.ToValidUTF8(strings.Join(reasons, "; "), "�"))
	if r.header != nil {
		return r.table.Write(slices.Concat(r.idCell(fmt.Sprint(from.place.number)), r.cells(from.cells, reason)))
	}
	_, err := r.w.Write(append(refusedFeature(from, g, reason), '\n'))
	return err
}

func (r *refusals) begin() (err error) {
	if r.file, err = os.CreateTemp(filepath.Dir(r.path), ".refused-*"); err != nil {
		return fmt.Errorf("writing the refused rows: %w", err)
	}
	r.w = bufio.NewWriter(r.file)
	if r.header != nil {
		r.table = csv.NewWriter(r.w)
		return r.table.Write(slices.Concat(r.idCell("id"), r.header, []string{refusedColumn}))
	}
	return nil
}

// idCell is what comes before the cells of a table that has no ids: with it, a
// row is added to the others under the id that it would have had.
func (r *refusals) idCell(text string) []string {
	if !r.ids {
		return nil
	}
	return []string{text}
}

// cells puts the reason into its column; what a line has too much comes after it.
func (r *refusals) cells(cells []string, reason string) []string {
	line := make([]string, len(r.header), len(cells)+len(r.header)+1)
	n := copy(line, cells)
	line = append(line, reason)
	return append(line, cells[n:]...)
}

// close completes the file, or takes it away when it did not come to that.
func (r *refusals) close(complete bool) error {
	if r == nil || r.file == nil {
		return nil
	}
	var err error
	if r.table != nil {
		r.table.Flush()
		err = r.table.Error()
	}
	err = errors.Join(err, r.w.Flush(), r.file.Chmod(0o644), r.file.Close())
	if err == nil && complete {
		err = os.Rename(r.file.Name(), r.path)
	}
	if err != nil || !complete {
		err = errors.Join(err, os.Remove(r.file.Name()))
	}
	if err != nil {
		return fmt.Errorf("writing the refused rows: %w", err)
	}
	return nil
}

// refusedFeature is a row as one line of GeoJSON: its own text where it was
// that, with the reason in front.
func refusedFeature(from *row, g orb.Geometry, reason string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{%q:%s,`, refusedColumn, quoteJSON(reason))
	if from.srid != 0 && from.srid != crs.WGS84 && (from.raw != nil || !from.placed) {
		fmt.Fprintf(&b, `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::%d"}},`, from.srid)
	}
	if from.numbered { // then it is added to the others under the id that it would have had
		fmt.Fprintf(&b, `"id":"%d",`, from.place.number)
	}
	if raw := bytes.TrimSpace(from.raw); len(raw) > 2 && raw[0] == '{' {
		rest := bytes.TrimLeft(raw[1:], " \t\r\n")
		if rest[0] == '}' {
			b.Truncate(b.Len() - 1)
		}
		b.Write(bytes.Map(oneLine, rest))
		return b.Bytes()
	}
	b.WriteString(`"type":"Feature",`)
	if from.id != nil {
		fmt.Fprintf(&b, `"id":%s,`, valueJSON(from.id))
	}
	b.WriteString(`"geometry":`)
	shape := []byte("null")
	if g != nil {
		if text, err := geojson.NewGeometry(g).MarshalJSON(); err == nil {
			shape = text
		}
	}
	b.Write(shape)
	b.WriteString(`,"properties":{`)
	for i, p := range from.properties {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%s:%s", quoteJSON(p.name), valueJSON(p.value))
	}
	b.WriteString("}}")
	return b.Bytes()
}

// oneLine makes a space of what ends a line, which no text within JSON holds.
func oneLine(r rune) rune {
	if r == '\n' || r == '\r' {
		return ' '
	}
	return r
}

func quoteJSON(s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		return []byte(`""`) // a string can always be written
	}
	return text
}

// valueJSON is a property's value as JSON.
func valueJSON(v any) []byte {
	switch v := v.(type) {
	case numeral, nested:
		return []byte(scalarText(v))
	case cell:
		if v.kind == geo.Integer || v.kind == geo.Number {
			return []byte(v.number)
		}
		return quoteJSON(v.text)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return []byte("null") // NaN, which JSON does not have
	}
	return text
}
