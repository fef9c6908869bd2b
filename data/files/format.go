package files

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"

	"github.com/petadesa/petadesa/data/files/osm"
)

// openRows opens a file as what its content shows it to be; names do not count.
func openRows(ctx context.Context, path, name string, opts *Options) (rows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	start := make([]byte, 512)
	n, err := io.ReadFull(f, start)
	f.Close()
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	start = start[:n]
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
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
	case len(text) > 0 && !strings.ContainsRune("{[\x1e\"", rune(text[0])) && !isUTF16(start):
		return nil, &FileError{Reason: "the file is neither GeoJSON nor GeoPackage"}
	}
	return newGeoJSON(path, opts)
}

func isUTF16(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

func unread(what string) error {
	return &FileError{Reason: "the file is " + what + "; GeoJSON and GeoPackage can be read"}
}
