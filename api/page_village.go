package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// villageData is what the page of a village shows.
type villageData struct {
	Facts, Roads                       []pageLink
	Standing, Missing, Source, Quality string
	Products, Destinations, Neighbours []pageLink
	Classes                            []pageSignal // technology, class, people without
}

// pageOfVillage is GET /desa/{code}.
func (s *service) pageOfVillage(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	code, err := pathValue(r, "code")
	villages := snap.Layer("villages")
	if err != nil || villages == nil {
		return s.missingPage(w, r, snap)
	}
	i, ok := villages.Find(code)
	if !ok {
		return s.missingPage(w, r, snap)
	}
	l := reader(r)
	return s.respondVisit(w, r, []string{"desa", code, snap.Version, string(l), s.baseURL(r)}, "village", func() (*visitPage, error) {
		return s.describeVillage(r, snap, villages, i, l)
	})
}

func (s *service) describeVillage(r *http.Request, snap *geo.Snapshot, villages *geo.Layer, i int, l language) (*visitPage, error) {
	code, ctx := villages.ID(i), r.Context()
	p := s.newPage(r, snap, "/desa/"+url.PathEscape(code), l)
	p.Title = cmp.Or(word(villages, "name", i), code)
	kind := word(villages, "kind", i)
	if kind == "" || l == english && kind == "desa" {
		kind = l.of("desa", "village")
	}
	district := word(villages, "district", i)
	p.Lead = strings.ToUpper(kind[:1]) + kind[1:] + l.of(" di Kecamatan ", " in the district of ") + cmp.Or(district, "–") + "."
	all, err := s.scoreboard(ctx, snap)
	if err != nil {
		return nil, err
	}
	one := &all[i]
	d := villageData{Standing: one.words(l), Source: word(villages, "source", i), Quality: qualityWords(word(villages, "quality", i), l)}
	var missing []string
	for _, m := range one.Missing {
		missing = append(missing, meritWords(m, l))
	}
	d.Missing = strings.Join(missing, ", ")
	d.Facts = villageFacts(villages, i, l)
	destinations, products := snap.Layer("destinations"), snap.Layer("products")
	for _, k := range perVillage(snap, "destinations")[code] {
		d.Destinations = append(d.Destinations, pageLink{cmp.Or(word(destinations, "name", k), destinations.ID(k)), p.Base + "/wisata/" + url.PathEscape(destinations.ID(k)) + "?lang=" + string(l), categoryWords(word(destinations, "category", k), l)})
	}
	for _, k := range perVillage(snap, "products")[code] {
		d.Products = append(d.Products, pageLink{cmp.Or(word(products, "name", k), products.ID(k)), p.Base + "/#at=products/" + url.PathEscape(products.ID(k)), word(products, "category", k)})
	}
	for _, n := range neighbours(villages, i) {
		d.Neighbours = append(d.Neighbours, pageLink{word(villages, "name", n), p.Base + "/desa/" + url.PathEscape(villages.ID(n)) + "?lang=" + string(l), word(villages, "district", n)})
	}
	for _, road := range []struct {
		km     float64
		id, en string
	}{{one.RoadKm.Good, "baik", "good"}, {one.RoadKm.Fair, "sedang", "fair"}, {one.RoadKm.Damaged, "rusak", "damaged"}, {one.RoadKm.Unknown, "belum diketahui", "not known"}} {
		if road.km > 0 {
			d.Roads = append(d.Roads, pageLink{Name: l.of(road.id, road.en), Note: km(road.km*1000, l)})
		}
	}
	if d.Classes, err = s.classesOf(ctx, snap, code, l); err != nil {
		return nil, err
	}
	thing := object{
		"@context": "https://schema.org", "@type": "Place", "name": p.Title, "url": p.Canonical, "identifier": code, "description": p.Lead,
		"address": object{"@type": "PostalAddress", "addressRegion": district, "addressCountry": "ID"},
	}
	if g := villages.Geometry(i); g != nil {
		at := g.Bound().Center()
		p.locate(at, 13, "villages", code)
		thing["geo"] = object{"@type": "GeoCoordinates", "latitude": at[1], "longitude": at[0]}
	}
	p.Thing, p.Data = thing, d
	return &p, nil
}

func villageFacts(villages *geo.Layer, i int, l language) []pageLink {
	facts := []pageLink{{Name: l.of("Kode wilayah", "Code"), Note: villages.ID(i)}}
	add := func(id, en, note string) {
		if note != "" {
			facts = append(facts, pageLink{Name: l.of(id, en), Note: note})
		}
	}
	add("Kecamatan", "District", word(villages, "district", i))
	add("Kode pos", "Postal code", word(villages, "postal_code", i))
	people := l.of("belum diketahui", "not known")
	if n, ok := number(villages, "population", i); ok {
		people = grouped(n, l)
	}
	add("Penduduk", "Population", people)
	if n, ok := number(villages, "area_km2", i); ok {
		add("Luas", "Area", strings.Replace(fmt.Sprintf("%.2f", n), ".", l.of(",", "."), 1)+" km²")
	}
	if n, ok := number(villages, "elevation_m", i); ok {
		add("Ketinggian", "Elevation", grouped(n, l)+" m")
	}
	return facts
}

// classesOf are a village's classes by technology, of any operator.
func (s *service) classesOf(ctx context.Context, snap *geo.Snapshot, code string, l language) ([]pageSignal, error) {
	var all []pageSignal
	for _, technology := range []string{"2g", "3g", "4g", "5g"} {
		a, err := s.Coverage.Gaps(ctx, snap, &coverage.Query{Technology: technology, Villages: []string{code}})
		if errors.As(err, &coverage.ErrNoVillages{}) {
			return nil, nil
		}
		if wrong := (*coverage.ParamError)(nil); errors.As(err, &wrong) {
			continue // the usual threshold is not made for this technology
		}
		if err != nil {
			return nil, err
		}
		for _, row := range a.Rows {
			people := "–"
			if row.Class != coverage.Unknown {
				people = grouped(float64(row.People.Gap)/1000, l)
			}
			all = append(all, pageSignal{Technology: strings.ToUpper(technology), State: classWords(row.Class, l), Evidence: people})
		}
	}
	return all, nil
}

// neighbours are the villages whose borders have a place in common with that of a
// village, to about 10 m, in order of name.
func neighbours(villages *geo.Layer, i int) []int {
	key := func(p orb.Point) [2]int32 {
		return [2]int32{int32(math.Round(p[0] * 1e4)), int32(math.Round(p[1] * 1e4))}
	}
	own := map[[2]int32]bool{}
	eachVertex(villages.Geometry(i), func(p orb.Point) bool { own[key(p)] = true; return false })
	if len(own) == 0 {
		return nil
	}
	var all []int
	for _, k := range villages.Search(villages.Geometry(i).Bound().Pad(1e-4), nil) {
		meets := false
		eachVertex(villages.Geometry(int(k)), func(p orb.Point) bool { meets = own[key(p)]; return meets })
		if meets && int(k) != i {
			all = append(all, int(k))
		}
	}
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(word(villages, "name", a), word(villages, "name", b)), cmp.Compare(a, b))
	})
	return all
}

// eachVertex calls f with the vertices of polygons until it returns true.
func eachVertex(g orb.Geometry, f func(orb.Point) bool) {
	var polygons orb.MultiPolygon
	switch g := g.(type) {
	case orb.MultiPolygon:
		polygons = g
	case orb.Polygon:
		polygons = orb.MultiPolygon{g}
	}
	for _, polygon := range polygons {
		for _, ring := range polygon {
			if slices.ContainsFunc(ring, f) {
				return
			}
		}
	}
}
