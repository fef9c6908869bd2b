package main

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// What is wrong is found: a judge that sees nothing would be no witness.
func TestJudgeFindsWhatIsWrong(t *testing.T) {
	ctx := t.Context()
	a := tiles.Address{X: 1, Y: 1, Z: 1} // the quarter of the world south of the equator and east of Greenwich
	whole := geo.Table{Records: []geo.Record{{Geometry: orb.Polygon{
		{{45, -60}, {135, -60}, {135, -20}, {45, -20}, {45, -60}},
		{{80, -50}, {100, -50}, {100, -30}, {80, -30}, {80, -50}},
	}}}}
	j, err := newJudge(ctx, pgtest.Start(t), whole)
	if err != nil {
		t.Fatal(err)
	}
	defer j.close(ctx)
	// In units of the tile the whole is about 1024 to 3072 across and 460 to
	// 1717 down, and its hole 1820 to 2276 across and 716 to 1318 down.
	shape := func(rings ...[][2]int32) mvt.Feature { return mvt.Feature{Type: mvt.Polygon, Parts: rings} }
	west := shape([][2]int32{{1000, 400}, {1820, 400}, {1820, 1800}, {1000, 1800}})
	east := shape([][2]int32{{2277, 400}, {3100, 400}, {3100, 1800}, {2277, 1800}})
	north := shape([][2]int32{{1820, 400}, {2277, 400}, {2277, 716}, {1820, 716}})
	south := shape([][2]int32{{1820, 1319}, {2277, 1319}, {2277, 1800}, {1820, 1800}})
	pierced := shape(west.Parts[0], [][2]int32{{1200, 1000}, {1200, 1010}, {1210, 1010}, {1210, 1000}})
	wide := shape([][2]int32{{1000, 400}, {1830, 400}, {1830, 410}, {1820, 410}, {1820, 1800}, {1000, 1800}})
	bowtie := shape([][2]int32{{3200, 400}, {3300, 410}, {3300, 400}, {3200, 420}})
	for name, c := range map[string]struct {
		features []mvt.Feature
		want     verdict
	}{
		"nothing wrong": {[]mvt.Feature{west, east, north, south}, verdict{1, 4, 0, 0, 0}},
		"a gap":         {[]mvt.Feature{pierced, east, north, south}, verdict{1, 4, 0, 0, 100}},
		"an overlap":    {[]mvt.Feature{wide, east, north, south}, verdict{1, 4, 0, 100, 0}},
		"not valid":     {[]mvt.Feature{west, east, north, south, bowtie}, verdict{1, 5, 1, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			var drawn [][]byte
			for _, f := range c.features {
				b, err := encode(f)
				if err != nil {
					t.Fatal(err)
				}
				drawn = append(drawn, b)
			}
			got, err := j.judge(ctx, a, drawn)
			if err != nil {
				t.Fatal(err)
			}
			if area(got.overlap) != area(c.want.overlap) || area(got.gap) != area(c.want.gap) {
				t.Errorf("overlap %s, gap %s, want %s and %s", area(got.overlap), area(got.gap), area(c.want.overlap), area(c.want.gap))
			}
			got.overlap, got.gap, c.want.overlap, c.want.gap = 0, 0, 0, 0
			if got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestHoleBeforeAnyExterior(t *testing.T) {
	if _, err := encode(mvt.Feature{Type: mvt.Polygon, Parts: [][][2]int32{{{0, 0}, {0, 9}, {9, 9}}}}); err == nil {
		t.Error("taken for a polygon")
	}
}
