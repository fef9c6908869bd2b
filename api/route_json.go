package api

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/petadesa/petadesa/geo"
)

// appendJSON appends a route as encoding/json writes it, byte by byte, which its
// test holds it to: by reflection the lists, of hundreds of parts each, take longer
// than to find the way.
func (f *routeFeature) appendJSON(dst []byte) ([]byte, error) {
	w := &jsonWriter{dst: slices.Grow(dst, 256*(8+len(f.line)/4+len(f.Properties.Steps)))}
	p := &f.Properties
	w.key(`{"type":`).string(f.Type)
	w.key(`,"bbox":`).value(f.BBox)
	w.key(`,"geometry":`)
	w.dst = geo.AppendGeometryJSON(w.dst, f.Geometry.Geometry)
	w.key(`,"properties":{"vehicle":`).string(string(p.Vehicle))
	w.key(`,"prefer":`).string(p.Prefer)
	w.key(`,"distance_m":`).metres(p.Distance)
	w.key(`,"duration_s":`).metres(p.Duration)
	w.key(`,"door_to_door_s":`).metres(p.DoorToDoor)
	w.key(`,"access":`).value(p.Access)
	w.key(`,"steps":`)
	appendList(w, p.Steps, (*jsonWriter).step)
	w.key(`,"surface":`)
	appendList(w, p.Surface, (*jsonWriter).surface)
	w.key(`,"damaged_m":`).metres(p.Damaged)
	w.key(`,"elevation":`)
	w.elevation(p.Elevation)
	if p.Pending {
		w.key(`,"signal_pending":true`)
	}
	w.key(`,"signal":`)
	appendList(w, p.Signal, (*jsonWriter).stretch)
	w.key(`,"gaps":`).value(p.Gaps)
	w.key(`,"without_m":`).metres(p.Without)
	w.key(`,"last_signal_m":`).value(p.LastSignal)
	w.key(`,"first_after_m":`).value(p.FirstAfter)
	w.key(`,"before_end_m":`).value(p.BeforeEnd)
	w.key(`,"last_signal_at":`).value(p.LastAt)
	w.key(`,"first_after_at":`).value(p.FirstAt)
	w.key(`,"notices":`).value(p.Notices)
	w.key(`,"snapshot":`).string(p.Snapshot)
	if p.Alternatives != nil {
		w.key(`,"alternatives":`)
		appendList(w, p.Alternatives, func(w *jsonWriter, a *(*routeFeature)) { w.route(*a) })
	}
	w.key(`}}`)
	return w.dst, w.err
}

func (w *jsonWriter) route(f *routeFeature) {
	dst, err := f.appendJSON(w.dst)
	w.dst = dst
	w.keep(err)
}

func (w *jsonWriter) step(s *routeStep) {
	w.key(`{"maneuver":`).string(string(s.Maneuver))
	w.key(`,"instruction":`).string(s.Instruction)
	w.key(`,"name":`).string(s.Name)
	w.key(`,"name_en":`).string(s.NameEN)
	w.key(`,"ref":`).string(s.Ref)
	w.key(`,"class":`).string(s.Class)
	w.key(`,"from_m":`).metres(s.From)
	w.key(`,"distance_m":`).metres(s.Distance)
	w.key(`,"duration_s":`).metres(s.Duration)
	w.key(`,"location":[`).number(s.Location[0])
	w.key(`,`).number(s.Location[1])
	w.key(`],"bearing":`).number(s.Bearing)
	w.key(`}`)
}

func (w *jsonWriter) surface(s *surfaceRun) {
	w.key(`{"from_m":`).metres(s.From)
	w.key(`,"to_m":`).metres(s.To)
	w.key(`,"class":`).string(s.Class)
	w.key(`,"surface":`).string(s.Surface)
	w.key(`,"condition":`).string(s.Condition)
	w.key(`}`)
}

func (w *jsonWriter) stretch(s *signalStretch) {
	w.key(`{"from_m":`).metres(s.From)
	w.key(`,"to_m":`).metres(s.To)
	w.key(`,"operator":`).string(s.Operator)
	w.key(`,"technology":`).string(s.Technology)
	w.key(`,"state":`).string(s.State)
	w.key(`,"evidence":`).string(s.Evidence)
	w.key(`}`)
}

func (w *jsonWriter) elevation(e *elevation) {
	if e == nil {
		w.key(`null`)
		return
	}
	w.key(`{"ascent_m":`).metres(e.Ascent)
	w.key(`,"descent_m":`).metres(e.Descent)
	w.key(`,"profile":`)
	appendList(w, e.Profile, func(w *jsonWriter, at *[2]metres) {
		w.key(`[`).metres(at[0])
		w.key(`,`).metres(at[1])
		w.key(`]`)
	})
	w.key(`}`)
}

// jsonWriter appends values; the first error stays.
type jsonWriter struct {
	dst []byte
	err error
}

func (w *jsonWriter) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// key appends what goes before a value.
func (w *jsonWriter) key(text string) *jsonWriter {
	w.dst = append(w.dst, text...)
	return w
}

func (w *jsonWriter) string(s string) { w.dst = geo.AppendStringJSON(w.dst, s) }

// value appends what is small or rare by reflection.
func (w *jsonWriter) value(v any) {
	b, err := json.Marshal(v)
	w.keep(err)
	w.dst = append(w.dst, b...)
}

// number appends a number as ECMAScript does, which is without an exponent in the
// range of degrees.
func (w *jsonWriter) number(f float64) {
	if a := math.Abs(f); a != 0 && a < 1e-6 || !(a < 1e21) {
		w.value(f)
		return
	}
	w.dst = strconv.AppendFloat(w.dst, f, 'f', -1, 64)
}

// metres appends a length to the decimetre: a whole number of tenths is written
// digit by digit, as the shortest text of the number is no other.
func (w *jsonWriter) metres(m metres) {
	tenths := math.Round(float64(m) * 10)
	if !(tenths > 0 && tenths < 1e15) {
		w.number(tenths / 10)
		return
	}
	n := int64(tenths)
	w.dst = strconv.AppendInt(w.dst, n/10, 10)
	if n %= 10; n > 0 {
		w.dst = append(w.dst, '.', byte('0'+n))
	}
}

func appendList[T any](w *jsonWriter, all []T, each func(*jsonWriter, *T)) {
	if all == nil {
		w.key(`null`)
		return
	}
	w.key(`[`)
	for i := range all {
		if i > 0 {
			w.key(`,`)
		}
		each(w, &all[i])
	}
	w.key(`]`)
}
