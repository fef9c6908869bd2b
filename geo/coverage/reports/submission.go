package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
)

// Submission is what a citizen sends.
type Submission struct {
	Lon        *float64 `json:"lon"` // degrees
	Lat        *float64 `json:"lat"`
	Operator   string   `json:"operator"`
	Technology string   `json:"technology"` // "": Unsaid
	Works      *bool    `json:"works"`
	Down       *float64 `json:"down_mbps"`
	Up         *float64 `json:"up_mbps"`
	Latency    *float64 `json:"latency_ms"`
	Device     string   `json:"device"` // "": Unsaid
}

// Fault is what is wrong with a member of a submission.
type Fault struct{ Member, Reason string }

// The bounds of what can be said.
const (
	maxSpeed   = 10_000  // Mbit/s
	maxLatency = 60_000  // ms
	shoreM     = 300.0   // m beyond a village: borders are not drawn to the metre
	outsideM   = 3_000.0 // m beyond a village that are still of use, where there is land
)

// Check returns the submission as a report without hour, reporter and status,
// or all that is wrong with it.
func (s *Submission) Check(snap *geo.Snapshot) (Report, []Fault) {
	var faults []Fault
	wrong := func(member, format string, args ...any) {
		faults = append(faults, Fault{member, fmt.Sprintf(format, args...)})
	}
	r := Report{Device: s.Device, Technology: strings.ToLower(strings.TrimSpace(s.Technology)), Down: s.Down, Up: s.Up, Latency: s.Latency}
	switch {
	case s.Lon == nil || s.Lat == nil:
		wrong("lon", "the place is missing: lon and lat in degrees")
	case !(*s.Lon >= -180 && *s.Lon <= 180):
		wrong("lon", "is not a longitude from -180 to 180")
	case !(*s.Lat >= -90 && *s.Lat <= 90):
		wrong("lat", "is not a latitude from -90 to 90")
	default:
		village, reason := place(snap, orb.Point{*s.Lon, *s.Lat})
		if reason != "" {
			wrong("lon", "%s", reason)
		}
		r.Village, r.Cell = village, coverage.CellID(lattice.At(*s.Lon, *s.Lat))
	}
	known := Operators(snap)
	if i := slices.IndexFunc(known, func(o string) bool { return strings.EqualFold(o, strings.TrimSpace(s.Operator)) }); i >= 0 {
		r.Operator = known[i]
	} else {
		wrong("operator", "is not one of %s", strings.Join(known, ", "))
	}
	for _, choice := range []struct {
		member  string
		to      *string
		allowed []string
	}{{"technology", &r.Technology, Technologies()}, {"device", &r.Device, Devices()}} {
		if *choice.to == "" {
			*choice.to = Unsaid
		}
		if !slices.Contains(choice.allowed, *choice.to) {
			wrong(choice.member, "is not one of %s", strings.Join(choice.allowed, ", "))
		}
	}
	for _, n := range []struct {
		member string
		value  *float64
		most   float64
	}{{"down_mbps", s.Down, maxSpeed}, {"up_mbps", s.Up, maxSpeed}, {"latency_ms", s.Latency, maxLatency}} {
		if n.value != nil && !(*n.value >= 0 && *n.value <= n.most) {
			wrong(n.member, "is not from 0 to %g", n.most)
		}
	}
	if s.Works == nil {
		wrong("works", "is missing: true or false")
		return r, faults
	}
	if r.Works = *s.Works; !r.Works && (positive(s.Down) || positive(s.Up)) {
		wrong("works", "is false, but a speed was measured")
	}
	return r, faults
}

func positive(v *float64) bool { return v != nil && *v > 0 }

// place returns the code of the village of a point, or nearest to it, or why a
// report from there is of no use.
func place(snap *geo.Snapshot, p orb.Point) (code, reason string) {
	villages := snap.Layer("villages")
	i, metres := coverage.Nearest(villages, p, outsideM, nil)
	switch {
	case i < 0:
		return "", fmt.Sprintf("lies more than %g km from every village of the regency", outsideM/1000)
	case metres <= shoreM:
		return villages.ID(i), ""
	}
	if land, _ := coverage.Nearest(snap.Layer("neighbours"), p, 1, nil); land < 0 {
		return "", "lies in the sea, or where no land is known"
	}
	return villages.ID(i), ""
}

// Operators are the names that a report may give: those of the country's
// networks, those in the data, and Other.
func Operators(snap *geo.Snapshot) []string {
	names := []string{"Telkomsel", "Indosat", "XL", "Smartfren"}
	for _, from := range []struct{ layer, field string }{{"towers", "operators"}, {"coverage", "operator"}} {
		l := snap.Layer(from.layer)
		if l == nil {
			continue
		}
		c := l.Column(from.field)
		if c == nil || c.Field.Type != geo.String {
			continue
		}
		for _, word := range c.Words() {
			for name := range strings.SplitSeq(word, ";") {
				if name = strings.TrimSpace(name); name != "" && !slices.ContainsFunc(names, func(o string) bool { return strings.EqualFold(o, name) }) {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names[4:])
	names = slices.DeleteFunc(names, func(o string) bool { return strings.EqualFold(o, Other) })
	return append(names, Other)
}
