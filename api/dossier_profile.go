package api

import (
	"context"
	"errors"
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
)

// dossierProfile is a path of the signal, drawn and in words.
type dossierProfile struct {
	Title string
	Says  string
	Chart template.HTML // made by profileChart alone; none without terrain
}

// dossierProfiles are the paths from a site to the village's point and its
// neighbours, or from the nearest towers to the village's point.
func (s *service) dossierProfiles(ctx context.Context, snap *geo.Snapshot, of *dossierSubject, f *dossierFacts, l language) ([]dossierProfile, error) {
	var all []dossierProfile
	add := func(title string, path *propagation.Path, err error) error {
		var outside *propagation.RangeError
		switch {
		case errors.As(err, &outside):
			all = append(all, dossierProfile{Title: title, Says: l.of("di luar jangkauan model: ", "outside of the model: ") + rangeWords(outside, l)})
		case err != nil:
			return err
		case path != nil:
			all = append(all, dossierProfile{title, pathWords(path, l), template.HTML(profileChart(path, l))})
		}
		return nil
	}
	village := word(of.villages, "name", of.i)
	if of.tower != nil && coverage.Distance(of.at, of.label) > 1 {
		path, err := s.Coverage.ProfileOf(ctx, snap, *of.tower, of.label)
		if err := add(l.of("menara usulan → titik desa ", "proposed tower → the point of ")+village, path, err); err != nil {
			return nil, err
		}
	}
	for _, t := range f.towers {
		if of.tower != nil {
			path, err := s.Coverage.ProfileOf(ctx, snap, *of.tower, t.At)
			if err := add(l.of("menara usulan → ", "proposed tower → ")+t.ID, path, err); err != nil {
				return nil, err
			}
			continue
		}
		technology := of.q.Technology
		if len(t.Technologies) > 0 && !strings.Contains(strings.Join(t.Technologies, " "), technology) {
			technology = t.Technologies[0]
		}
		path, err := s.Coverage.Profile(ctx, snap, t.ID, technology, of.at)
		if err := add(t.ID+l.of(" → titik desa ", " → the point of ")+village, path, err); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func pathWords(p *propagation.Path, l language) string {
	says := fmt.Sprintf("%.2f km, %.0f°, RSRP %.0f dBm", p.Distance/1000, p.Bearing, p.RSRP)
	switch {
	case !p.Terrain:
		return says + l.of("; medan datar (tidak ada data ketinggian)", "; flat terrain (there is no elevation)")
	case p.LineOfSight || len(p.Ridges) == 0:
		return says + l.of("; garis pandang bebas", "; line of sight is free")
	}
	worst := p.Ridges[0]
	for _, r := range p.Ridges[1:] {
		if r.Nu > worst.Nu {
			worst = r
		}
	}
	return says + fmt.Sprintf(l.of("; terhalang punggungan %.0f m dpl pada %.2f km, %.0f m di atas garis", "; obstructed by a ridge of %.0f m a.s.l. at %.2f km, %.0f m above the ray"),
		worst.Elevation, worst.Distance/1000, worst.Above)
}

// profileChart draws the ground, with the bulge of the Earth, the ray and the
// first Fresnel zone; "" without terrain.
func profileChart(p *propagation.Path, l language) string {
	if len(p.Points) < 2 || p.Distance <= 0 {
		return ""
	}
	const width, height, left, bottom, top = 660.0, 150.0, 48.0, 22.0, 8.0
	low, high := math.Inf(1), math.Inf(-1)
	for _, q := range p.Points {
		low = min(low, q.Elevation+q.Bulge, q.Ray)
		high = max(high, q.Elevation+q.Bulge, q.Ray+q.Fresnel)
	}
	if high-low < 20 {
		high = low + 20
	}
	x := func(d float64) float64 { return left + d/p.Distance*(width-left-8) }
	y := func(h float64) float64 { return top + (high-h)/(high-low)*(height-top-bottom) }
	var ground, ray, above, below strings.Builder
	fmt.Fprintf(&ground, "M%.1f %.1f", x(0), height-bottom)
	for i, q := range p.Points {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&ground, "L%.1f %.1f", x(q.Distance), y(q.Elevation+q.Bulge))
		fmt.Fprintf(&ray, "%s%.1f %.1f", verb, x(q.Distance), y(q.Ray))
		fmt.Fprintf(&above, "%s%.1f %.1f", verb, x(q.Distance), y(q.Ray+q.Fresnel))
		fmt.Fprintf(&below, "%s%.1f %.1f", verb, x(q.Distance), y(q.Ray-q.Fresnel))
	}
	fmt.Fprintf(&ground, "L%.1f %.1fZ", x(p.Distance), height-bottom)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="sans-serif" font-size="10" role="img" aria-label="%s"><rect width="%g" height="%g" fill="#fff"/>`,
		width, height, width, height, html.EscapeString(l.of("Profil lintasan", "Path profile")+": "+pathWords(p, l)), width, height)
	fmt.Fprintf(&b, `<path d="%s" fill="#d8c9a8" stroke="#7b5b2a"/><path d="%s%s" fill="none" stroke="#2f7fb8" stroke-dasharray="3 3" stroke-width=".8"/><path d="%s" fill="none" stroke="#1d2b2a" stroke-width="1.2"/>`,
		ground.String(), above.String(), below.String(), ray.String())
	for _, r := range p.Ridges {
		fmt.Fprintf(&b, `<path d="M%.1f %gV%.1f" stroke="#b3261e" stroke-width="1.5"/>`, x(r.Distance), height-bottom, top)
	}
	for _, h := range []float64{low, high} {
		fmt.Fprintf(&b, `<text x="%g" y="%.1f" text-anchor="end" fill="#1d2b2a">%.0f m</text>`, left-4, y(h)+4, h)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" fill="#1d2b2a">0 km</text><text x="%g" y="%g" text-anchor="end" fill="#1d2b2a">%.2f km</text></svg>`, left, height-6, width-8, height-6, p.Distance/1000)
	return b.String()
}
