package api

import (
	"context"
	"encoding/json"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
	"github.com/petadesa/petadesa/geo/routing"
)

// geometry is a geometry that is written as GeoJSON.
type geometry struct{ orb.Geometry }

// MarshalJSON writes it; none is null.
func (g geometry) MarshalJSON() ([]byte, error) { return geo.AppendGeometryJSON(nil, g.Geometry), nil }

// metres are written to the decimetre, and seconds to the tenth.
type metres float64

// MarshalJSON rounds.
func (m metres) MarshalJSON() ([]byte, error) { return json.Marshal(math.Round(float64(m)*10) / 10) }

// routeFeature is a route as the contract has it.
type routeFeature struct {
	Type       string          `json:"type"`
	BBox       [4]float64      `json:"bbox"`
	Geometry   geometry        `json:"geometry"`
	Properties routeProperties `json:"properties"`

	line orb.LineString
}

type routeProperties struct {
	Vehicle    routing.Vehicle `json:"vehicle"`
	Prefer     string          `json:"prefer"` // what the route was chosen for
	Distance   metres          `json:"distance_m"`
	Duration   metres          `json:"duration_s"`
	DoorToDoor metres          `json:"door_to_door_s"` // with the walks to and from the roads
	Access     []accessWalk    `json:"access"`
	Steps      []routeStep     `json:"steps"`
	Surface    []surfaceRun    `json:"surface"`
	Damaged    metres          `json:"damaged_m"`
	Elevation  *elevation      `json:"elevation"` // null: none is loaded
	routeSignal
	Notices      []string        `json:"notices"`
	Snapshot     string          `json:"snapshot"`
	Alternatives []*routeFeature `json:"alternatives,omitzero"`
}

// accessWalk is the way between a place and the road nearest to it, as the crow
// flies, on foot.
type accessWalk struct {
	Place   string     `json:"place"` // from, to, via 1
	Metres  metres     `json:"distance_m"`
	Minutes metres     `json:"minutes"`
	From    [2]float64 `json:"from"`
	To      [2]float64 `json:"to"`
}

type surfaceRun struct {
	From      metres `json:"from_m"`
	To        metres `json:"to_m"`
	Class     string `json:"class"`
	Surface   string `json:"surface"`   // empty: not known
	Condition string `json:"condition"` // good, fair, damaged; empty: not known
}

// onTheRoad is how far from the road a place may be and still be on it, in m.
const onTheRoad = 15

// walkingMetres is how far one walks in a minute.
const walkingMetres = 5000.0 / 60

func describeRoute(ctx context.Context, snap *geo.Snapshot, router *routing.Router, j *journey, found *foundRoute) (*routeFeature, error) {
	line := found.Line(router.Network)
	b := line.Bound()
	f := &routeFeature{Type: "Feature", BBox: [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}, Geometry: geometry{line}, line: line}
	p := &f.Properties
	p.Vehicle, p.Prefer, p.Distance, p.Duration = j.vehicle, found.prefer, metres(found.Metres), metres(float64(found.Millis)/1000)
	p.Notices, p.Snapshot = notices(snap), snap.Version
	p.DoorToDoor = p.Duration
	p.Access = []accessWalk{}
	for i, spot := range found.Spots {
		if spot.Metres > onTheRoad {
			walk := accessWalk{j.name(i), metres(spot.Metres), metres(spot.Metres / walkingMetres), j.places[i], spot.Point}
			if i > 0 {
				walk.From, walk.To = walk.To, walk.From
			}
			p.Access = append(p.Access, walk)
			ways := 1.0
			if i > 0 && i < len(found.Spots)-1 {
				ways = 2 // there and back
			}
			p.DoorToDoor += metres(ways * spot.Metres / walkingMetres * 60)
		}
	}
	p.Steps = describeSteps(router.Network, &found.Route, j.language)
	p.Surface, p.Damaged = surfaces(router.Network, &found.Route)
	p.routeSignal = signalAlong(j.heard, line, found.Metres)
	p.Pending = j.pending
	var err error
	p.Elevation, err = profile(ctx, snap.Raster(raster.Elevation), line)
	return f, err
}

// surfaces tells along which parts of a route its road is what, and how much of
// it is damaged.
func surfaces(n *routing.Network, r *routing.Route) (runs []surfaceRun, damaged metres) {
	at := metres(0)
	runs = []surfaceRun{}
	for _, p := range r.Pieces {
		road, long := &n.Roads[n.Edges[p.Edge].Road], metres(n.Edges[p.Edge].Metres*math.Abs(p.End-p.Start))
		if long == 0 {
			continue
		}
		one := surfaceRun{at, at + long, road.Class, road.Surface, road.Condition}
		at += long
		if road.Condition == "damaged" {
			damaged += long
		}
		if k := len(runs) - 1; k >= 0 && runs[k].Class == one.Class && runs[k].Surface == one.Surface && runs[k].Condition == one.Condition {
			runs[k].To = one.To
		} else {
			runs = append(runs, one)
		}
	}
	return runs, damaged
}

type elevation struct {
	Ascent  metres      `json:"ascent_m"`
	Descent metres      `json:"descent_m"`
	Profile [][2]metres `json:"profile"` // metres along, metres above the sea
}

// profile reads the heights along a line, about every 90 m and at most 400, and at
// its end.
func profile(ctx context.Context, heights *raster.Raster, line orb.LineString) (*elevation, error) {
	if heights == nil || len(line) == 0 {
		return nil, nil
	}
	e := &elevation{Profile: [][2]metres{}}
	last := math.NaN()
	read := func(at float64, place orb.Point) error {
		h, err := heights.At(ctx, place[0], place[1])
		if err != nil || math.IsNaN(h) {
			return err
		}
		if up := h - last; up > 0 {
			e.Ascent += metres(up)
		} else if up < 0 {
			e.Descent -= metres(up)
		}
		last = h
		e.Profile = append(e.Profile, [2]metres{metres(at), metres(h)})
		return nil
	}
	total := routing.Length(line)
	every := max(90, total/400)
	at, next := 0.0, 0.0
	for i := 1; i < len(line); i++ {
		long := routing.Distance(line[i-1], line[i])
		for ; next < at+long; next += every {
			t := (next - at) / long
			if err := read(next, orb.Point{line[i-1][0] + t*(line[i][0]-line[i-1][0]), line[i-1][1] + t*(line[i][1]-line[i-1][1])}); err != nil {
				return nil, err
			}
		}
		at += long
	}
	return e, read(at, line[len(line)-1])
}
