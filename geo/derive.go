package geo

import (
	"context"
	"fmt"
	"sync"

	"github.com/paulmach/orb"
)

// derive brings the layers that follow from others up to date: districts, from
// villages, unless there are districts of their own; and villages_label, a
// point inside each village to write its name at. A derived layer whose source
// did not change is kept.
func derive(ctx context.Context, layers map[string]*Layer) error {
	rules := []struct {
		id   string
		make func(*Layer) Table
	}{{"districts", dissolveDistricts}, {"villages_label", labelPoints}}
	derived := make([]*Layer, len(rules))
	errs := make([]error, len(rules))
	var wg sync.WaitGroup
	for i, r := range rules {
		old := layers[r.id]
		if old != nil && !old.Derived && old.Len() > 0 {
			derived[i] = old
			continue
		}
		wg.Go(func() { derived[i], errs[i] = follow(ctx, old, layers["villages"], r.make) })
	}
	wg.Wait()
	for i, r := range rules {
		if errs[i] != nil {
			return fmt.Errorf("derive %s: %w", r.id, errs[i])
		}
		if derived[i] == nil {
			delete(layers, r.id)
		} else {
			layers[r.id] = derived[i]
		}
	}
	return nil
}

// follow returns the layer that make derives from a source layer: old itself
// when the source is still the same, none when the source has no features.
func follow(ctx context.Context, old, source *Layer, make func(*Layer) Table) (*Layer, error) {
	if source == nil || source.Len() == 0 {
		if old != nil && !old.Derived {
			return old, nil // stored and empty
		}
		return nil, nil
	}
	if old != nil && old.Derived && old.source == source.Version {
		return old, nil
	}
	t := make(source)
	l, err := buildLayer(ctx, old, &t)
	if err != nil {
		return nil, err
	}
	derived := *l
	derived.Derived, derived.source = true, source.Version
	return &derived, nil
}

// dissolveDistricts joins the villages of each district_code.
func dissolveDistricts(villages *Layer) Table {
	t := Table{Collection: Collection{
		ID: "districts", Title: "Districts", Description: "Kecamatan of the regency, dissolved from the villages.",
		Geometry: Polygon, MinZoom: 0, MaxZoom: villages.Collection.MaxZoom,
		Fields: []Field{
			{Name: "code", Type: String},
			{Name: "name", Type: String},
			{Name: "villages", Type: Integer},
			{Name: "area_km2", Type: Number, Unit: "km²"},
			{Name: "population", Type: Integer, Unit: "people"},
			{Name: "source", Type: String},
			{Name: "source_date", Type: String},
			{Name: "quality", Type: String},
		},
		Attribution: villages.Collection.Attribution, License: villages.Collection.License,
	}}
	groups := map[string][]int{}
	for i := range villages.Len() {
		if code, _ := villages.text("district_code", i).(string); code != "" {
			groups[code] = append(groups[code], i)
		}
	}
	for code, members := range groups {
		shapes := make([]orb.Geometry, len(members))
		var people any
		for k, i := range members {
			shapes[k] = villages.Geometry(i)
			if c := villages.Column("population"); c != nil && c.Field.Type == Integer && c.Has(i) {
				sum, _ := people.(int64)
				people = sum + c.ints[i]
			}
		}
		g := dissolve(shapes)
		if len(g) == 0 {
			continue
		}
		first := members[0]
		t.Records = append(t.Records, Record{ID: code, Geometry: g, Values: []any{
			code, villages.text("district", first), int64(len(members)), Area(g) / 1e6, people,
			"dissolved from villages", villages.text("source_date", first), villages.text("quality", first),
		}})
	}
	return t
}

// labelPoints gives each village the point of it that is farthest from its
// border.
func labelPoints(villages *Layer) Table {
	t := Table{Collection: Collection{
		ID: "villages_label", Title: "Village labels", Geometry: Point,
		MinZoom: villages.Collection.MinZoom, MaxZoom: villages.Collection.MaxZoom,
		Fields:      []Field{{Name: "name", Type: String}, {Name: "area_km2", Type: Number, Unit: "km²"}},
		Attribution: villages.Collection.Attribution, License: villages.Collection.License,
	}}
	for i := range villages.Len() {
		if p, ok := villages.Shape.innerPoint(i); ok {
			t.Records = append(t.Records, Record{ID: villages.ID(i), Geometry: p, Values: []any{villages.text("name", i), Area(villages.Geometry(i)) / 1e6}})
		}
	}
	return t
}

// text returns the value of a String column, or nil when there is none.
func (l *Layer) text(name string, i int) any {
	if c := l.Column(name); c != nil && c.Field.Type == String {
		return c.Value(i)
	}
	return nil
}
