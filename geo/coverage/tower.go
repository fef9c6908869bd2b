package coverage

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Tower is a base station as a model of signals takes it.
type Tower struct {
	ID             string
	At             orb.Point // degrees
	Operators      []string
	Technologies   []string
	FrequencyMHz   float64 // as given, else usual for the technology: see Guessed
	HeightM        float64 // of the antenna above ground; as given, else 40
	Azimuth        float64 // of a sector: degrees clockwise from north
	Sector         bool    // whether the antenna has a main direction; else it is the same all around
	PositionErrorM float64 // how far from At it may stand
	Status         string  // active, planned, proposed
	Guessed        bool    // frequency or height were not given
}

// usualHeight of an antenna in m that a list does not tell.
const usualHeight = 40

// usualMHz is the carrier that a technology commonly has in rural Indonesia,
// where a list does not tell.
func usualMHz(technology string) float64 {
	switch technology {
	case "3g":
		return 2100
	case "4g":
		return 1800
	case "5g":
		return 2100
	default:
		return 900
	}
}

// towersOf reads the layer of towers; those without a position are left out.
func towersOf(l *geo.Layer) []Tower {
	if l == nil {
		return nil
	}
	var all []Tower
	text := func(name string, i int) string {
		if c := l.Column(name); c != nil {
			s, _ := c.Value(i).(string)
			return s
		}
		return ""
	}
	number := func(name string, i int) (float64, bool) {
		c := l.Column(name)
		if c == nil || c.Field.Type != geo.Number && c.Field.Type != geo.Integer {
			return 0, false
		}
		return c.Float(i)
	}
	for i := range l.Len() {
		at, ok := pointOf(l.Geometry(i))
		if !ok {
			continue
		}
		t := Tower{ID: l.ID(i), At: at, Operators: semicolons(text("operators", i)), Technologies: semicolons(text("technologies", i)), Status: text("status", i)}
		if t.Status == "" {
			t.Status = "active"
		}
		var mhz, height bool
		t.FrequencyMHz, mhz = number("frequency_mhz", i)
		t.HeightM, height = number("height_m", i)
		t.PositionErrorM, _ = number("position_error_m", i)
		t.Azimuth, t.Sector = number("azimuth", i)
		if !height || t.HeightM <= 0 {
			t.HeightM, t.Guessed = usualHeight, true
		}
		if !mhz || t.FrequencyMHz <= 0 {
			t.FrequencyMHz, t.Guessed = 0, true
		}
		all = append(all, t)
	}
	return all
}

// semicolons splits a text such as "2g;4g".
func semicolons(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	return all
}

// serves reports whether the tower carries a technology of an operator; ""
// is any operator.
func (t *Tower) serves(operator, technology string) bool {
	return (operator == "" || slices.Contains(t.Operators, operator)) && slices.Contains(t.Technologies, technology)
}

// at returns the tower as it sends a technology.
func (t Tower) with(technology string) Tower {
	if t.FrequencyMHz == 0 {
		t.FrequencyMHz = usualMHz(technology)
	}
	return t
}
