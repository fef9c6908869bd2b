package hgt

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// made returns the bytes of a tile whose heights are given by a function.
func made(side int, height func(col, row int) int16) []byte {
	b := make([]byte, 0, 2*side*side)
	for row := range side {
		for col := range side {
			b = binary.BigEndian.AppendUint16(b, uint16(height(col, row)))
		}
	}
	return b
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func zipped(files map[string][]byte) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, b := range files {
		w, _ := z.Create(name)
		_, _ = w.Write(b)
	}
	_ = z.Close()
	return out.Bytes()
}

func read(name string, b []byte) (*Tile, error) {
	return Read(name, bytes.NewReader(b), int64(len(b)))
}

func TestRead(t *testing.T) {
	height := func(col, row int) int16 {
		if col == 3 && row == 4 {
			return math.MinInt16
		}
		return int16(col - 2*row)
	}
	small := made(1201, height)
	for name, b := range map[string][]byte{
		"S09E112.hgt": small, "s09e112.HGT": small, "S09E112.hgt.gz": gzipped(small), "S09E112.SRTMGL3.hgt.zip": zipped(map[string][]byte{"a/S09E112.hgt": small, "readme.txt": nil}),
		"whatever.zip": zipped(map[string][]byte{"S09E112.hgt": small}),
	} {
		tile, err := read(name, b)
		if err != nil {
			t.Fatal(name, err)
		}
		if tile.Lon != 112 || tile.Lat != -9 || tile.Side != 1201 || tile.At(0, 0) != 0 || tile.At(1200, 1200) != -1200 || tile.At(10, 2) != 6 || !math.IsNaN(tile.At(3, 4)) {
			t.Errorf("%s: %+v", name, tile)
		}
	}
	large := make([]byte, 3601*3601*2)
	binary.BigEndian.PutUint16(large[2*3600:], 3600)
	if tile, err := read("N00W001.hgt", large); err != nil || tile.Side != 3601 || tile.Lon != -1 || tile.Lat != 0 || tile.At(3600, 0) != 3600 {
		t.Error(err)
	}
}

func TestRefused(t *testing.T) {
	small := made(1201, func(int, int) int16 { return 1 })
	for name, tc := range map[string]struct {
		b    []byte
		want string
	}{
		"elevation.hgt":   {small, "does not say where"},
		"S99E112.hgt":     {small, "not on Earth"},
		"S09E180.hgt":     {small, "not on Earth"},
		"S08E112.hgt":     {small[:len(small)-2], "no tile"},
		"S07E112.hgt":     {append(bytes.Clone(small), 0), "no tile"},
		"S06E112.hgt":     {nil, "empty"},
		"S05E112.hgt.gz":  {gzipped(small)[:2000], "truncated"},
		"S04E112.hgt.zip": {zipped(map[string][]byte{"a.txt": small}), "no .hgt"},
		"S03E112.hgt.zip": {zipped(map[string][]byte{"S03E112.hgt": small, "S03E113.hgt": small}), "several"},
		"S02E112.hgt.zip": {zipped(map[string][]byte{"S02E112.hgt": small})[:1000], "zip"},
		"S01E112.hgt.gz":  {gzipped(make([]byte, 26_000_000)), "no tile"},
	} {
		if _, err := read(name, tc.b); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v; want %q", name, err, tc.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	small := made(1201, func(int, int) int16 { return 1 })
	f.Add("S09E112.hgt", gzipped(small))
	f.Add("S09E112.hgt", zipped(map[string][]byte{"S09E112.hgt": small}))
	f.Add("N00E000.hgt", []byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if tile, err := read(name, b); err == nil && (tile.Side != 1201 && tile.Side != 3601 || tile.At(tile.Side-1, tile.Side-1) == math.Inf(1)) {
			t.Error(tile.Side)
		}
	})
}
