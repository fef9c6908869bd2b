package stores_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

func TestACopiedRasterIsTheSame(t *testing.T) {
	s := both(t)
	d, _ := raster.Describe(raster.Population)
	d.Source, d.Method, d.License = "a.tif", "pixel by pixel", "CC-BY-4.0"
	batch := data.RasterBatch{Description: d, Mode: data.Replace, Blocks: func(yield func(data.RasterBlock, error) bool) {
		for row := range int32(3) {
			values := raster.Empty()
			for i := 0; i < len(values); i += 7 {
				values[i] = float32(i) / 1000 * float32(row)
			}
			if !yield(data.RasterBlock{Block: lattice.Block{Col: 1370 - row, Row: 457 + row}, Values: values}, nil) {
				return
			}
		}
	}}
	if err := s[0].WriteRaster(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	want, err := s[0].Rasters(t.Context())
	if err != nil || len(want) != 1 || len(want[0].Blocks) != 3 {
		t.Fatal(err, want)
	}
	// There and back again.
	for _, way := range [][2]int{{0, 1}, {1, 0}} {
		if err := s[way[1]].WriteRaster(t.Context(), data.CopyRaster(t.Context(), s[way[0]], want[0])); err != nil {
			t.Fatal(err)
		}
		got, err := s[way[1]].Rasters(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" || got[0].Version() != want[0].Version() {
			t.Error(diff)
		}
	}
}
