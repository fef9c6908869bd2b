package api

import (
	"cmp"
	"math"

	"github.com/petadesa/petadesa/geo/routing"
)

// routeStep is a stretch of a route along one road, and what one does where it
// begins.
type routeStep struct {
	Maneuver    routing.Maneuver `json:"maneuver"`
	Instruction string           `json:"instruction"` // in the language that was asked for
	Name        string           `json:"name"`        // of the road; empty: it has none
	NameEN      string           `json:"name_en"`     // in English, where there is one
	Ref         string           `json:"ref"`
	Class       string           `json:"class"`
	From        metres           `json:"from_m"`
	Distance    metres           `json:"distance_m"`
	Duration    metres           `json:"duration_s"`
	Location    [2]float64       `json:"location"`
	Bearing     float64          `json:"bearing"` // degrees from north
}

func describeSteps(n *routing.Network, r *routing.Route, l language) []routeStep {
	all := []routeStep{}
	at := metres(0)
	for _, s := range r.Steps(n) {
		one := routeStep{
			Maneuver: s.Maneuver, From: at, Distance: metres(s.Metres), Duration: metres(float64(s.Millis) / 1000),
			Location: s.Point, Bearing: math.Round(s.Bearing),
		}
		if s.Road >= 0 {
			road := &n.Roads[s.Road]
			one.Name, one.NameEN, one.Ref, one.Class = road.Name, road.NameEN, road.Ref, road.Class
		}
		one.Instruction = one.text(l)
		at += one.Distance
		all = append(all, one)
	}
	return all
}

// text says in words what to do.
func (s *routeStep) text(l language) string {
	road := cmp.Or(l.of(s.Name, cmp.Or(s.NameEN, s.Name)), s.Ref, className(s.Class, l))
	switch s.Maneuver {
	case routing.Depart:
		return l.of("Mulai ke arah "+compass(s.Bearing, l)+" di ", "Head "+compass(s.Bearing, l)+" on ") + road
	case routing.Arrive:
		return l.of("Tiba di tujuan", "Arrive at the destination")
	case routing.UTurn:
		return l.of("Putar balik di ", "Make a U-turn on ") + road
	}
	return turn(s.Maneuver, l) + road
}

func turn(m routing.Maneuver, l language) string {
	switch m {
	case routing.SlightLeft:
		return l.of("Serong kiri ke ", "Bear left onto ")
	case routing.Left:
		return l.of("Belok kiri ke ", "Turn left onto ")
	case routing.SharpLeft:
		return l.of("Belok tajam kiri ke ", "Turn sharp left onto ")
	case routing.SlightRight:
		return l.of("Serong kanan ke ", "Bear right onto ")
	case routing.Right:
		return l.of("Belok kanan ke ", "Turn right onto ")
	case routing.SharpRight:
		return l.of("Belok tajam kanan ke ", "Turn sharp right onto ")
	default:
		return l.of("Lurus ke ", "Continue onto ")
	}
}

// className says what sort of road one without a name is.
func className(class string, l language) string {
	switch class {
	case "toll":
		return l.of("jalan tol", "the toll road")
	case "national":
		return l.of("jalan nasional", "the national road")
	case "provincial":
		return l.of("jalan provinsi", "the provincial road")
	case "regency":
		return l.of("jalan kabupaten", "the regency road")
	case "path":
		return l.of("jalan setapak", "the path")
	default:
		return l.of("jalan desa", "the village road")
	}
}

// compass names a bearing in degrees by the nearest of eight directions.
func compass(bearing float64, l language) string {
	id := [8]string{"utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut"}
	en := [8]string{"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"}
	k := int(math.Round(bearing/45)) & 7
	return l.of(id[k], en[k])
}
