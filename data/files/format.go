package files

import (
	"bytes"
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/petadesa/petadesa/data/files/cells"
	"github.com/petadesa/petadesa/data/files/delimited"
	"github.com/petadesa/petadesa/data/files/kml"
	"github.com/petadesa/petadesa/data/files/osm"
)

// A kind is what the first bytes of a file show it to be.
type kind int

// The kinds.
const (
	isUnknown kind = iota
	isGeoPackage
	isOSM
	isCells
	isZip
	isGzip
	isShapefile
	isParquet
	isSQLDump
	isKML
	isOtherXML
	isOtherText
	isJSON
	isTable
)

// otherText are beginnings of texts that are left to GDAL: MapInfo's .tab and
// .mif, DXF, and JSON that is not GeoJSON: TopoJSON and ArcGIS's.
var otherText = regexp.MustCompile(`(?i)^(?:!table\b|version\s+\d+\s+charset\s|(?:999\s[^\n]*\n\s*)*0\s+section\s|\{\s*"type"\s*:\s*"topology"|\{\s*"(?:displayFieldName|objectIdFieldName|geometryType)"\s*:)`)

func sniff(start []byte) kind {
	text := textStart(start)
	switch {
	case bytes.HasPrefix(start, []byte("SQLite format 3\x00")):
		return isGeoPackage
	case osm.IsPBF(start), osm.IsXML(text):
		return isOSM
	case cells.Is(text), cells.IsZipped(start):
		return isCells
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return isZip
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return isGzip
	case bytes.HasPrefix(start, []byte("\x00\x00\x27\x0a")):
		return isShapefile
	case bytes.HasPrefix(start, []byte("PAR1")):
		return isParquet
	case isSQL(text):
		return isSQLDump
	case kml.Is(text):
		return isKML
	case bytes.HasPrefix(text, []byte("<")):
		return isOtherXML
	case otherText.Match(text):
		return isOtherText
	case len(text) == 0, strings.ContainsRune("{[\x1e", rune(text[0])):
		return isJSON
	case bytes.IndexByte(text, 0) < 0 && !bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return isTable
	}
	return isUnknown
}

// openRows opens a file as what its content shows it to be; names do not count.
func openRows(ctx context.Context, path, name string, opts *Options) (rows, error) {
	return openNested(ctx, path, name, opts, 0)
}

// openNested is openRows for a file that was packed in others, depth of them.
func openNested(ctx context.Context, path, name string, opts *Options, depth int) (rows, error) {
	start, err := startOf(path)
	if err != nil {
		return nil, err
	}
	switch sniff(start) {
	case isGeoPackage:
		return openGeoPackage(ctx, path, opts)
	case isOSM:
		return openOSM(ctx, path, opts)
	case isCells:
		return openCells(ctx, path, opts)
	case isZip:
		return openZip(ctx, path, name, opts, depth)
	case isGzip:
		return openGzip(ctx, path, name, opts, depth)
	case isShapefile:
		files, err := beside(path)
		if err != nil {
			return nil, err
		}
		return openShapefile(ctx, files, name, opts)
	case isParquet:
		return openParquet(path)
	case isSQLDump:
		return openSQL(path, opts)
	case isKML:
		return openKML(path, opts)
	case isOtherXML:
		return openOGR(ctx, path, name, "XML, and neither KML nor OpenStreetMap data", opts)
	case isOtherText:
		return openOGR(ctx, path, name, "of MapInfo, AutoCAD, TopoJSON or ArcGIS", opts)
	case isJSON:
		return newGeoJSON(path, opts)
	case isTable:
		return openDelimited(ctx, path, opts)
	}
	return openOGR(ctx, path, name, "of a format that is not known here", opts)
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
