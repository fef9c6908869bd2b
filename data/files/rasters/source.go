package rasters

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/geotiff"
	"github.com/petadesa/petadesa/data/files/hgt"
	"github.com/petadesa/petadesa/geo/raster"
)

// pixels is an open file: values in rows and columns over degrees.
type pixels struct {
	name, format  string
	width, height int
	west, north   float64 // outer edges of the first pixel
	stepX, stepY  float64 // degrees; stepY is negative when rows run south
	read          func(ctx context.Context, x, y, width, height int, dst []float64) error
	close         func() error
}

// Bounds of the size of pixels in degrees.
const (
	finest  = 1.0 / 12000 // 0.3 arc-seconds
	coarse  = 1.0 / 240   // 15 arc-seconds: heights between say little of a ridge
	coarser = 1.0 / 110   // 30 arc-seconds and a bit: WorldPop's 1 km
)

// open opens a file as what its content shows it to be. The name counts for tiles
// of SRTM only.
func open(path, name, kind string) (*pixels, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p, err := read(f, name, kind)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w: %w", name, data.ErrInvalid, err), f.Close())
	}
	p.name = name
	p.close = f.Close
	return p, nil
}

func read(f *os.File, name, kind string) (*pixels, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	start := make([]byte, 4)
	n, _ := f.ReadAt(start, 0) // what is too short is refused below
	if start = start[:n]; bytes.HasPrefix(start, []byte("II")) || bytes.HasPrefix(start, []byte("MM")) {
		return readTIFF(f, info.Size(), kind)
	}
	if kind != raster.Elevation {
		return nil, errors.New("it is not a GeoTIFF, which " + kind + " is read from")
	}
	tile, err := hgt.Read(name, f, info.Size())
	if err != nil {
		return nil, err
	}
	step := 1 / float64(tile.Side-1)
	return &pixels{
		format: fmt.Sprintf("SRTM tile, %d × %d", tile.Side, tile.Side), width: tile.Side, height: tile.Side,
		west: float64(tile.Lon) - step/2, north: float64(tile.Lat) + 1 + step/2, stepX: step, stepY: -step,
		read: func(_ context.Context, x, y, width, height int, dst []float64) error {
			for i := range dst {
				dst[i] = tile.At(x+i%width, y+i/width)
			}
			return nil
		},
	}, nil
}

func readTIFF(f *os.File, size int64, kind string) (*pixels, error) {
	im, err := geotiff.Open(f, size)
	if err != nil {
		return nil, err
	}
	p := &pixels{
		format: fmt.Sprintf("GeoTIFF, %d × %d", im.Width, im.Height), width: im.Width, height: im.Height,
		west: im.West, north: im.North, stepX: im.PixelX, stepY: im.PixelY, read: im.Read,
	}
	most := coarse
	if kind == raster.Population {
		most = coarser
	}
	switch {
	case im.EPSG == 0:
		return nil, errors.New("it does not name its reference system; want EPSG:4326, longitude and latitude")
	case im.EPSG != 4326:
		return nil, fmt.Errorf("its reference system is EPSG:%d; want EPSG:4326, longitude and latitude (gdalwarp -t_srs EPSG:4326 makes one)", im.EPSG)
	case im.PixelX < finest || im.PixelX > most || math.Abs(im.PixelY) < finest || math.Abs(im.PixelY) > most:
		return nil, fmt.Errorf("its pixels measure %g × %g degrees; %s is read from %.3g to %.3g", im.PixelX, math.Abs(im.PixelY), kind, finest, most)
	}
	b := p.bound()
	const slack = 0.01
	if b.Min[0] < -180-slack || b.Max[0] > 180+slack || b.Min[1] < -90-slack || b.Max[1] > 90+slack {
		return nil, fmt.Errorf("it covers %.4f to %.4f° east and %.4f to %.4f° north, which is not on Earth", b.Min[0], b.Max[0], b.Min[1], b.Max[1])
	}
	return p, nil
}

// bound is that of the pixels' outer edges in degrees.
func (p *pixels) bound() orb.Bound {
	x, y := p.west+float64(p.width)*p.stepX, p.north+float64(p.height)*p.stepY
	return orb.Bound{Min: orb.Point{p.west, min(p.north, y)}, Max: orb.Point{x, max(p.north, y)}}
}
