package files

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"unicode/utf16"

	"github.com/petadesa/petadesa/data/files/delimited"
	"github.com/petadesa/petadesa/data/files/osm"
)

// openRows opens a file as what its content shows it to be; names do not count.
func openRows(ctx context.Context, path, name string, opts *Options) (rows, error) {
	start, err := startOf(path)
	if err != nil {
		return nil, err
	}
	text := textStart(start)
	switch {
	case bytes.HasPrefix(start, []byte("SQLite format 3\x00")):
		return openGeoPackage(ctx, path, opts)
	case osm.IsPBF(start), osm.IsXML(text):
		return openOSM(ctx, path, opts)
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return nil, unread("a ZIP archive")
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return nil, unread("compressed with gzip")
	case bytes.HasPrefix(start, []byte("\x00\x00\x27\x0a")):
		return nil, unread("a Shapefile")
	case bytes.HasPrefix(start, []byte("PAR1")):
		return nil, unread("a Parquet file")
	case isSQL(text):
		return openSQL(path, opts)
	case bytes.HasPrefix(text, []byte("<")):
		return nil, unread("XML, such as KML, GPX or OpenStreetMap data")
	case len(text) == 0, strings.ContainsRune("{[\x1e", rune(text[0])):
		return newGeoJSON(path, opts)
	case bytes.IndexByte(text, 0) < 0:
		return openDelimited(ctx, path, opts)
	}
	return nil, &FileError{Reason: "the file is of no format that is read"}
}

// startOf is the first bytes of a file, by which formats are told apart.
func startOf(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	start := make([]byte, 512)
	n, err := io.ReadFull(f, start)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	return start[:n], nil
}

// textStart is the start of a text as UTF-8, without mark and white space.
func textStart(start []byte) []byte {
	name, err := delimited.Encoding(bytes.NewReader(start))
	if err == nil && strings.HasPrefix(name, "utf-16") {
		var units []uint16
		for i := 0; i+1 < len(start); i += 2 {
			if name == "utf-16le" {
				units = append(units, uint16(start[i])|uint16(start[i+1])<<8)
			} else {
				units = append(units, uint16(start[i+1])|uint16(start[i])<<8)
			}
		}
		start = []byte(string(utf16.Decode(units)))
	}
	return bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
}

func isUTF16(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

func unread(what string) error {
	return &FileError{Reason: "the file is " + what + "; GeoJSON, GeoPackage and CSV can be read"}
}
