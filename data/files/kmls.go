package files

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data/files/kml"
	"github.com/petadesa/petadesa/data/files/tabular"
	"github.com/petadesa/petadesa/geo"
)

// kmlRows gives the placemarks of KML.
type kmlRows struct{ *kml.Reader }

func openKML(path string, opts *Options) (rows, error) {
	r, err := kml.Open(path, opts.MaxFeature)
	if err != nil {
		return nil, err
	}
	return kmlRows{r}, nil
}

func (k kmlRows) format() string { return "KML" }
func (k kmlRows) close() error   { return k.Close() }

func (k kmlRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		number := 0
		for p, err := range k.Placemarks(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			number++
			r = row{place: place{p.Line, number}, geometry: p.Geometry, properties: r.properties[:0], flaws: r.flaws[:0], read: p.Read}
			if p.ID != "" {
				r.id = p.ID
			}
			r.placemark(p)
			if slices.ContainsFunc(r.properties, func(p property) bool { return strings.EqualFold(p.name, "id") && p.value != nil }) {
				r.id = nil // the data's own; that of the XML is the document's, and software numbers it
			}
			if !yield(&r, nil) {
				return
			}
		}
	}
}

// placemark fills the row's properties and flaws. KML does not say what its
// values are: each is what the field wants.
func (r *row) placemark(p *kml.Placemark) {
	if p.Fault != "" {
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s", p.Fault))
	} else if p.Heights > 0 {
		r.flaws = append(r.flaws, repair("geometry", CodeHeight, "%s had more than longitude and latitude, which was dropped", plural(p.Heights, "position")))
	}
fields:
	for _, f := range p.Fields {
		name := strings.TrimSpace(f.Name)
		if fault := textFault([]byte(name + f.Value)); fault != "" {
			r.flaws = append(r.flaws, refuse(brief(name), CodeText, "%s", fault))
			continue
		}
		if name == "" {
			r.flaws = append(r.flaws, refuse("", CodeText, "has data without a name"))
			continue
		}
		for i := range r.properties {
			if strings.EqualFold(r.properties[i].name, name) {
				r.properties[i].value = kmlValue(f) // the extended data say it as the source has it
				continue fields
			}
		}
		r.properties = append(r.properties, property{name, kmlValue(f)})
	}
}

// kmlValue is a field as a property. Where the schema of the document does not
// tell a number it stays a text, though one that a number may be made of.
func kmlValue(f kml.Field) any {
	switch {
	case f.Value == "":
		return nil
	case f.Type == "bool" && (f.Value == "1" || f.Value == "true"):
		return true
	case f.Type == "bool" && (f.Value == "0" || f.Value == "false"):
		return false
	case !tabular.Plain(f.Value):
		return f.Value
	}
	c := cell{text: f.Value, kind: geo.String, number: f.Value}
	switch f.Type {
	case "int", "uint", "short", "ushort":
		c.kind = geo.Integer
	case "float", "double":
		c.kind = geo.Number
	}
	return c
}
