package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// placeData is what the page of a destination shows.
type placeData struct {
	Hours                                              string
	HoursRead                                          bool
	Price, PriceDate, Facilities, Website, Coordinates string
	Source, SourceDate, Quality                        string
	Way                                                []string
	Nearby, Products                                   []pageLink
	Village                                            *pageLink
}

// placePage is a page and the signal on it.
type placePage struct {
	placeData
	L      language
	Signal []pageSignal
}

// pageOfPlace is GET /wisata/{id}.
func (s *service) pageOfPlace(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	id, err := pathValue(r, "id")
	if err != nil {
		return s.missingPage(w, r, snap)
	}
	all, err := s.placesOf(r.Context(), snap)
	if err != nil {
		return err
	}
	i, ok := 0, false
	if all != nil {
		i, ok = all.layer.Find(id)
	}
	if !ok {
		return s.missingPage(w, r, snap)
	}
	l := reader(r)
	router, err := s.roads(r.Context(), snap)
	if p := (*Problem)(nil); err != nil && !errors.As(err, &p) {
		return err
	}
	version := ""
	if router != nil {
		version = router.Version
	}
	return s.respondVisit(w, r, []string{"wisata", id, snap.Version, version, string(l), s.baseURL(r)}, "place", func() (*visitPage, error) {
		return s.describePlacePage(r, snap, router, all, i, l)
	})
}

func (s *service) describePlacePage(r *http.Request, snap *geo.Snapshot, router *routing.Router, all *places, i int, l language) (*visitPage, error) {
	layer, ctx := all.layer, r.Context()
	p := s.newPage(r, snap, "/wisata/"+url.PathEscape(layer.ID(i)), l)
	name := word(layer, "name", i)
	p.Title = cmp.Or(l.of(name, cmp.Or(word(layer, "name_en", i), name)), layer.ID(i))
	category, in := categoryWords(word(layer, "category", i), l), villageOf(snap, word(layer, "village_code", i))
	p.Lead = strings.ToUpper(category[:min(1, len(category))]) + category[min(1, len(category)):]
	d := placePage{L: l}
	if in != nil {
		p.Lead += l.of(" di Desa ", " in the village of ") + in.Name + l.of(", Kecamatan ", ", ") + in.District + l.of("", " district")
		d.Village = &pageLink{in.Name, p.Base + "/desa/" + url.PathEscape(in.Code) + "?lang=" + string(l), in.District}
		products := snap.Layer("products")
		for _, k := range perVillage(snap, "products")[in.Code] {
			d.Products = append(d.Products, pageLink{word(products, "name", k), d.Village.Href, word(products, "category", k)})
		}
	}
	p.Lead += "."
	d.Hours, d.HoursRead = all.hours[i], all.schedules[i] != nil
	if d.HoursRead {
		d.Hours = hoursWords(d.Hours, l)
	}
	d.Price, d.PriceDate = priceWords(layer, i, l), word(layer, "price_date", i)
	d.Facilities, d.Source, d.SourceDate = word(layer, "facilities", i), word(layer, "source", i), word(layer, "source_date", i)
	d.Quality = qualityWords(word(layer, "quality", i), l)
	if u, err := url.Parse(word(layer, "website", i)); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		d.Website = u.String()
	}
	thing := object{"@context": "https://schema.org", "@type": "TouristAttraction", "name": name, "url": p.Canonical, "description": p.Lead}
	if text := all.hours[i]; d.HoursRead {
		thing["openingHours"] = text
	}
	if all.placed[i] {
		at := all.at[i]
		p.locate(at, 15, "destinations", layer.ID(i))
		thing["geo"] = object{"@type": "GeoCoordinates", "latitude": at[1], "longitude": at[0]}
		d.Coordinates = p.At.Lat + ", " + p.At.Lon
		var err error
		if d.Signal, err = s.signalAt(ctx, snap, at, l); err != nil {
			return nil, err
		}
		if d.Way, err = s.wayTo(ctx, snap, router, at, l); err != nil {
			return nil, err
		}
		near, err := s.findNearby(ctx, snap, nil, &wish{at: at, price: -1, limit: 5, exclude: layer.ID(i)}, p.Base)
		if err != nil {
			return nil, err
		}
		for _, f := range near.Features {
			d.Nearby = append(d.Nearby, pageLink{cmp.Or(f.Properties.Name, f.Properties.ID), f.Properties.Page + "?lang=" + string(l), km(float64(f.Properties.Distance), l)})
		}
	}
	if in != nil {
		thing["address"] = object{"@type": "PostalAddress", "addressLocality": in.Name, "addressRegion": in.District, "addressCountry": "ID"}
	}
	p.Thing, p.Data = thing, d
	return &p, nil
}

func priceWords(l *geo.Layer, i int, to language) string {
	low, ok := number(l, "price_idr_min", i)
	high, both := number(l, "price_idr_max", i)
	switch {
	case !ok && !both:
		return ""
	case !ok:
		low = high
	}
	if !both {
		high = low
	}
	switch {
	case high == 0:
		return to.of("gratis", "free")
	case low == high:
		return "Rp" + grouped(low, to)
	}
	return "Rp" + grouped(low, to) + "–" + grouped(high, to)
}

// signalAt is what is known of the signal at a place, by operator and technology.
func (s *service) signalAt(ctx context.Context, snap *geo.Snapshot, at orb.Point, l language) ([]pageSignal, error) {
	place, err := s.Coverage.At(ctx, snap, at[0], at[1], &coverage.Query{Technology: "any"})
	if errors.As(err, &coverage.ErrNoVillages{}) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []pageSignal
	for _, o := range place.Operators {
		all = append(all, pageSignal{o.Operator, strings.ToUpper(o.Technology), stateWords(o.State, l), evidenceWords(o.Evidence, l)})
	}
	return all, nil
}

// wayTo says in sentences how to get to a place: the road nearest to it, the way
// from the nearest town, and where the last signal on it is.
func (s *service) wayTo(ctx context.Context, snap *geo.Snapshot, router *routing.Router, at orb.Point, l language) ([]string, error) {
	if router == nil {
		return nil, nil
	}
	metric := router.Metric(routing.Car)
	spot := router.Spots(metric, []orb.Point{at})[0]
	if spot.Edge < 0 {
		return []string{l.of("Tidak ada jalan yang terpetakan dalam 10 km.", "No road is mapped within 10 km.")}, nil
	}
	road := &router.Roads[router.Edges[spot.Edge].Road]
	label := cmp.Or(road.Name, road.Ref, className(road.Class, l))
	said := []string{fmt.Sprintf(l.of("Jalan terdekat untuk mobil: %s, %s m dari tempatnya.", "The nearest road for cars: %s, %s m from the place."), label, grouped(spot.Metres, l))}
	town, from, ok := s.town(snap, router, metric, spot)
	if !ok {
		return said, nil
	}
	routes, err := router.Routes(ctx, metric, []orb.Point{from, at}, 0)
	if errors.Is(err, routing.ErrNoRoute) || errors.Is(err, routing.ErrOffRoad) {
		return said, nil
	}
	if err != nil {
		return nil, err
	}
	way := &routes[0]
	said = append(said, fmt.Sprintf(l.of("Dari %s: %s, sekitar %d menit dengan mobil.", "From %s: %s, about %d minutes by car."),
		town, km(way.Metres, l), int(math.Ceil(float64(way.Millis)/minuteMs))))
	heard, err := s.Coverage.Receptions(ctx, snap, &coverage.Query{})
	if errors.As(err, &coverage.ErrNoVillages{}) {
		return said, nil
	}
	if err != nil {
		return nil, err
	}
	signal := signalAlong(heard, way.Line(router.Network), way.Metres)
	switch {
	case len(signal.Gaps) == 0:
		said = append(said, l.of("Sinyal 4G ada di sepanjang jalan.", "There is 4G signal all the way."))
	case signal.BeforeEnd != nil && float64(*signal.BeforeEnd) >= way.Metres-1:
		said = append(said, l.of("Tidak diketahui adanya sinyal 4G di sepanjang jalan.", "No 4G signal is known on the way."))
	case signal.BeforeEnd != nil:
		said = append(said, fmt.Sprintf(l.of("Sinyal 4G terakhir %s sebelum tiba.", "Last 4G signal %s before the place."), km(float64(*signal.BeforeEnd), l)))
	default:
		said = append(said, fmt.Sprintf(l.of("Sinyal 4G ada di tempat tiba; di jalan %s tanpa sinyal yang diketahui.", "4G signal on arrival; %s of the way without known signal."), km(float64(signal.Without), l)))
	}
	return said, nil
}

// town is the town nearest to a spot by time: villages of towns are kelurahan. Where
// none is known, it is the village with the most people.
func (s *service) town(snap *geo.Snapshot, router *routing.Router, metric *routing.Metric, spot routing.Spot) (name string, at orb.Point, ok bool) {
	villages := snap.Layer("villages")
	if villages == nil {
		return "", at, false
	}
	var points []orb.Point
	var names []string
	most := -1.0
	var largest orb.Point
	var largestName string
	for i := range villages.Len() {
		g := villages.Geometry(i)
		if g == nil {
			continue
		}
		label := cmp.Or(word(villages, "district", i), word(villages, "name", i))
		if word(villages, "kind", i) == "kelurahan" {
			points, names = append(points, g.Bound().Center()), append(names, label)
		}
		if people, _ := number(villages, "population", i); people > most {
			most, largest, largestName = people, g.Bound().Center(), label
		}
	}
	if len(points) == 0 && most >= 0 {
		points, names = []orb.Point{largest}, []string{largestName}
	}
	best, soonest := -1, int64(math.MaxInt64)
	for i, ms := range router.Times(metric, spot, router.Spots(metric, points), maxReach*minuteMs) {
		if ms != routing.Unreachable && ms < soonest {
			best, soonest = i, ms
		}
	}
	if best < 0 {
		return "", at, false
	}
	return names[best], points[best], true
}
