package live

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

func TestTileBoundIsTheTileWithItsMarginInTheWorld(t *testing.T) {
	for z := range 10 {
		for _, place := range []orb.Point{{112.5, -8}, {-179.99, 85}, {179.99, -85}, {0, 0}} {
			tile := maptile.At(place, maptile.Zoom(z))
			got, want := tileBound(z, int(tile.X), int(tile.Y)), tile.Bound(margin)
			for i := range 2 {
				limit := []float64{180, 85.0511287798066}[i]
				low, high := max(want.Min[i], -limit), min(want.Max[i], limit)
				if math.Abs(got.Min[i]-low) > 1e-9 || math.Abs(got.Max[i]-high) > 1e-9 {
					t.Errorf("%v: %v, want %v in the world", tile, got, want)
				}
			}
		}
	}
}

func TestRegionOfAProjectedSourceStaysNearIt(t *testing.T) {
	world := orb.Bound{Min: orb.Point{-180, -85}, Max: orb.Point{180, 85}}
	p := &published{Source: Source{SRID: 32749}}
	if region, some := p.region(world); region != nil || !some {
		t.Errorf("of an unknown extent: %v, %v", region, some)
	}
	p.Extent = &orb.Bound{Min: orb.Point{112, -9}, Max: orb.Point{113, -8}}
	region, some := p.region(world)
	if !some || [4]float64(region[:4]) != [4]float64{102, -19, 123, 2} || region[4] != 21.0/32 {
		t.Errorf("%v, %v", region, some)
	}
	if region, some = p.region(orb.Bound{Min: orb.Point{-70, -9}, Max: orb.Point{-69, -8}}); some {
		t.Errorf("far away: %v", region)
	}
	p.SRID = degrees
	if region, _ = p.region(world); [4]float64(region[:4]) != [4]float64{-180, -85, 180, 85} {
		t.Errorf("in degrees: %v", region)
	}
}
