package files

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

// Collections of the store that say which villages there are: those of the
// regency, those around it, and a list of codes without areas, such as the
// ministry's of the whole country.
var registers = []string{"villages", "neighbours", "village_register"}

const (
	farM         = 20_000 // metres: a point so far off its village is an error of the list
	besideM      = 100    // metres: borders differ by as much
	wholeCountry = 500    // of its 514 regencies and cities
	codeSize     = len("35.07.29.2002")
)

// A register knows villages: by code, and by BPS's code.
type register struct {
	areas     map[string]orb.MultiPolygon // nil where no area is known
	names     map[string]string
	byBPS     map[string]string
	regencies map[string]int // villages known of each
}

// registerOf reads the villages that the store knows. Nil when the collection to
// be imported has no villages to check.
func registerOf(ctx context.Context, store data.Store, c *geo.Collection, open bool) (*register, error) {
	if _, coded := codeLength(c.ID); coded || store == nil || slices.Contains(registers, c.ID) || !open && c.FieldIndex("village_code") < 0 {
		return nil, nil
	}
	tables, err := store.Load(ctx, registers...)
	if err != nil {
		return nil, fmt.Errorf("looking up the villages: %w", err)
	}
	reg := &register{map[string]orb.MultiPolygon{}, map[string]string{}, map[string]string{}, map[string]int{}}
	for _, t := range tables {
		bps, name := t.Collection.FieldIndex("bps_code"), t.Collection.FieldIndex("name")
		for _, rec := range t.Records {
			code, ok := codeForm(rec.ID)
			if !ok || len(code) != codeSize {
				continue
			}
			if _, known := reg.areas[code]; !known {
				reg.regencies[code[:5]]++
			}
			if area, ok := rec.Geometry.(orb.MultiPolygon); ok || reg.areas[code] == nil {
				reg.areas[code] = area
			}
			if name >= 0 {
				reg.names[code], _ = rec.Values[name].(string)
			}
			if bps >= 0 {
				if b, _ := rec.Values[bps].(string); b != "" {
					reg.byBPS[b] = code
				}
			}
		}
	}
	return reg, nil
}

// A declared is a row that says in which village it is.
type declared struct {
	at    place
	id    string
	code  string
	point orb.Point
}

// declarations checks what rows say of their villages. Nothing is refused for it:
// which of code and point is wrong cannot be told.
type declarations struct {
	*register
	code, bps int        // fields
	elsewhere []declared // whose village is not known
	unchecked int
}

// fields finds the fields once they are known.
func (d *declarations) fields(c *geo.Collection) {
	d.code, d.bps = c.FieldIndex("village_code"), c.FieldIndex("bps_code")
}

// translate gives a record the ministry's code of a village that has BPS's.
func (d *declarations) translate(rec *geo.Record) bool {
	if d.register == nil || d.code < 0 || d.bps < 0 || max(d.code, d.bps) >= len(rec.Values) || rec.Values[d.code] != nil {
		return false
	}
	b, _ := rec.Values[d.bps].(string)
	code, known := d.byBPS[b]
	if known {
		rec.Values[d.code] = code
	}
	return known
}

// check tells what is doubtful about a record.
func (d *declarations) check(at place, rec *geo.Record) []flaw {
	if d.register == nil || d.code < 0 || d.code >= len(rec.Values) {
		return nil
	}
	text, _ := rec.Values[d.code].(string)
	if text == "" {
		return nil
	}
	code, ok := codeForm(text)
	if !ok || len(code) != codeSize {
		return []flaw{note("village_code", CodeCode, "is %q, want the code of a village, like 35.07.29.2002", brief(text))}
	}
	point, hasPoint := rec.Geometry.(orb.Point)
	area, known := d.areas[code]
	switch {
	case !known && d.regencies[code[:5]] == 0 && len(d.regencies) >= wholeCountry:
		return []flaw{note("village_code", CodeVillage, "is %s: no village known of the country begins with %s", code, code[:5])}
	case !known && d.regencies[code[:5]] > 0:
		return []flaw{note("village_code", CodeVillage, "is %s: of the %s known of %s it is none", code, plural(d.regencies[code[:5]], "village"), code[:5])}
	case area == nil && hasPoint:
		if d.unchecked++; len(d.elsewhere) < 1_000_000 {
			d.elsewhere = append(d.elsewhere, declared{at, rec.ID, code, point})
		}
		return nil
	case area == nil || !hasPoint:
		return nil
	}
	switch off := quality.DistanceM(area, point); {
	case off > farM:
		return []flaw{note("geometry", CodeFar, "lies %s from %s, its village %s", metres(off), d.names[code], code)}
	case off > besideM:
		return []flaw{note("geometry", CodeBeside, "lies %s outside %s, its village %s", metres(off), d.names[code], code)}
	}
	return nil
}

// rest judges the rows whose villages have no known area by their neighbours: a
// point is far off when it is more than 20 km and three times the usual distance
// of the other points of the same district from the middle of those.
func (d *declarations) rest(tell func(declared, flaw)) {
	slices.SortStableFunc(d.elsewhere, func(a, b declared) int { return cmp.Compare(a.code[:8], b.code[:8]) })
	var far []declared
	why := map[int]flaw{}
	for i := 0; i < len(d.elsewhere); {
		j := i + 1
		for j < len(d.elsewhere) && d.elsewhere[j].code[:8] == d.elsewhere[i].code[:8] {
			j++
		}
		for k := i; k < j && j-i > 2; k++ {
			others := make([]orb.Point, 0, j-i-1)
			for m := i; m < j; m++ {
				if m != k {
					others = append(others, d.elsewhere[m].point)
				}
			}
			middle := orb.Point{medianOf(others, func(p orb.Point) float64 { return p[0] }), medianOf(others, func(p orb.Point) float64 { return p[1] })}
			usual := medianOf(others, func(p orb.Point) float64 { return orbgeo.DistanceHaversine(p, middle) })
			if off := orbgeo.DistanceHaversine(d.elsewhere[k].point, middle); off > farM+3*usual {
				far = append(far, d.elsewhere[k])
				why[d.elsewhere[k].at.number] = note("geometry", CodeFar, "lies %s from the middle of the %d others of its district %s, %s, of which half lie within %s",
					metres(off), len(others), d.elsewhere[k].code[:8], pointText(middle), metres(usual))
			}
		}
		i = j
	}
	slices.SortFunc(far, func(a, b declared) int { return cmp.Compare(a.at.number, b.at.number) })
	for _, f := range far {
		tell(f, why[f.at.number])
	}
}

func pointText(p orb.Point) string { return fmt.Sprintf("%.4f, %.4f", p[0], p[1]) }

func metres(m float64) string {
	if m < 1000 {
		return fmt.Sprintf("%.0f m", m)
	}
	return fmt.Sprintf("%.1f km", m/1000)
}

func medianOf(points []orb.Point, of func(orb.Point) float64) float64 {
	values := make([]float64, len(points))
	for i, p := range points {
		values[i] = of(p)
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
