// Package bundle is the first regency: Kabupaten Malang (35.07) as plain GeoJSON
// files, small, committed, and made from fact tables by the command in gen. It is
// what a new store is filled with, through the same import as any other file.
//
// It refuses to be a second way in: it parses no geometry and knows no store.
// What is approximate, estimated or illustrative says so in each feature's
// quality and source; README.md tells the method and the licences.
package bundle

//go:generate go run ./gen

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

//go:embed *.geojson figures.json
var files embed.FS

// ErrNotFound is returned for a collection that the bundle does not have.
var ErrNotFound = errors.New("not in the bundle")

// Collections returns the ids of the collections of the bundle in the order in
// which to load them. Districts are not among them: they are dissolved from the
// villages.
func Collections() []string {
	return []string{"neighbours", "villages", "coverage", "roads", "towers", "blankspots", "destinations", "products"}
}

// Open opens the GeoJSON FeatureCollection of a collection: UTF-8, one feature a
// line, in order of id, longitude and latitude in degrees (WGS 84). The error
// is ErrNotFound for an id that Collections does not name.
func Open(collection string) (fs.File, error) {
	for _, id := range Collections() {
		if id == collection {
			return files.Open(id + ".geojson")
		}
	}
	return nil, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
}

// Credit returns whom to name for a collection, and its licence as SPDX
// identifiers with what each applies to.
func Credit(collection string) (attribution, license string, err error) {
	f, err := Open(collection)
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	if _, err := d.Token(); err != nil {
		return "", "", fmt.Errorf("read credit of %s: %w", collection, err)
	}
	for attribution == "" || license == "" {
		name, err := d.Token()
		if err != nil {
			return "", "", fmt.Errorf("read credit of %s: %w", collection, err)
		}
		if name == "features" || !d.More() {
			return "", "", fmt.Errorf("collection %s names no attribution or license: %w", collection, io.ErrUnexpectedEOF)
		}
		var value string
		if err := d.Decode(&value); err != nil {
			return "", "", fmt.Errorf("read credit of %s: %w", collection, err)
		}
		switch name {
		case "attribution":
			attribution = value
		case "license":
			license = value
		}
	}
	return attribution, license, nil
}
