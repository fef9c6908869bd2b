package geo

import (
	"testing"

	"github.com/petadesa/petadesa/geo/raster"
)

func TestRastersJoinTheVersionAndStay(t *testing.T) {
	d, _ := raster.Describe(raster.Elevation)
	elevation, err := raster.New(raster.Info{Description: d}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, _ = raster.Describe(raster.Population)
	population, err := raster.New(raster.Info{Description: d}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := Build(t.Context(), nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	with := bare.WithRasters(population, elevation)
	if with.Version == bare.Version || bare.Raster(raster.Elevation) != nil || with.Raster(raster.Elevation) != elevation || with.Rasters()[0] != elevation {
		t.Error(with.Version, bare.Version)
	}
	places := Table{Collection: Collection{ID: "places", Geometry: None, Fields: []Field{}}}
	next, err := Build(t.Context(), with, []Table{places}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if next.Raster(raster.Population) != population || next.Version == with.Version {
		t.Error("the rasters do not stay")
	}
	if again := next.WithRasters(); again.Version == next.Version || len(again.Rasters()) != 0 {
		t.Error("the rasters do not go")
	}
}
