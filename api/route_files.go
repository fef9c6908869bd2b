package api

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"github.com/paulmach/orb"
)

// escaped is a text inside XML.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes all
	return b.String()
}

// routeTitle says in words what a route is.
func (f *routeFeature) title() string {
	p := &f.Properties
	return fmt.Sprintf("%s, %.1f km, %.0f min", p.Vehicle, float64(p.Distance)/1000, float64(p.Duration)/60)
}

// writeGPX writes a route as GPX 1.1: a track, and its steps as a route.
func writeGPX(out io.Writer, f *routeFeature, creator string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<gpx version="1.1" creator="%s" xmlns="http://www.topografix.com/GPX/1/1">`+"\n", escaped(creator))
	fmt.Fprintf(&b, "<rte><name>%s</name>\n", escaped(f.title()))
	for _, s := range f.Properties.Steps {
		fmt.Fprintf(&b, `<rtept lat="%.7f" lon="%.7f"><name>%s</name></rtept>`+"\n", s.Location[1], s.Location[0], escaped(s.Instruction))
	}
	fmt.Fprintf(&b, "</rte>\n<trk><name>%s</name><trkseg>\n", escaped(f.title()))
	for _, p := range f.line {
		fmt.Fprintf(&b, `<trkpt lat="%.7f" lon="%.7f"/>`+"\n", p[1], p[0])
	}
	b.WriteString("</trkseg></trk>\n</gpx>\n")
	_, err := b.WriteTo(out)
	return err
}

// writeKML writes a route as KML 2.2: its line, its steps, and the places where
// signal is lost and found again.
func writeKML(out io.Writer, f *routeFeature, title string) error {
	var b bytes.Buffer
	place := func(name string, at orb.Point) {
		fmt.Fprintf(&b, "<Placemark><name>%s</name><Point><coordinates>%.7f,%.7f</coordinates></Point></Placemark>\n", escaped(name), at[0], at[1])
	}
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>%s</name>`+"\n", escaped(title))
	fmt.Fprintf(&b, "<Placemark><name>%s</name><LineString><tessellate>1</tessellate><coordinates>", escaped(f.title()))
	for i, p := range f.line {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%.7f,%.7f", p[0], p[1])
	}
	b.WriteString("</coordinates></LineString></Placemark>\n")
	for _, s := range f.Properties.Steps {
		place(s.Instruction, s.Location)
	}
	for _, g := range f.Properties.Gaps {
		if g.Last != nil {
			place("Last signal", *g.Last)
		}
		if g.First != nil {
			place("Signal again", *g.First)
		}
	}
	b.WriteString("</Document></kml>\n")
	_, err := b.WriteTo(out)
	return err
}
