package data

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// A PublicSource is a place where data of any regency of Indonesia can be had.
// Its URL and query are templates: {code} is the regency's code (35.07),
// {province} its first part, {island} Geofabrik's name of where it lies,
// {polygon} a hull around it as Overpass writes it, {tile} the name of each
// elevation tile it touches and {band} that tile's folder, {offset} and {page}
// where a page of an answer begins and how long it is, {token} the token the
// source asks for.
type PublicSource struct {
	ID            string            `json:"id"`
	AlternativeOf string            `json:"alternative_of,omitempty"` // the id of the source it can stand for
	Title         string            `json:"title"`
	Homepage      string            `json:"homepage"`
	URL           string            `json:"url"`
	Query         string            `json:"query,omitempty"` // POSTed to the URL as Overpass has it
	Format        string            `json:"format"`          // see SourceFormats
	Page          int               `json:"page,omitempty"`  // features of a page
	Collections   []string          `json:"collections,omitempty"`
	Fills         *Fill             `json:"fills,omitempty"` // instead of collections
	Required      bool              `json:"required,omitempty"`
	Token         string            `json:"token,omitempty"` // the name of the token it asks for
	Map           map[string]string `json:"map,omitempty"`   // as of an import
	SwapAxes      bool              `json:"swap_axes,omitempty"`
	CleanCoverage bool              `json:"clean_coverage,omitempty"`
	Licence       string            `json:"licence"`
	Attribution   string            `json:"attribution"`
	Date          string            `json:"date"` // of the data: year, year and month, day, or "today"
	Note          string            `json:"note,omitempty"`
	Bytes         int64             `json:"bytes"`     // about, of one file
	MaxBytes      int64             `json:"max_bytes"` // more are refused
	SHA256        string            `json:"sha256,omitempty"`
}

// A Fill says which fields of a collection a table completes.
type Fill struct {
	Collection string            `json:"collection"`
	Field      string            `json:"field"` // of the collection, that has the key
	Key        string            `json:"key"`   // the column of the table that has it
	Set        map[string]string `json:"set"`   // field → column
}

// SourceFormats are the formats a PublicSource may have.
func SourceFormats() []string {
	return []string{"sql", "arcgis", "osm", "pbf", "opencellid", "hgt", "geotiff"}
}

//go:embed catalogue.json
var catalogueJSON []byte

// Catalogue returns the public sources that the program knows, in the order
// they are to be used.
func Catalogue() ([]PublicSource, error) { return ReadCatalogue(catalogueJSON) }

// ReadCatalogue reads a catalogue and checks that it is whole.
func ReadCatalogue(text []byte) ([]PublicSource, error) {
	var c struct {
		Sources []PublicSource `json:"sources"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("%w: the catalogue of sources: %w", ErrInvalid, err)
	}
	known := map[string]bool{}
	for i, s := range c.Sources {
		if err := s.check(known); err != nil {
			return nil, fmt.Errorf("%w: the catalogue of sources: source %d, %q: %w", ErrInvalid, i+1, s.ID, err)
		}
		known[s.ID] = true
	}
	return c.Sources, nil
}

func (s *PublicSource) check(known map[string]bool) error {
	for name, value := range map[string]string{
		"id": s.ID, "title": s.Title, "homepage": s.Homepage, "url": s.URL,
		"licence": s.Licence, "attribution": s.Attribution, "date": s.Date,
	} {
		if value == "" {
			return fmt.Errorf("without %s", name)
		}
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("url: want https://host/…")
	case slices.Contains(s.Collections, s.ID):
		return fmt.Errorf("the id is that of a collection")
	case known[s.ID]:
		return fmt.Errorf("the id is given twice")
	case s.AlternativeOf != "" && !known[s.AlternativeOf]:
		return fmt.Errorf("alternative of %q, which does not come before it", s.AlternativeOf)
	case !slices.Contains(SourceFormats(), s.Format):
		return fmt.Errorf("format %q", s.Format)
	case (len(s.Collections) == 0) == (s.Fills == nil):
		return fmt.Errorf("want either collections or fills")
	case s.Bytes <= 0 || s.MaxBytes < s.Bytes:
		return fmt.Errorf("bytes %d, max_bytes %d", s.Bytes, s.MaxBytes)
	case s.Format == "arcgis" && s.Page <= 0:
		return fmt.Errorf("without the length of a page")
	}
	if s.Fills != nil {
		return s.Fills.check()
	}
	return nil
}

// check looks for the fields in the well-known collection.
func (f *Fill) check() error {
	c, ok := StandardCollection(f.Collection)
	if !ok || f.Key == "" || len(f.Set) == 0 {
		return fmt.Errorf("fills %q by %q: want a well-known collection, a key and fields to set", f.Collection, f.Key)
	}
	for field := range f.Set {
		for _, name := range []string{field, f.Field} {
			if i := c.FieldIndex(name); i < 0 || c.Fields[i].Type != geo.String {
				return fmt.Errorf("fills %s of %s by %s: there is no such field of text", field, f.Collection, f.Field)
			}
		}
	}
	return nil
}
