package api

import (
	"fmt"
	"html"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
)

// picture is a map that the server draws, as SVG: for pages that are printed, or
// have no script. North is up; a degree is as long as in the middle of it.
type picture struct {
	b             strings.Builder
	bound         orb.Bound
	width, height float64 // units of the picture
	metres        float64 // of a unit
	perLon        float64 // m of a degree
	perLat        float64
}

// newPicture begins a map around a point that shows so many metres across.
func newPicture(middle orb.Point, across, width, height float64) *picture {
	p := &picture{width: width, height: height, metres: across / width}
	p.perLon, p.perLat = lattice.MetresPerDegree(middle[1])
	dx, dy := across/2/p.perLon, p.metres*height/2/p.perLat
	p.bound = orb.Bound{Min: orb.Point{middle[0] - dx, middle[1] - dy}, Max: orb.Point{middle[0] + dx, middle[1] + dy}}
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="sans-serif" font-size="11">`, width, height, width, height)
	fmt.Fprintf(&p.b, `<rect width="%g" height="%g" fill="#dbe7ee"/>`, width, height)
	return p
}

// at is where a point lies in the picture.
func (p *picture) at(q orb.Point) (x, y float64) {
	return (q[0] - p.bound.Min[0]) * p.perLon / p.metres, (p.bound.Max[1] - q[1]) * p.perLat / p.metres
}

// point is where a place of the picture lies on the ground.
func (p *picture) point(x, y float64) orb.Point {
	return orb.Point{p.bound.Min[0] + x*p.metres/p.perLon, p.bound.Max[1] - y*p.metres/p.perLat}
}

// path writes a line, without corners that nobody would see.
func (p *picture) path(b *strings.Builder, line []orb.Point, closed bool) {
	last := [2]float64{math.Inf(1), 0}
	for i, q := range line {
		x, y := p.at(q)
		if i > 0 && i < len(line)-1 && math.Abs(x-last[0])+math.Abs(y-last[1]) < 0.8 {
			continue
		}
		last = [2]float64{x, y}
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(b, "%s%.1f %.1f", verb, x, y)
	}
	if closed {
		b.WriteByte('Z')
	}
}

func (p *picture) shape(b *strings.Builder, g orb.Geometry) {
	switch g := g.(type) {
	case orb.LineString:
		p.path(b, g, false)
	case orb.MultiLineString:
		for _, l := range g {
			p.path(b, l, false)
		}
	case orb.Polygon:
		for _, r := range g {
			p.path(b, r, true)
		}
	case orb.MultiPolygon:
		for _, one := range g {
			p.shape(b, one)
		}
	}
}

// layer draws the features of a layer that are wanted in one style: attributes
// of SVG.
func (p *picture) layer(l *geo.Layer, style string, wanted func(i int) bool) {
	if l == nil {
		return
	}
	var d strings.Builder
	for _, i := range l.Search(p.bound, nil) {
		if wanted == nil || wanted(int(i)) {
			p.shape(&d, l.Geometry(int(i)))
		}
	}
	if d.Len() > 0 {
		fmt.Fprintf(&p.b, `<path d="%s" %s/>`, d.String(), style)
	}
}

// table draws the records of a state.
func (p *picture) table(t *geo.Table, state, style string) {
	var d strings.Builder
	for i := range t.Records {
		if t.Records[i].Values[0] == state {
			p.shape(&d, t.Records[i].Geometry)
		}
	}
	if d.Len() > 0 {
		fmt.Fprintf(&p.b, `<path d="%s" %s/>`, d.String(), style)
	}
}

// Marks of points.
const (
	markTower = `<path d="M0-6L5 5H-5Z" fill="#1d2b2a" stroke="#fff" stroke-width="1"/>`
	markSite  = `<path d="M0-9L8 7H-8Z" fill="#b3261e" stroke="#fff" stroke-width="1.5"/>`
	markPlace = `<circle r="3" fill="#7a3e9d" stroke="#fff"/>`
	markHere  = `<circle r="7" fill="none" stroke="#b3261e" stroke-width="2.5"/><path d="M-11 0H11M0-11V11" stroke="#b3261e"/>`
)

func (p *picture) mark(q orb.Point, mark string) {
	if x, y := p.at(q); x >= 0 && x <= p.width && y >= 0 && y <= p.height {
		fmt.Fprintf(&p.b, `<g transform="translate(%.1f %.1f)">%s</g>`, x, y, mark)
	}
}

func (p *picture) marks(l *geo.Layer, mark string) {
	if l == nil {
		return
	}
	for _, i := range l.Search(p.bound, nil) {
		if q, ok := l.Geometry(int(i)).(orb.Point); ok {
			p.mark(q, mark)
		}
	}
}

// names writes the names of a layer of points.
func (p *picture) names(l *geo.Layer) {
	if l == nil {
		return
	}
	for _, i := range l.Search(p.bound, nil) {
		if q, ok := l.Geometry(int(i)).(orb.Point); ok {
			x, y := p.at(q)
			fmt.Fprintf(&p.b, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="#1d2b2a" stroke="#fff" stroke-width="3" paint-order="stroke">%s</text>`,
				x, y, html.EscapeString(word(l, "name", int(i))))
		}
	}
}

// ground draws what every map has: land, borders, roads.
func (p *picture) ground(snap *geo.Snapshot) {
	p.layer(snap.Layer("neighbours"), `fill="#eceae4" stroke="#b5b0a4" stroke-width=".7" fill-rule="evenodd"`, nil)
	p.layer(snap.Layer("villages"), `fill="#f7f6f2" stroke="#9a9484" stroke-width=".7" fill-rule="evenodd"`, nil)
}

func (p *picture) roads(l *geo.Layer) {
	if l == nil {
		return
	}
	major := func(i int) bool {
		c := word(l, "class", i)
		return c == "toll" || c == "national" || c == "provincial"
	}
	p.layer(l, `fill="none" stroke="#a3622b" stroke-width=".9"`, func(i int) bool { return !major(i) })
	p.layer(l, `fill="none" stroke="#7b3f12" stroke-width="2"`, major)
}

// frame draws the scale bar, the arrow to the north and whose data it shows, and
// ends the picture.
func (p *picture) frame(attribution, north string) string {
	metres := math.Pow(10, math.Floor(math.Log10(p.width*p.metres/3)))
	for _, times := range []float64{5, 2} {
		if metres*times <= p.width*p.metres/3 {
			metres *= times
			break
		}
	}
	label := fmt.Sprintf("%g m", metres)
	if metres >= 1000 {
		label = fmt.Sprintf("%g km", metres/1000)
	}
	long, y := metres/p.metres, p.height-22
	fmt.Fprintf(&p.b, `<rect x="6" y="%g" width="%.1f" height="28" fill="#fff" fill-opacity=".85"/><path d="M12 %gv5h%.1fv-5" fill="none" stroke="#1d2b2a" stroke-width="1.5"/><text x="12" y="%g">%s</text>`,
		y-8, long+12, y+9, long, y+5, label)
	fmt.Fprintf(&p.b, `<g transform="translate(%g 26)"><circle r="17" fill="#fff" fill-opacity=".85"/><path d="M0-12L5 4L0 1L-5 4Z" fill="#1d2b2a"/><text y="14" text-anchor="middle" font-size="10">%s</text></g>`, p.width-24, html.EscapeString(north))
	lines := wrapped(attribution, int((p.width-long-40)/4.4)) // a letter of 8 units is 4.4 wide at most, on the average
	for i, line := range lines {
		fmt.Fprintf(&p.b, `<text x="%g" y="%g" text-anchor="end" font-size="8" fill="#1d2b2a" stroke="#fff" stroke-width="2" paint-order="stroke">%s</text>`,
			p.width-5, p.height-4-10*float64(len(lines)-1-i), html.EscapeString(line))
	}
	p.b.WriteString("</svg>")
	return p.b.String()
}

// wrapped breaks a text at its spaces into lines of at most so many letters; a
// longer word is a line of its own.
func wrapped(text string, letters int) []string {
	var lines []string
	for _, w := range strings.Fields(text) {
		if n := len(lines) - 1; n >= 0 && utf8.RuneCountInString(lines[n])+1+utf8.RuneCountInString(w) <= letters {
			lines[n] += " " + w
		} else {
			lines = append(lines, w)
		}
	}
	return lines
}

// gapCells are the styles of the states of cells.
var gapCells = []struct{ state, style string }{
	{coverage.StateCovered, `fill="#2f7fb8" fill-opacity=".45"`},
	{coverage.StateNot, `fill="#d9762b" fill-opacity=".55"`},
	{coverage.StateUnknown, `fill="#8a8a8a" fill-opacity=".25"`},
}

// attributionOf says whose data a map of these layers shows.
func attributionOf(snap *geo.Snapshot, layers ...string) string {
	var all []string
	seen := map[string]bool{}
	for _, id := range layers {
		l := snap.Layer(id)
		if l == nil || l.Len() == 0 {
			continue
		}
		who := l.Collection.Attribution
		if who == "" {
			who = word(l, "source", 0)
		}
		if who != "" && !seen[who] {
			seen[who] = true
			all = append(all, who)
		}
	}
	return strings.Join(all, " · ")
}
