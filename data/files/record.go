package files

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/crs"
)

// record makes a record of a row. Validity, which is costly, is checked when
// fully is set.
func (p *pipeline) record(r *row, fully bool) (geo.Record, []flaw, error) {
	g, more := p.geometry(r, fully)
	flaws := append(r.flaws, more...)
	values, id, more, err := p.schema.values(r)
	if err != nil {
		return geo.Record{}, nil, err
	}
	flaws = append(flaws, more...)
	p.schema.fix(values)
	if id == nil {
		id = r.id
	}
	rec := geo.Record{Geometry: g, Values: values}
	flaws = append(flaws, p.identify(&rec, r, id)...)
	p.declared.fields(&p.schema.collection)
	p.declared.translate(&rec)
	return rec, append(flaws, p.deriver.derive(&rec, id)...), nil
}

// identify gives the record its id.
func (p *pipeline) identify(rec *geo.Record, r *row, id any) []flaw {
	if id != nil {
		text, err := idText(id)
		if err != nil {
			return []flaw{refuse("id", CodeID, "%v", err)}
		}
		rec.ID = text
	}
	_, coded := codeLength(p.schema.collection.ID)
	switch {
	case len(rec.ID) > data.MaxIDBytes:
		return []flaw{refuse("id", CodeID, "is %d bytes long, more than %d", len(rec.ID), data.MaxIDBytes)}
	case rec.ID != "" || coded:
		return nil
	case p.opts.Mode != data.Replace:
		return []flaw{refuse("id", CodeID, "is missing: to %s, name the property that identifies a feature with --map id=PROPERTY", p.opts.Mode)}
	}
	rec.ID, r.numbered = fmt.Sprint(r.place.number), true
	return nil
}

// geometry is where the row's feature is, placed, mended and checked; nil when
// it is refused, or has none.
func (p *pipeline) geometry(r *row, fully bool) (orb.Geometry, []flaw) {
	c := &p.schema.collection
	g := r.geometry
	if g == nil {
		if needsGeometry(c) && !refused(r.flaws, "geometry") {
			return nil, []flaw{refuse("geometry", CodeMissing, "is null: a feature of %s has a place", c.ID)}
		}
		return nil, nil
	}
	where, srid := &p.placer, r.srid
	if r.placed {
		where, srid = &placer{}, crs.WGS84
	}
	g, flaws := where.place(g, srid)
	if refused(flaws, "geometry") {
		return nil, flaws
	}
	want := c.Geometry
	if want == "" {
		want = geo.Mixed
	}
	m := mender{single: want == geo.Point || p.schema.open}
	g = m.geometry(g)
	flaws = append(flaws, m.flaws()...)
	if err := checkType(g, want); err != nil {
		return nil, append(flaws, refuse("geometry", CodeType, "%v", err))
	}
	if fully || p.remade[r.place.number] {
		f := checkShape(g)
		if f != nil && f.code == CodeInvalid && p.remade != nil {
			made, why := remake(g, m.left && m.right)
			if why.reason != "" && !why.repaired {
				f.reason = why.reason
			}
			if made != nil {
				g, f = made, nil
				p.remade[r.place.number] = true
				flaws = append(flaws, why)
			}
		}
		if f != nil {
			return nil, append(flaws, *f)
		}
	}
	if area, ok := p.cleaned[r.place.number]; ok {
		g = area
	}
	return data.Canonical(want, g), flaws
}

func refused(flaws []flaw, field string) bool {
	return slices.ContainsFunc(flaws, func(f flaw) bool { return f.field == field && !f.repaired && !f.noted })
}
