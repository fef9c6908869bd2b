package coverage

import (
	"math"
	"net/url"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// lookedAt is the metres of each state along a line, looked at every so often.
func lookedAt(r *Reception, line orb.LineString, every float64) map[string]float64 {
	metres := map[string]float64{}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		n := int(math.Ceil(Distance(a, b) / every))
		for k := range n {
			t := (float64(k) + 0.5) / float64(n)
			state, _ := r.At(orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
			metres[state] += Distance(a, b) / float64(n)
		}
	}
	return metres
}

func TestAlongIsWhatStandsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		e, snap := testEngine(), w.snapshot(t)
		operator := rapid.SampledFrom([]string{"any", "all", "each"}).Draw(t, "operator")
		all, err := e.Receptions(t.Context(), snap, &Query{Operator: operator, Technology: "4g"})
		if err != nil {
			t.Fatal(err)
		}
		bound := snap.Layer("villages").Bound
		place := rapid.Custom(func(t *rapid.T) orb.Point {
			x, y := rapid.Float64Range(-0.1, 1.1).Draw(t, "x"), rapid.Float64Range(-0.1, 1.1).Draw(t, "y")
			return orb.Point{bound.Min[0] + x*(bound.Max[0]-bound.Min[0]), bound.Min[1] + y*(bound.Max[1]-bound.Min[1])}
		})
		line := orb.LineString(rapid.SliceOfN(place, 2, 6).Draw(t, "line"))
		length := 0.0
		for i := 1; i < len(line); i++ {
			length += Distance(line[i-1], line[i])
		}
		for _, r := range all {
			at, not := 0.0, 0.0
			metres := map[string]float64{}
			stretches := r.Along(line)
			for i, s := range stretches {
				if s.From != at || s.To <= s.From || i > 0 && s.State == stretches[i-1].State && s.Evidence == stretches[i-1].Evidence {
					t.Fatalf("stretch %d of %+v", i, stretches)
				}
				metres[s.State] += s.To - s.From
				if s.State != StateCovered {
					not += s.To - s.From
				}
				at = s.To
			}
			if math.Abs(at-length) > 0.01 {
				t.Fatalf("stretches end at %f of %f", at, length)
			}
			if share := r.Without(line); length > 0 && math.Abs(share-not/length) > 1e-6 {
				t.Fatalf("without %f, want %f", share, not/length)
			}
			for state, want := range lookedAt(r, line, 2) {
				if got := metres[state]; math.Abs(got-want) > float64(len(stretches)+len(line))*2+1 {
					t.Fatalf("%s %s: %f m, sampled %f", r.Operator, state, got, want)
				}
			}
		}
	})
}

func TestReceptionIsWhatAtSays(t *testing.T) {
	snap, e := scenery(t), testEngine()
	q, err := ParseQuery(url.Values{"operator": {"Alpha"}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := e.Receptions(t.Context(), snap, q)
	if err != nil || len(all) != 1 || all[0].Operator != "Alpha" || all[0].Technology != "4g" {
		t.Fatal(all, err)
	}
	for lon := 112.595; lon < 112.635; lon += 0.0007 {
		for lat := -8.205; lat < -8.165; lat += 0.0031 {
			place, err := e.At(t.Context(), snap, lon, lat, &Query{Technology: "4g"})
			if err != nil {
				t.Fatal(err)
			}
			state, evidence := all[0].At(orb.Point{lon, lat})
			if place.Village == nil || len(place.Operators) != 1 {
				continue
			}
			if o := place.Operators[0]; state != o.State || evidence != o.Evidence {
				t.Fatalf("%f %f: %s by %s, At says %s by %s", lon, lat, state, evidence, o.State, o.Evidence)
			}
		}
	}
}

func TestReceptionsOfUnknownOperator(t *testing.T) {
	_, err := testEngine().Receptions(t.Context(), scenery(t), &Query{Operator: "Nobody"})
	if p, ok := err.(*ParamError); !ok || p.Parameter != "operator" || len(p.Allowed) < 4 {
		t.Errorf("%v", err)
	}
}
