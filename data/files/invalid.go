package files

import (
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

// Invalid tells which features of a stored table import would not have taken as
// they are: areas and lines that break the rules of Simple Features. They come
// from tables that other programs fill.
func Invalid(t geo.Table) (p quality.Problem, found bool) {
	p = quality.Problem{Code: CodeInvalid, Examples: []quality.Example{}}
	name := t.Collection.FieldIndex("name")
	for _, rec := range t.Records {
		f := checkShape(rec.Geometry)
		if f == nil {
			continue
		}
		p.Count++
		if len(p.Examples) < 10 {
			e := quality.Example{ID: rec.ID, Detail: f.reason}
			if name >= 0 {
				e.Name, _ = rec.Values[name].(string)
			}
			p.Examples = append(p.Examples, e)
		}
	}
	return p, p.Count > 0
}
