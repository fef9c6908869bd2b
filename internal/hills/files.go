package hills

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// WriteHGT writes S08E112.hgt and S09E112.hgt as SRTM's are, 1201 posts a side, into
// a folder; beyond the bound in degrees no height is known.
func WriteHGT(folder string, known orb.Bound) (paths []string, err error) {
	const side = 1201
	for _, south := range []int{8, 9} {
		b := make([]byte, 0, 2*side*side)
		for row := range side {
			for col := range side {
				h := int16(math.MinInt16)
				if p := (orb.Point{112 + float64(col)/(side-1), float64(1-south) - float64(row)/(side-1)}); known.Contains(p) {
					h = int16(math.Round(Height(p[0], p[1])))
				}
				b = binary.BigEndian.AppendUint16(b, uint16(h))
			}
		}
		path := filepath.Join(folder, fmt.Sprintf("S%02dE112.hgt", south))
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// WritePopulation writes the people of a window as a GeoTIFF like WorldPop's:
// degrees, persons per pixel as 32-bit floats, no data −99999.
func WritePopulation(path string, w lattice.Window) error {
	const nodata = -99999
	var values bytes.Buffer
	for i := range w.Len() {
		n := People(w.Cell(i))
		if n != n {
			n = nodata
		}
		_ = binary.Write(&values, binary.LittleEndian, n) // into memory
	}
	// TIFF 6.0: a header, the values, what does not fit into the directory, the directory.
	type entry struct {
		tag, kind uint16
		count     uint32
		value     []byte
	}
	le := binary.LittleEndian
	short := func(all ...uint16) (b []byte) {
		for _, v := range all {
			b = le.AppendUint16(b, v)
		}
		return b
	}
	double := func(all ...float64) (b []byte) {
		for _, v := range all {
			b = le.AppendUint64(b, math.Float64bits(v))
		}
		return b
	}
	long := func(v int) []byte { return le.AppendUint32(nil, uint32(v)) }
	none := []byte(fmt.Sprintf("%d\x00", nodata))
	entries := []entry{
		{256, 4, 1, long(int(w.Width))},
		{257, 4, 1, long(int(w.Height))},
		{258, 3, 1, short(32)},
		{259, 3, 1, short(1)},
		{262, 3, 1, short(1)},
		{273, 4, 1, long(8)},
		{277, 3, 1, short(1)},
		{278, 4, 1, long(int(w.Height))},
		{279, 4, 1, long(values.Len())},
		{339, 3, 1, short(3)},
		{33550, 12, 3, double(1.0/lattice.PerDegree, 1.0/lattice.PerDegree, 0)},
		{33922, 12, 6, double(0, 0, 0, lattice.Lon(float64(w.Col)), lattice.Lat(float64(w.Row)), 0)},
		{34735, 3, 16, short(1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326)}, // geographic, pixel is area, EPSG:4326
		{42113, 2, uint32(len(none)), none},
	}
	tail := []byte{}
	from := 8 + values.Len()
	directory := short(uint16(len(entries)))
	for _, e := range entries {
		v := e.value
		if len(v) > 4 {
			v = long(from + len(tail))
			tail = append(tail, e.value...)
			tail = append(tail, make([]byte, len(tail)%2)...)
		}
		directory = append(directory, short(e.tag, e.kind)...)
		directory = append(directory, long(int(e.count))...)
		directory = append(directory, append(v, make([]byte, 4-len(v))...)...)
	}
	out := append([]byte("II"), short(42)...)
	out = append(out, long(from+len(tail))...)
	out = append(append(append(out, values.Bytes()...), tail...), directory...)
	return os.WriteFile(path, append(out, long(0)...), 0o600)
}
