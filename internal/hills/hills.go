// Package hills makes up a terrain and where people live on it, always the same:
// volcanoes, a plain that falls to the sea in the south, and a ridge along the coast,
// on about the ground of Kabupaten Malang. Tests and benchmarks write it to files as
// SRTM and WorldPop are published, or read it from memory. Only they import it.
package hills

import (
	"context"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// Shore is the latitude of the coast, and Ridge that of the ridge 1.5 km inland.
const (
	Shore = -8.42
	Ridge = Shore + 1500/110_600.0
)

// cone is a volcano.
type cone struct{ lon, lat, height, radius float64 } // m, degrees

func cones() []cone {
	return []cone{{112.92, -8.11, 3300, 0.11}, {112.45, -7.92, 2400, 0.10}, {112.59, -7.765, 2900, 0.09}, {112.95, -7.94, 2000, 0.12}, {112.62, -8.30, 350, 0.03}}
}

// Height returns metres above sea level at a place in degrees.
func Height(lon, lat float64) float64 {
	inland := (lat - Shore) * 110_600
	if inland <= 0 {
		return 0
	}
	h := 3 + 250*(1-math.Exp(-inland/4000)) // the plain
	if inland < 600 {
		h = 3 // the beach
	}
	h += 260 * math.Exp(-math.Pow((lat-Ridge)*110_600/300, 2))
	for _, c := range cones() {
		d := math.Hypot(lon-c.lon, lat-c.lat) / c.radius
		h += c.height * math.Exp(-4*d)
	}
	rough := 12*math.Sin(lon*1900+lat*700) + 8*math.Cos(lat*3100-lon*900) + 5*math.Sin(lon*7100)*math.Sin(lat*6700)
	return h + rough*min(inland/6000, 1)
}

// People returns how many live in a cell: fewer the higher and the rougher, none in
// the sea, and none known in a few.
func People(c lattice.Cell) float32 {
	p := c.Center()
	h := Height(p[0], p[1])
	noise := uint32(c.Col)*2654435761 ^ uint32(c.Row)*2246822519
	noise = (noise ^ noise>>15) * 2654435769 >> 16
	if h <= 0 || noise%11 == 0 {
		return float32(math.NaN())
	}
	return float32(math.Round(8000*math.Exp(-h/500)*float64(noise)/65536) / 1000)
}

// memory is the blocks of a raster.
type memory map[lattice.Block][]byte

func (m memory) ReadBlock(_ context.Context, name string, b lattice.Block) ([]byte, error) {
	if v, ok := m[b]; ok {
		return v, nil
	}
	return nil, fmt.Errorf("%s has no block %v", name, b)
}

// Elevation and Population return the terrain and the people in a window, as if
// imported.
func Elevation(w lattice.Window) (*raster.Raster, error) {
	return inMemory(raster.Elevation, w, func(c lattice.Cell) float32 {
		return float32(math.Round(Height(lattice.Lon(float64(c.Col)), lattice.Lat(float64(c.Row)))))
	})
}

// Population is Elevation's for people.
func Population(w lattice.Window) (*raster.Raster, error) {
	return inMemory(raster.Population, w, People)
}

func inMemory(name string, w lattice.Window, value func(lattice.Cell) float32) (*raster.Raster, error) {
	d, _ := raster.Describe(name)
	d.Source, d.SourceDate, d.Method = "made up", "2026", "computed"
	info, blocks := raster.Info{Description: d}, memory{}
	for b := range w.Blocks {
		values, whole := raster.Empty(), b.Window()
		for i := range values {
			if c := whole.Cell(i); w.Contains(c) {
				values[i] = value(c)
			}
		}
		encoded, hash, err := raster.Encode(d.Type, values)
		if err != nil {
			return nil, err
		}
		blocks[b] = encoded
		info.Blocks = append(info.Blocks, raster.BlockInfo{Block: b, Hash: hash})
	}
	return raster.New(info, blocks, raster.NewCache(raster.DefaultCacheBytes))
}
