package propagation

import (
	"context"
	"math"
	"testing"

	"github.com/petadesa/petadesa/geo/lattice"
)

// hills is terrain given by a function of longitude and latitude.
type hills func(lon, lat float64) float64

func (h hills) Read(ctx context.Context, w lattice.Window, dst []float32) error {
	for i := range dst {
		c := w.Cell(i)
		dst[i] = float32(h(lattice.Lon(float64(c.Col)), lattice.Lat(float64(c.Row))))
	}
	return ctx.Err()
}

// rows are heights in memory, as rasters have them.
type rows struct {
	window lattice.Window
	values []float32
}

// read returns an elevation's heights in a window and one more each way.
func read(t testing.TB, e Elevation, w lattice.Window) rows {
	w.Width++
	w.Height++
	r := rows{w, make([]float32, w.Len())}
	if err := e.Read(context.Background(), w, r.values); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r rows) Read(ctx context.Context, w lattice.Window, dst []float32) error {
	for row := range w.Height {
		at := r.window.Index(lattice.Cell{Col: w.Col, Row: w.Row + row})
		copy(dst[int(row*w.Width):][:w.Width], r.values[at:])
	}
	return ctx.Err()
}

// rolling is terrain with hills of all sizes.
func rolling(lon, lat float64) float64 {
	return 300 + 40*math.Sin(lon*310)*math.Cos(lat*250) + 8*math.Sin(lon*1900+lat*700) + 3*math.Cos(lat*3100-lon*900)
}

// coast is what lies between the hills of the south and the sea: a plateau of
// 350 m, a ridge of 250 m over it 2 km from the shore, and a beach below a cliff.
func coast(_, lat float64) float64 {
	const shore = -8.40 // degrees
	_, metres := lattice.MetresPerDegree(shore)
	inland := (lat - shore) * metres
	switch {
	case inland < 0:
		return 0
	case inland < 300:
		return 3 // the beach
	case inland < 900:
		return 3 + (inland-300)/600*197 // the cliff
	default:
		ridge := 250 * math.Exp(-square((inland-2000)/350))
		return 200 + min((inland-900)/3000, 1)*150 + ridge
	}
}

func tower(lon, lat, height float64) Transmitter {
	return Transmitter{Lon: lon, Lat: lat, Height: height, Frequency: 900, Power: Presets()[0].Power}
}
