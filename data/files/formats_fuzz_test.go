package files

import (
	"testing"

	"github.com/petadesa/petadesa/data/files/wkt"
)

// Whatever an archive, a Shapefile, KML or a workbook holds, an import ends with
// a report or an error of the file. ogr2ogr is out of reach: it is not ours.
func FuzzFormats(f *testing.F) {
	f.Setenv("PATH", "")
	shp, dbf := shapefileOf(2)
	f.Add(zipOf(f, "a.shp", shp, "a.dbf", dbf))
	f.Add(zipOf(f, "doc.kml", []byte("<kml><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></kml>")))
	f.Add([]byte("<kml><Folder><name>F</name><Placemark id=\"a\"><ExtendedData><Data name=\"n\"><value>1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>1,2 2,2 2,3 1,2</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></kml>"))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, text []byte) { fuzzImport(t, text, false) })
}

func FuzzWKT(f *testing.F) {
	for _, seed := range []string{"POINT(1 2)", "SRID=4326;POLYGON Z ((1 2 3, 2 2 3, 2 3 3, 1 2 3))", "MULTIPOINT((1 2),(3 4))", "GEOMETRYCOLLECTION(POINT EMPTY, LINESTRING(1 2, 3 4))", "MULTIPOLYGON EMPTY"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if g, _, _, err := wkt.Parse(text); err != nil && g != nil {
			t.Fatal(g, err)
		}
	})
}
