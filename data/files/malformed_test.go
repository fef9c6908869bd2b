package files

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// malformed are files of every format that are not what they should be, by the
// name that their message begins with. They are made here, because most are
// binary and some would be large.
func malformed(t *testing.T) map[string][]byte {
	t.Helper()
	const table = "code,name,lon,lat\n1,A,112.5,-8.2\n2,B,112.6,-8.3\n"
	shp, dbf := shapefileOf(2)
	book := workbookOf(t, [][]any{{"name", "lon", "lat"}, {"A", 112.5, -8.2}})
	kml := func(s string) []byte {
		return []byte("<?xml version=\"1.0\"?>\n<kml><Document>\n" + s + "\n</Document></kml>")
	}
	mark := func(s string) []byte {
		return kml("<Placemark><name>A</name>" + s + "</Placemark>")
	}
	utf16be := []byte("\xfe\xff")
	for _, u := range utf16.Encode([]rune("name,lon,lat\nA,1")) {
		utf16be = binary.BigEndian.AppendUint16(utf16be, u)
	}
	huge := bytes.Clone(shp)
	binary.BigEndian.PutUint32(huge[24:], 0xffffffff)
	hugeRecord := bytes.Clone(shp)
	binary.BigEndian.PutUint32(hugeRecord[104:], 0x7fffffff)
	hugeParts := bytes.Clone(shp)
	binary.LittleEndian.PutUint32(hugeParts[108:], 5)
	hugeRows := bytes.Clone(dbf)
	binary.LittleEndian.PutUint32(hugeRows[4:], 1<<31)
	fewRows := bytes.Clone(dbf)
	binary.LittleEndian.PutUint32(fewRows[4:], 1)
	memo := bytes.Clone(dbf)
	memo[32+11] = 'M'
	width := bytes.Clone(dbf)
	width[32+16] = 200
	multipatch := bytes.Clone(shp)
	binary.LittleEndian.PutUint32(multipatch[32:], 31)
	pack := func(pairs ...any) []byte { return zipOf(t, pairs...) }
	flipped := bytes.Clone(pack("a.csv", []byte(table)))
	flipped[35] ^= 0xff
	return map[string][]byte{
		"csv-headless":          []byte("1,A,112.5,-8.2\n2,B,112.6,-8.3\n"),
		"csv-headless-wkt":      []byte("A;POINT(1 2)\nB;POINT(1 3)\n"),
		"csv-ragged-short":      []byte(table + "3,C,112.5\n"),
		"csv-ragged-long":       []byte(table + "3,C,112.5,-8.2,more\n"),
		"csv-quote-open":        []byte(table + "3,\"C,112.5,-8.2\n4,D,1,2\n"),
		"csv-quote-trailing":    []byte(table + "3,\"C\"D,112.5,-8.2\n"),
		"csv-mixed-encoding":    []byte(table + "3,Caf\xc3\xa9,112.5,-8.2\n4,Caf\xe9,112.5,-8.2\n"),
		"csv-nul":               []byte(table + "3,C\x00,112.5,-8.2\n"),
		"csv-header-only":       []byte("code,name,lon,lat\n"),
		"csv-longitude-text":    []byte(table + "3,C,east,-8.2\n"),
		"csv-latitude-missing":  []byte(table + "3,C,112.5,\n"),
		"csv-minutes-70":        []byte("name,lon,lat\nA,112°70'0\" BT,-8.2\n"),
		"csv-hemisphere-twice":  []byte("name,lon,lat\nA,112 E E,-8.2\n"),
		"csv-minutes-column":    []byte("name,lon_deg,lon_min,lat_deg,lat_min,lat_dir\nA,112,30,8,12,X\n"),
		"csv-pair-one":          []byte("name,koordinat\nA,112.5\n"),
		"csv-swapped":           []byte("name,lon,lat\nA,-8.2,112.5\n"),
		"csv-metres":            []byte("name,x,y\nA,676500,9113000\n"),
		"csv-two-pairs":         []byte("name,lon_a,lat_a,lon_b,lat_b\nA,1,2,3,4\n"),
		"csv-wkt-cut":           []byte("name;wkt\nA;POLYGON((1 2, 3 4\n"),
		"csv-wkt-curve":         []byte("name;wkt\nA;CIRCULARSTRING(1 2, 3 4, 5 6)\n"),
		"csv-wkt-deep":          []byte("name;wkt\nA;" + strings.Repeat("GEOMETRYCOLLECTION(", 100) + "POINT(1 2)" + strings.Repeat(")", 100) + "\n"),
		"csv-wkb-cut":           []byte("name;geom\nA;0101000020E61000000000000000205C40\n"),
		"csv-wkb-claims":        []byte("name;geom\nA;0102000000FFFFFFFF0000000000000000\n"),
		"csv-geojson-cut":       []byte("name;geojson\nA;{\"type\":\"Point\"\n"),
		"csv-line-too-long":     []byte(table + "3," + strings.Repeat("C", 70_000) + ",1,2\n"),
		"csv-many-columns":      []byte(strings.Repeat("a,", 6000) + "lon,lat\n"),
		"csv-utf16-odd":         append(utf16be, 0x00),
		"shp-alone":             shp,
		"shp-cut-header":        pack("a.shp", shp[:60], "a.dbf", dbf),
		"shp-cut":               pack("a.shp", shp[:len(shp)-10], "a.dbf", dbf),
		"shp-claims-10-gb":      pack("a.shp", huge, "a.dbf", dbf),
		"shp-shape-claims":      pack("a.shp", hugeRecord, "a.dbf", dbf),
		"shp-shape-type":        pack("a.shp", hugeParts, "a.dbf", dbf),
		"shp-multipatch":        pack("a.shp", multipatch, "a.dbf", dbf),
		"shp-no-dbf":            pack("a.shp", shp),
		"shp-unknown-system":    pack("a.shp", shp, "a.dbf", dbf, "a.prj", []byte(`PROJCS["Batavia_UTM_Zone_49S",GEOGCS["GCS_Batavia",DATUM["D_Batavia"]]]`)),
		"shp-unknown-encoding":  pack("a.shp", shp, "a.dbf", dbf, "a.cpg", []byte("KLINGON")),
		"dbf-cut":               pack("a.shp", shp, "a.dbf", dbf[:len(dbf)-5]),
		"dbf-claims":            pack("a.shp", shp, "a.dbf", hugeRows),
		"dbf-too-few-rows":      pack("a.shp", shp, "a.dbf", fewRows),
		"dbf-memo":              pack("a.shp", shp, "a.dbf", memo),
		"dbf-width":             pack("a.shp", shp, "a.dbf", width),
		"dbf-text":              pack("a.shp", shp, "a.dbf", []byte(strings.Repeat("no table ", 10))),
		"kml-entity-bomb":       []byte("<?xml version=\"1.0\"?>\n<!DOCTYPE kml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<kml><Placemark><name>&b;</name></Placemark></kml>"),
		"kml-external-entity":   []byte("<!DOCTYPE kml SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<kml><Placemark><name>&x;</name></Placemark></kml>"),
		"kml-undeclared-entity": kml("<Placemark><name>&bomb;</name></Placemark>"),
		"kml-cut":               []byte("<kml><Document>\n<Placemark><name>A</name><Point><coordin"),
		"kml-not-nested":        kml("<Placemark><name>A</Placemark></name>"),
		"kml-deep":              kml(strings.Repeat("<Folder>", 100) + strings.Repeat("</Folder>", 100)),
		"kml-no-placemark":      kml("<Folder><name>A</name></Folder>"),
		"kml-text-coordinates":  mark("<Point><coordinates>east,south</coordinates></Point>"),
		"kml-one-number":        mark("<Point><coordinates>112.5</coordinates></Point>"),
		"kml-nan":               mark("<Point><coordinates>NaN,-8.2</coordinates></Point>"),
		"kml-no-coordinates":    mark("<LineString></LineString>"),
		"kml-no-boundary":       mark("<Polygon></Polygon>"),
		"kml-model":             mark("<Model></Model>"),
		"kml-encoding":          []byte("<?xml version=\"1.0\" encoding=\"klingon\"?><kml></kml>"),
		"kml-too-long":          mark("<description>" + strings.Repeat("A", 400_000) + "</description>"),
		"kml-bad-utf8":          mark("<description>\xff\xfe</description>"),
		"kmz-empty":             pack("doc.kml", []byte{}, "b.png", []byte("x")),
		"zip-empty":             pack(),
		"zip-nothing-readable":  pack("readme.md", []byte("# hello\n"), "a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00")),
		"zip-two-files":         pack("a.csv", []byte(table), "b.csv", []byte(table)),
		"zip-path-traversal":    pack("../../etc/cron.d/a.csv", []byte(table)),
		"zip-absolute-path":     pack("/etc/a.csv", []byte(table)),
		"zip-windows-path":      pack("..\\a.csv", []byte(table)),
		"zip-link":              zipLink(t),
		"zip-bomb":              zipBomb(t),
		"zip-claims-10-gb":      zipClaims(t),
		"zip-begins-before":     zipBefore(t),
		"zip-cut":               pack("a.csv", []byte(table))[:60],
		"zip-flipped":           flipped,
		"zip-in-zip-in-zip":     pack("a.zip", pack("b.zip", pack("c.csv", []byte(table)))),
		"zip-twice":             pack("a.csv", []byte(table), "a.csv", []byte(table)),
		"gzip-cut":              gzipOf(t, []byte(table))[:30],
		"gzip-header-only":      []byte("\x1f\x8b"),
		"gzip-checksum":         append(gzipOf(t, []byte(table))[:len(gzipOf(t, []byte(table)))-8], make([]byte, 8)...),
		"gzip-bomb":             gzipOf(t, make([]byte, 80<<20)),
		"gzip-of-nothing":       gzipOf(t, nil),
		"xlsx-cut-sheet":        rezip(t, book, "xl/worksheets/sheet1.xml", func(b []byte) []byte { return b[:len(b)-40] }),
		"xlsx-entity-bomb": rezip(t, book, "xl/worksheets/sheet1.xml", func(b []byte) []byte {
			return append([]byte("<!DOCTYPE x [<!ENTITY a \"ha\">]>"), bytes.TrimPrefix(b, []byte("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"))...)
		}),
		"xlsx-no-sheet":   rezip(t, book, "xl/workbook.xml", func([]byte) []byte { return []byte("<workbook/>") }),
		"xlsx-empty":      workbookOf(t, nil),
		"xlsx-headless":   workbookOf(t, [][]any{{"A", 112.5, -8.2}}),
		"xlsx-ragged":     workbookOf(t, [][]any{{"name", "lon", "lat"}, {"A", 112.5, -8.2, "more"}}),
		"parquet":         []byte("PAR1\x15\x04\x15\x00PAR1"),
		"unknown-binary":  []byte("\x00\x01\x02\x03\x04\x05\x06\x07"),
		"unknown-xml":     []byte("<html><body>404 Not Found</body></html>"),
		"one-column-text": []byte("hello\nworld\n"),
	}
}

// shapefileOf makes a Shapefile of n points, with one text field.
func shapefileOf(n int) (shp, dbf []byte) {
	shp = make([]byte, 100)
	binary.BigEndian.PutUint32(shp, 9994)
	binary.LittleEndian.PutUint32(shp[28:], 1000)
	binary.LittleEndian.PutUint32(shp[32:], 1)
	for i := range n {
		shp = binary.BigEndian.AppendUint32(shp, uint32(i+1))
		shp = binary.BigEndian.AppendUint32(shp, 10)
		shp = binary.LittleEndian.AppendUint32(shp, 1)
		for _, f := range []uint64{0x405c200000000000, 0xc020666666666666} { // 112.5, -8.2
			shp = binary.LittleEndian.AppendUint64(shp, f)
		}
	}
	binary.BigEndian.PutUint32(shp[24:], uint32(len(shp)/2))
	dbf = make([]byte, 65)
	dbf[0] = 3
	binary.LittleEndian.PutUint32(dbf[4:], uint32(n))
	binary.LittleEndian.PutUint16(dbf[8:], 65)
	binary.LittleEndian.PutUint16(dbf[10:], 9)
	copy(dbf[32:], "NAME")
	dbf[32+11], dbf[32+16], dbf[64] = 'C', 8, 0x0d
	for range n {
		dbf = append(dbf, "  Gajah "+" "...)
	}
	return shp, dbf
}

func zipOf(t testing.TB, pairs ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i].(string))
		if err == nil {
			_, err = w.Write(pairs[i+1].([]byte))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipLink(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a.csv"}
	h.SetMode(os.ModeSymlink | 0o777)
	w, err := z.CreateHeader(h)
	if err == nil {
		_, err = w.Write([]byte("/etc/passwd"))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipBomb is 80 MB of one byte in a few kilobytes.
func zipBomb(t *testing.T) []byte {
	t.Helper()
	return zipOf(t, "a.csv", append([]byte("name,lon,lat\n"), bytes.Repeat([]byte("A"), 80<<20)...))
}

// zipClaims says that its member has 10 GB.
func zipClaims(t *testing.T) []byte {
	t.Helper()
	b := zipOf(t, "a.csv", []byte("name,lon,lat\nA,112.5,-8.2\n"))
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	extra := binary.LittleEndian.AppendUint64([]byte{1, 0, 8, 0}, 10<<30)
	binary.LittleEndian.PutUint32(b[at+24:], 0xffffffff)
	binary.LittleEndian.PutUint16(b[at+30:], uint16(len(extra)))
	name := at + 46 + len("a.csv")
	b = append(b[:name:name], append(extra, b[name:]...)...)
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint32(b[end+12:], uint32(end-at))
	return b
}

// zipBefore is an archive whose end says of its directory that it lies farther
// from the start than it does: its member is then before the file.
func zipBefore(t *testing.T) []byte {
	t.Helper()
	b := zipOf(t, "a.csv", []byte("name,lon,lat\nA,112.5,-8.2\n"))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint32(b[end+16:], binary.LittleEndian.Uint32(b[end+16:])+1000)
	return b
}

func gzipOf(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(text); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func workbookOf(t *testing.T, lines [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, line := range lines {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &line)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rezip changes one member of an archive.
func rezip(t *testing.T, archive []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var pairs []any
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		text := b.Bytes()
		if m.Name == name {
			text = change(text)
		}
		pairs = append(pairs, m.Name, text)
	}
	return zipOf(t, pairs...)
}
