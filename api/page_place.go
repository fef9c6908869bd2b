package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	heard, err := s.heardSoFar(r.Context(), snap)
	if err != nil {
		return err
	}
	return s.respondVisit(w, r, []string{"wisata", id, snap.Version, version, string(l), s.baseURL(r), fmt.Sprint(heard.pending)}, "place", func() (*visitPage, error) {
		return s.describePlacePage(r, snap, router, heard, all, i, l)
	})
}

func (s *service) describePlacePage(r *http.Request, snap *geo.Snapshot, router *routing.Router, heard signals, all *places, i int, l language) (*visitPage, error) {
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
		a, err := s.approachTo(ctx, snap, router, heard.along, at)
		if err != nil {
			return nil, err
		}
		if d.Way = a.words(l); heard.pending {
			d.Way = append(d.Way, l.of("Sinyal di jalan sedang dihitung: muat ulang sebentar lagi.", "The signal on the way is being computed: reload in a moment."))
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
