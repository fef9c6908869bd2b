package routing

import (
	"fmt"
	"math"
	"slices"
)

// Vehicle is how one travels.
type Vehicle string

// The vehicles.
const (
	Car        Vehicle = "car"
	Motorcycle Vehicle = "motorcycle"
	Walk       Vehicle = "walk"
)

// Vehicles lists them.
func Vehicles() []Vehicle { return []Vehicle{Car, Motorcycle, Walk} }

// ParseVehicle reads a vehicle's name.
func ParseVehicle(s string) (Vehicle, error) {
	if v := Vehicle(s); slices.Contains(Vehicles(), v) {
		return v, nil
	}
	return "", fmt.Errorf("there is no vehicle %q", s)
}

// walking is the speed on foot in km/h: what OSM's routers use.
const walking = 5

// Speed returns the km/h that a vehicle makes on a road; 0: it may not be there.
//
// The speeds by class are those of Java's winding and busy roads rather than
// their limits; a surface or a condition takes its share, and a limit that is
// known is kept.
func (v Vehicle) Speed(r *Road) float64 {
	speed, ok := classSpeed(r.Class)[v]
	if !ok {
		return 0
	}
	if v == Walk {
		return speed
	}
	speed *= surfaceShare(r.Surface) * conditionShare(r.Condition)
	if r.MaxSpeed > 0 {
		speed = min(speed, r.MaxSpeed)
	}
	return max(speed, walking)
}

func classSpeed(class string) map[Vehicle]float64 {
	switch class {
	case "toll":
		return map[Vehicle]float64{Car: 80} // motorcycles are not admitted to toll roads
	case "national":
		return map[Vehicle]float64{Car: 45, Motorcycle: 45, Walk: walking}
	case "provincial":
		return map[Vehicle]float64{Car: 40, Motorcycle: 42, Walk: walking}
	case "regency":
		return map[Vehicle]float64{Car: 35, Motorcycle: 38, Walk: walking}
	case "path":
		return map[Vehicle]float64{Motorcycle: 12, Walk: walking}
	default: // village roads, and those of no known class
		return map[Vehicle]float64{Car: 22, Motorcycle: 28, Walk: walking}
	}
}

func surfaceShare(surface string) float64 {
	switch surface {
	case "gravel", "compacted", "fine_gravel", "pebblestone", "cobblestone", "sett", "makadam":
		return 0.7
	case "unpaved", "dirt", "earth", "ground", "mud", "sand", "grass", "rock", "tanah":
		return 0.5
	default: // paved, or not known
		return 1
	}
}

func conditionShare(condition string) float64 {
	switch condition {
	case "damaged":
		return 0.55
	case "fair":
		return 0.85
	default:
		return 1
	}
}

// Weights are the milliseconds that the edges of a network take, by direction.
type Weights struct {
	Forward, Backward []uint32 // by edge; Closed: no way
}

// Closed is the weight of a way that is not open.
const Closed = math.MaxUint32

// longest is the greatest weight of an edge: 11 days.
const longest = 1_000_000_000

// Weigh prices the edges for a vehicle. factor, when given, multiplies the time
// on an edge for those who mind more than time; it is at least 1.
func (n *Network) Weigh(v Vehicle, factor func(edge int32) float64) Weights {
	speeds := make([]float64, len(n.Roads))
	for i := range n.Roads {
		speeds[i] = v.Speed(&n.Roads[i])
	}
	w := Weights{make([]uint32, len(n.Edges)), make([]uint32, len(n.Edges))}
	for i, e := range n.Edges {
		speed := speeds[e.Road]
		if speed == 0 {
			w.Forward[i], w.Backward[i] = Closed, Closed
			continue
		}
		ms := e.Metres * 3600 / speed
		if factor != nil {
			ms *= max(factor(int32(i)), 1)
		}
		w.Forward[i] = uint32(min(math.Round(ms), longest))
		w.Backward[i] = w.Forward[i]
		if n.Roads[e.Road].Oneway && v != Walk {
			w.Backward[i] = Closed
		}
	}
	return w
}
