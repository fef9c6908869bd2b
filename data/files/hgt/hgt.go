// Package hgt reads the tiles of SRTM: .hgt files, plain, in gzip or in a ZIP
// archive. A tile is a square of big-endian 16-bit heights in metres, 1201 or 3601
// a side, from the north-western corner on; its name says where the south-western
// one is. −32768 is no height.
//
// It refuses other sizes and names: a tile does not say of itself where it is.
package hgt

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Tile is one square degree.
type Tile struct {
	Lon, Lat int // of the south-western corner, degrees
	Side     int // posts along a side, the ends included: 1201 or 3601
	raw      []byte
}

var name = regexp.MustCompile(`(?i)^([NS])(\d{2})([EW])(\d{3})(?:\..*)?$`)

// Corner reads the south-western corner from the name of a file.
func Corner(file string) (lon, lat int, err error) {
	m := name.FindStringSubmatch(path.Base(strings.ReplaceAll(file, "\\", "/")))
	if m == nil {
		return 0, 0, fmt.Errorf("the name %q does not say where the tile is; want one as S08E112.hgt", file)
	}
	lat, _ = strconv.Atoi(m[2]) // digits only
	lon, _ = strconv.Atoi(m[4])
	if strings.EqualFold(m[1], "S") {
		lat = -lat
	}
	if strings.EqualFold(m[3], "W") {
		lon = -lon
	}
	if lat < -90 || lat > 89 || lon < -180 || lon > 179 {
		return 0, 0, fmt.Errorf("the name %q names a place that is not on Earth", file)
	}
	return lon, lat, nil
}

// maxBytes is the size of the greatest tile.
const maxBytes = 3601 * 3601 * 2

// Read reads a tile. The name is that of the file; of one in a ZIP archive, the
// name in it counts.
func Read(file string, r io.ReaderAt, size int64) (*Tile, error) {
	head := make([]byte, 4)
	if n, err := r.ReadAt(head, 0); n < len(head) && err != nil {
		return nil, errors.New("the file is empty or nearly so")
	}
	var from io.Reader = io.NewSectionReader(r, 0, size)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		entry, err := only(r, size)
		if err != nil {
			return nil, err
		}
		open, err := entry.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name, err)
		}
		defer func() { _ = open.Close() }() // only read
		file, from = entry.Name, open
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(from)
		if err != nil {
			return nil, err
		}
		from = z
	}
	t := &Tile{}
	var err error
	if t.Lon, t.Lat, err = Corner(file); err != nil {
		return nil, err
	}
	if t.raw, err = io.ReadAll(io.LimitReader(from, maxBytes+1)); err != nil {
		return nil, fmt.Errorf("truncated or damaged: %w", err)
	}
	switch len(t.raw) {
	case 1201 * 1201 * 2:
		t.Side = 1201
	case 3601 * 3601 * 2:
		t.Side = 3601
	default:
		return nil, fmt.Errorf("%d bytes are no tile: want %d (1201 × 1201 heights) or %d (3601 × 3601)", len(t.raw), 1201*1201*2, maxBytes)
	}
	return t, nil
}

// only finds the one tile in an archive.
func only(r io.ReaderAt, size int64) (*zip.File, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	var found *zip.File
	for _, f := range z.File {
		if !strings.EqualFold(path.Ext(f.Name), ".hgt") {
			continue
		}
		if found != nil {
			return nil, errors.New("the archive holds several tiles; give them as files of their own")
		}
		found = f
	}
	if found == nil {
		return nil, errors.New("the archive holds no .hgt file")
	}
	return found, nil
}

// At returns the height in metres of a post, counted from the north-western one;
// NaN where there is none.
func (t *Tile) At(col, row int) float64 {
	v := int16(binary.BigEndian.Uint16(t.raw[2*(row*t.Side+col):]))
	if v == math.MinInt16 {
		return math.NaN()
	}
	return float64(v)
}
