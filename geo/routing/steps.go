package routing

import (
	"math"

	"github.com/paulmach/orb"
)

// Maneuver is what one does where a step begins.
type Maneuver string

// The maneuvers, by how far one turns.
const (
	Depart      Maneuver = "depart"
	Straight    Maneuver = "straight"
	SlightLeft  Maneuver = "slight_left"
	Left        Maneuver = "left"
	SharpLeft   Maneuver = "sharp_left"
	SlightRight Maneuver = "slight_right"
	Right       Maneuver = "right"
	SharpRight  Maneuver = "sharp_right"
	UTurn       Maneuver = "uturn"
	Arrive      Maneuver = "arrive"
)

// Step is a stretch of a route along one road.
type Step struct {
	Maneuver Maneuver
	Road     int32     // position in Network.Roads; below zero on arrival
	Point    orb.Point // where it begins
	Bearing  float64   // degrees from north at its begin, 0 to 360
	Metres   float64
	Millis   int64
	First    int // its pieces in the route
	Last     int // one beyond
}

// Steps divides a route where its road changes, or where one turns at a crossing.
func (r *Route) Steps(n *Network) []Step {
	var steps []Step
	came := math.NaN()
	var end orb.Point
	for i, p := range r.Pieces {
		line := n.PieceLine(p)
		if len(line) < 2 || p.Start == p.End && len(r.Pieces) > 1 {
			if len(steps) > 0 {
				steps[len(steps)-1].Last = i + 1
			}
			continue
		}
		heading := bearing(line[0], line[1])
		road := n.Edges[p.Edge].Road
		turn := Depart
		if !math.IsNaN(came) {
			turn = maneuver(heading - came)
		}
		if len(steps) == 0 || !n.sameRoad(steps[len(steps)-1].Road, road) || turn != Straight && turn != SlightLeft && turn != SlightRight {
			steps = append(steps, Step{Maneuver: turn, Road: road, Point: line[0], Bearing: heading, First: i})
		}
		s := &steps[len(steps)-1]
		s.Metres += n.Edges[p.Edge].Metres * math.Abs(p.End-p.Start)
		s.Millis += p.Millis
		s.Last = i + 1
		came, end = bearing(line[len(line)-2], line[len(line)-1]), line[len(line)-1]
	}
	if len(steps) > 0 {
		steps = append(steps, Step{Maneuver: Arrive, Road: none, Point: end, Bearing: came, First: len(r.Pieces), Last: len(r.Pieces)})
	}
	return steps
}

// sameRoad reports whether one who goes from one road to the other would say that
// he stays on his road.
func (n *Network) sameRoad(a, b int32) bool {
	if a == b {
		return true
	}
	if a < 0 || b < 0 {
		return false
	}
	x, y := &n.Roads[a], &n.Roads[b]
	if x.Name != "" || y.Name != "" {
		return x.Name == y.Name
	}
	return x.Ref == y.Ref && x.Class == y.Class
}

// bearing is the direction from a to b in degrees from north, 0 to 360.
func bearing(a, b orb.Point) float64 {
	x, y := degree((a[1] + b[1]) / 2)
	d := math.Atan2((b[0]-a[0])*x, (b[1]-a[1])*y) * 180 / math.Pi
	return math.Mod(d+360, 360)
}

// maneuver names a change of bearing in degrees.
func maneuver(turn float64) Maneuver {
	turn = math.Mod(turn+540, 360) - 180 // −180 to 180, right is above zero
	names := [...]Maneuver{Straight, SlightRight, Right, SharpRight, UTurn}
	if turn < 0 {
		names = [...]Maneuver{Straight, SlightLeft, Left, SharpLeft, UTurn}
	}
	switch a := math.Abs(turn); {
	case a < 20:
		return names[0]
	case a < 45:
		return names[1]
	case a < 120:
		return names[2]
	case a < 165:
		return names[3]
	default:
		return names[4]
	}
}
