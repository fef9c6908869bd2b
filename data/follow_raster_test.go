package data_test

import (
	"math"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// level is an elevation that is the same everywhere in one block.
func level(b lattice.Block, height float32) data.RasterBatch {
	d, _ := raster.Describe(raster.Elevation)
	return data.RasterBatch{Description: d, Mode: data.Replace, Blocks: func(yield func(data.RasterBlock, error) bool) {
		values := raster.Empty()
		for i := range values {
			values[i] = height
		}
		_ = yield(data.RasterBlock{Block: b, Values: values}, nil)
	}}
}

func TestFollowRasters(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) data.Store{
		"PostGIS":    func(t *testing.T) data.Store { return openPostGIS(t, cluster.Database(t)) },
		"GeoPackage": openGeoPackage,
	} {
		t.Run(name, func(t *testing.T) {
			s, at := open(t), lattice.Block{Col: 1370, Row: 457}
			middle := at.Window().Cell(lattice.BlockArea/2 + 128).Center()
			height := func(snap *geo.Snapshot) float64 {
				r := snap.Raster(raster.Elevation)
				if r == nil {
					return math.NaN()
				}
				v, err := r.At(t.Context(), middle[0], middle[1])
				if err != nil {
					t.Log(err) // stale for a moment
				}
				return v
			}
			if err := s.WriteRaster(t.Context(), level(at, 100)); err != nil {
				t.Fatal(err)
			}
			f := follow(t, s)
			first := f.Snapshot()
			if h := height(first); h != 100 {
				t.Fatal(h)
			}
			if err := s.WriteRaster(t.Context(), level(at, 200)); err != nil {
				t.Fatal(err)
			}
			second := until(t, f, "the new heights", func(snap *geo.Snapshot) bool { return height(snap) == 200 })
			if height(first) != 100 {
				t.Error("an old snapshot has new heights")
			}
			if err := s.DropRaster(t.Context(), raster.Elevation); err != nil {
				t.Fatal(err)
			}
			last := until(t, f, "no heights", func(snap *geo.Snapshot) bool { return snap.Raster(raster.Elevation) == nil })
			if first.Version == second.Version || second.Version == last.Version {
				t.Error("the version does not tell")
			}
		})
	}
}
