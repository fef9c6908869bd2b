package coverage

import (
	"fmt"
	"slices"
	"strings"
)

// Threshold is what a place needs to count as covered.
type Threshold struct {
	Preset  string  `json:"preset,omitempty"`
	Source  string  `json:"source,omitempty"`      // of the preset
	MinDown float64 `json:"min_down,omitempty"`    // Mbit/s; 0: not asked
	MinUp   float64 `json:"min_up,omitempty"`      // Mbit/s; 0: not asked
	MinRSRP float64 `json:"min_rsrp,omitempty"`    // dBm; 0: not asked
	RadiusM float64 `json:"radius_m,omitempty"`    // of a disc around each tower: a buffer, not coverage
	Class   int     `json:"podes_class,omitempty"` // the weakest class of signal of the village survey that counts
}

// PresenceRSRP is the signal in dBm from which a model says that a network is
// there at all: the edge of a cell as planners commonly draw it.
const PresenceRSRP = -110

// dbm is the signal in dBm that is asked for.
func (t *Threshold) dbm() float64 {
	if t.MinRSRP == 0 {
		return PresenceRSRP
	}
	return t.MinRSRP
}

// Technologies are those that can be asked for; any is the first four.
func Technologies() []string { return []string{"2g", "3g", "4g", "5g", "fibre", "wifi", "any"} }

// Presets are the named thresholds.
func Presets() []string {
	return []string{"bakti", "fcc-fixed", "fcc-mobile", "ofcom-4g", "acma-good", "giga", "podes", "buffer-fao"}
}

// presetOf returns a named threshold for a technology, or which technologies it
// is defined for.
func presetOf(name, technology string) (t Threshold, definedFor []string) {
	mobile := []string{"4g", "5g"}
	switch name {
	case "bakti":
		return Threshold{Source: "BAKTI Kominfo: a signal is present at all"}, nil
	case "fcc-fixed":
		return Threshold{Source: "FCC Broadband Data Collection: served from 25/3 Mbit/s", MinDown: 25, MinUp: 3}, nil
	case "fcc-mobile":
		switch technology {
		case "4g":
			return Threshold{Source: "FCC mobile: 4G LTE 5/1 Mbit/s", MinDown: 5, MinUp: 1}, nil
		case "5g":
			return Threshold{Source: "FCC mobile: 5G-NR 35/3 Mbit/s", MinDown: 35, MinUp: 3}, nil
		}
		return t, mobile
	case "ofcom-4g":
		return Threshold{Source: "Ofcom Connected Nations: 4G from RSRP −105 dBm", MinRSRP: -105}, nil
	case "acma-good":
		return Threshold{Source: "ACMA: good outdoor signal from RSRP −95 dBm", MinRSRP: -95}, nil
	case "giga":
		return Threshold{Source: "Giga (ITU, UNICEF): from 5 Mbit/s", MinDown: 5}, nil
	case "podes":
		return Threshold{Source: "BPS PODES: the village's signal is strong or very strong (class 1 or 2 of 4)", Class: 2}, nil
	case "buffer-fao":
		switch technology {
		case "2g":
			return Threshold{Source: "FAO: buffer of 12 km around a GSM tower; a buffer, not coverage", RadiusM: 12_000}, nil
		case "3g", "4g":
			return Threshold{Source: "FAO: buffer of 4 km around a 3G or 4G tower; a buffer, not coverage", RadiusM: 4_000}, nil
		}
		return t, []string{"2g", "3g", "4g"}
	}
	return t, nil
}

// resolve makes the threshold of a query, whose preset is the default when it
// has neither a preset nor values of its own.
func (q *Query) resolve() (Threshold, error) {
	own := q.MinDown > 0 || q.MinUp > 0 || q.MinRSRP != 0
	switch {
	case own && q.Preset != "":
		return Threshold{}, &ParamError{Parameter: "preset", Value: q.Preset, Reason: "give a preset, or min_down, min_up and min_rsrp, not both"}
	case own:
		return Threshold{MinDown: q.MinDown, MinUp: q.MinUp, MinRSRP: q.MinRSRP}, nil
	}
	name := q.Preset
	if name == "" {
		name = "bakti"
	}
	if !slices.Contains(Presets(), name) {
		return Threshold{}, &ParamError{Parameter: "preset", Value: name, Reason: "is no preset", Allowed: Presets()}
	}
	t, definedFor := presetOf(name, q.Technology)
	if definedFor != nil {
		return t, &ParamError{
			Parameter: "technology", Value: q.Technology,
			Reason: fmt.Sprintf("preset %s is defined for %s", name, strings.Join(definedFor, ", ")), Allowed: definedFor,
		}
	}
	if t.RadiusM > 0 && q.Evidence != "best" && q.Evidence != "modelled" {
		return t, &ParamError{Parameter: "evidence", Value: q.Evidence, Reason: "a buffer around towers is a model", Allowed: []string{"best", "modelled"}}
	}
	if t.Class > 0 && q.Evidence != "best" && q.Evidence != "claimed" {
		return t, &ParamError{Parameter: "evidence", Value: q.Evidence, Reason: "the village survey is a claim", Allowed: []string{"best", "claimed"}}
	}
	t.Preset = name
	return t, nil
}

// key tells thresholds apart.
func (t *Threshold) key() string {
	return fmt.Sprintf("%g/%g/%g/%g/%d", t.MinDown, t.MinUp, t.MinRSRP, t.RadiusM, t.Class)
}

// judge is what a polygon or a test with these values (nil: not told) says of
// the threshold: 1 met, -1 not met, 0 it does not tell.
func (t *Threshold) judge(down, up, rsrp *float64) int {
	verdict := 1
	for _, c := range []struct {
		want float64
		have *float64
	}{{t.MinDown, down}, {t.MinUp, up}, {t.MinRSRP, rsrp}} {
		switch {
		case c.want == 0:
		case c.have == nil:
			verdict = min(verdict, 0)
		case *c.have < c.want:
			return -1
		}
	}
	return verdict
}

// speed reports whether the threshold asks for a speed, which a model of
// signals cannot judge.
func (t *Threshold) speed() bool { return t.MinDown > 0 || t.MinUp > 0 }
