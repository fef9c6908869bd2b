package api

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo/routing"
)

// What is written by hand is what encoding/json writes of the same route.
func TestRouteJSONAsReflected(t *testing.T) {
	long := rapid.Custom(func(t *rapid.T) metres {
		return metres(rapid.OneOf(rapid.Float64Range(-10, 1e6), rapid.Float64Range(-1e-7, 1e-7), rapid.Just(math.Copysign(0, -1)), rapid.Float64Range(1e14, 1e22)).Draw(t, "long"))
	})
	degrees := rapid.Custom(func(t *rapid.T) [2]float64 {
		one := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64Range(-1e-6, 1e-6))
		return [2]float64{one.Draw(t, "lon"), one.Draw(t, "lat")}
	})
	place := rapid.Ptr(degrees, true)
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "Jalan Raya", `"<b>&\\`, "\u2028\n\x01\x7f", "\xff\xfe"}), rapid.String()).Filter(func(s string) bool { return !strings.ContainsAny(s, "\b\f") }) // escaped otherwise
	step := rapid.Custom(func(t *rapid.T) routeStep {
		return routeStep{
			routing.Maneuver(text.Draw(t, "maneuver")), text.Draw(t, "instruction"), text.Draw(t, "name"), text.Draw(t, "en"), text.Draw(t, "ref"), text.Draw(t, "class"),
			long.Draw(t, "from"), long.Draw(t, "distance"), long.Draw(t, "duration"), degrees.Draw(t, "location"), float64(rapid.IntRange(0, 360).Draw(t, "bearing")),
		}
	})
	surface := rapid.Custom(func(t *rapid.T) surfaceRun {
		return surfaceRun{long.Draw(t, "from"), long.Draw(t, "to"), text.Draw(t, "class"), text.Draw(t, "surface"), text.Draw(t, "condition")}
	})
	stretch := rapid.Custom(func(t *rapid.T) signalStretch {
		return signalStretch{long.Draw(t, "from"), long.Draw(t, "to"), text.Draw(t, "operator"), text.Draw(t, "technology"), text.Draw(t, "state"), text.Draw(t, "evidence")}
	})
	profile := rapid.Custom(func(t *rapid.T) [2]metres { return [2]metres{long.Draw(t, "at"), long.Draw(t, "height")} })
	var draw func(t *rapid.T, depth int) *routeFeature
	draw = func(t *rapid.T, depth int) *routeFeature {
		f := &routeFeature{Type: "Feature"}
		for range rapid.IntRange(2, 4).Draw(t, "vertices") {
			f.line = append(f.line, degrees.Draw(t, "vertex"))
		}
		// The geometry has its own way of writing numbers, with or without reflection.
		f.Geometry = geometry{orb.LineString(f.line)}
		f.BBox = [4]float64{f.line[0][0], f.line[0][1], f.line[1][0], f.line[1][1]}
		p := &f.Properties
		p.Vehicle, p.Prefer, p.Snapshot = routing.Vehicle(text.Draw(t, "vehicle")), text.Draw(t, "prefer"), text.Draw(t, "snapshot")
		p.Distance, p.Duration, p.DoorToDoor, p.Damaged = long.Draw(t, "m"), long.Draw(t, "s"), long.Draw(t, "door"), long.Draw(t, "damaged")
		p.Access = []accessWalk{{"from", long.Draw(t, "walk"), long.Draw(t, "minutes"), degrees.Draw(t, "a"), degrees.Draw(t, "b")}}
		p.Steps = rapid.SliceOfN(step, 0, 3).Draw(t, "steps")
		p.Surface = rapid.SliceOfN(surface, 0, 3).Draw(t, "surface")
		p.Signal = rapid.SliceOfN(stretch, 0, 3).Draw(t, "signal")
		if rapid.Bool().Draw(t, "heights") {
			p.Elevation = &elevation{long.Draw(t, "up"), long.Draw(t, "down"), rapid.SliceOfN(profile, 0, 3).Draw(t, "profile")}
		}
		p.Pending = rapid.Bool().Draw(t, "pending")
		p.Gaps = []signalGap{{long.Draw(t, "from"), long.Draw(t, "to"), text.Draw(t, "state"), place.Draw(t, "last"), nil}}
		p.LastAt, p.FirstAt, p.LastSignal = place.Draw(t, "at"), place.Draw(t, "first"), rapid.Ptr(long, true).Draw(t, "last")
		if depth == 0 {
			p.Alternatives = []*routeFeature{}
			for range rapid.IntRange(0, 2).Draw(t, "alternatives") {
				p.Alternatives = append(p.Alternatives, draw(t, 1))
			}
		}
		return f
	}
	rapid.Check(t, func(t *rapid.T) {
		f := draw(t, 0)
		want, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.appendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Fatalf("written by hand\n%s\nreflected\n%s", got, want)
		}
	})
}
