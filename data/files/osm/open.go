package osm

import (
	"context"
	"io"
	"strings"
	"time"
)

// Header is what a file says about itself.
type Header struct {
	Program string
	Time    time.Time // of the data; zero: it does not say
}

// source is one of the two formats.
type source interface {
	header() Header
	// each gives the elements of the kinds in the order of the file, and the
	// offset of what was read.
	each(ctx context.Context, want Kind, f func(*Element, int64) error) error
}

var (
	_ source = (*pbf)(nil)
	_ source = (*osmXML)(nil)
)

// IsPBF reports whether a file that starts so is OpenStreetMap PBF.
func IsPBF(start []byte) bool {
	return len(start) > 14 && start[0] == 0 && start[1] == 0 && start[4] == 0x0a && strings.HasPrefix(string(start[6:]), "OSM")
}

// IsXML reports whether a file that starts so may be OpenStreetMap XML.
func IsXML(start []byte) bool {
	return strings.Contains(string(start), "<osm")
}

func openSource(ctx context.Context, f io.ReaderAt, size int64) (source, string, error) {
	start := make([]byte, 64)
	n, err := f.ReadAt(start, 0)
	if n == 0 && err != io.EOF {
		return nil, "", err
	}
	if IsPBF(start[:n]) {
		p, err := openPBF(f, size)
		return p, "OpenStreetMap PBF", err
	}
	x, err := openXML(ctx, f, size)
	return x, "OpenStreetMap XML", err
}

func brief(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
