package export

import (
	"fmt"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// placemarks writes KML 2.2 (OGC 07-147r2): a Placemark each, named by its field
// name or, in a collection without one, its id, the fields as typed data of a schema. A missing value is
// left out. Whole numbers are declared double, as KML's int has but 32 bits.
type placemarks struct {
	c     *geo.Collection
	names []string
	named int // position of the field that names a feature, or -1
}

func newPlacemarks(c *geo.Collection) encoder {
	return &placemarks{c: c, names: columnNames(c, "id"), named: c.FieldIndex("name")}
}

func (p *placemarks) begin(dst []byte) []byte {
	dst = append(dst, xmlHead+`<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom"><Document><name>`...)
	dst = appendXML(dst, p.c.Title)
	dst = append(dst, `</name>`...)
	if p.c.Attribution != "" {
		dst = append(appendXML(append(dst, `<atom:author><atom:name>`...), p.c.Attribution), `</atom:name></atom:author>`...)
	}
	if text := credit(p.c); text != "" {
		dst = append(appendXML(append(dst, `<description>`...), text), `</description>`...)
	}
	dst = append(dst, `<Schema name="`+p.c.ID+`" id="`+p.c.ID+`">`...)
	for i, name := range p.names {
		kind := "string"
		if i > 0 {
			switch p.c.Fields[i-1].Type {
			case geo.Integer, geo.Number:
				kind = "double"
			case geo.Boolean:
				kind = "bool"
			}
		}
		dst = append(appendXML(append(dst, `<SimpleField type="`+kind+`" name="`...), name), `"/>`...)
	}
	return append(dst, "</Schema>\n<Folder><name>"+p.c.ID+"</name>\n"...)
}

func (p *placemarks) record(dst []byte, r *geo.Record) ([]byte, error) {
	name := r.ID
	if p.named >= 0 {
		name, _ = r.Values[p.named].(string)
	}
	dst = append(dst, `<Placemark>`...)
	if name != "" {
		dst = append(appendXML(append(dst, `<name>`...), name), `</name>`...)
	}
	dst = append(dst, `<ExtendedData><SchemaData schemaUrl="#`...)
	dst = append(append(dst, p.c.ID...), `"><SimpleData name="id">`...)
	dst = append(appendXML(dst, r.ID), `</SimpleData>`...)
	for i, v := range r.Values {
		if v == nil {
			continue
		}
		dst = append(appendXML(append(dst, `<SimpleData name="`...), p.names[i+1]), `">`...)
		switch v := v.(type) {
		case string:
			dst = appendXML(dst, v)
		case int64:
			dst = strconv.AppendInt(dst, v, 10)
		case float64:
			dst = strconv.AppendFloat(dst, v, 'g', -1, 64)
		case bool:
			if v { // xsd:boolean, in the form that GDAL reads too
				dst = append(dst, '1')
			} else {
				dst = append(dst, '0')
			}
		}
		dst = append(dst, `</SimpleData>`...)
	}
	dst = append(dst, `</SchemaData></ExtendedData>`...)
	dst, err := appendKML(dst, r.Geometry)
	if err != nil {
		return dst, fmt.Errorf("feature %q: %w", r.ID, err)
	}
	return append(dst, "</Placemark>\n"...), nil
}

func (p *placemarks) end(dst []byte) []byte { return append(dst, "</Folder></Document></kml>\n"...) }

func appendKML(dst []byte, g orb.Geometry) ([]byte, error) {
	var members []orb.Geometry
	switch g := g.(type) {
	case nil:
		return dst, nil
	case orb.Point:
		return append(appendLonLats(append(dst, `<Point>`...), []orb.Point{g}), `</Point>`...), nil
	case orb.LineString:
		return append(appendLonLats(append(dst, `<LineString>`...), g), `</LineString>`...), nil
	case orb.Polygon:
		dst = append(dst, `<Polygon>`...)
		for i, ring := range g {
			side := "outerBoundaryIs"
			if i > 0 {
				side = "innerBoundaryIs"
			}
			dst = appendLonLats(append(dst, `<`+side+`><LinearRing>`...), ring)
			dst = append(dst, `</LinearRing></`+side+`>`...)
		}
		return append(dst, `</Polygon>`...), nil
	case orb.MultiPoint:
		members = asMembers(g)
	case orb.MultiLineString:
		members = asMembers(g)
	case orb.MultiPolygon:
		members = asMembers(g)
	case orb.Collection:
		members = g
	default:
		return dst, fmt.Errorf("KML has no %T", g)
	}
	if len(members) == 1 {
		return appendKML(dst, members[0])
	}
	dst = append(dst, `<MultiGeometry>`...)
	for _, m := range members {
		var err error
		if dst, err = appendKML(dst, m); err != nil {
			return dst, err
		}
	}
	return append(dst, `</MultiGeometry>`...), nil
}

func asMembers[T orb.Geometry](parts []T) []orb.Geometry {
	all := make([]orb.Geometry, len(parts))
	for i, p := range parts {
		all[i] = p
	}
	return all
}

func appendLonLats(dst []byte, path []orb.Point) []byte {
	dst = append(dst, `<coordinates>`...)
	for i, p := range path {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = appendFloat(append(appendFloat(dst, p[0]), ','), p[1])
	}
	return append(dst, `</coordinates>`...)
}
