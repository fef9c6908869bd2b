package osm

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/internal/testdata"
)

// told is what a file gives, as text.
func told(t testing.TB, raw []byte, theme string, bound *orb.Bound) (string, error) {
	t.Helper()
	r, err := open(context.Background(), bytes.NewReader(raw), int64(len(raw)), theme, bound)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for f, err := range r.All(context.Background()) {
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%s %v", f.ID, f.Geometry)
		for _, p := range f.Properties {
			fmt.Fprintf(&b, " %s=%v", p.Name, p.Value)
		}
		b.WriteString("\n")
	}
	for _, c := range r.Counts()[5:] {
		fmt.Fprintf(&b, "%s × %d\n", c.What, c.Count)
	}
	return b.String(), nil
}

const sampleXML = `<?xml version="1.0"?>
<osm version="0.6" generator="test" timestamp="2023-11-14T22:13:20Z">
 <node id="1" lat="-8" lon="112.5"><tag k="natural" v="beach"/><tag k="name" v="Pantai"/></node>
 <node id="2" lat="-8" lon="112.501"/><node id="3" lat="-8.001" lon="112.501"/><node id="4" lat="-8.001" lon="112.5"/>
 <node id="10" lat="-8" lon="112.5"><tag k="waterway" v="waterfall"/><tag k="name" v="Coban"/></node>
 <way id="20"><nd ref="1"/><nd ref="2"/><nd ref="99"/><tag k="highway" v="primary"/><tag k="oneway" v="-1"/></way>
 <way id="21"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>
 <way id="22"><nd ref="1"/><nd ref="4"/><nd ref="3"/></way>
 <relation id="30"><member type="way" ref="21" role="outer"/><member type="way" ref="22" role="outer"/><member type="way" ref="77" role="outer"/>
  <tag k="leisure" v="park"/><tag k="type" v="multipolygon"/><tag k="name" v="Pantai"/></relation>
</osm>`

// Both formats say the same.
func TestThemes(t *testing.T) {
	for theme, want := range map[string]string{
		"roads": `w20 [[112.501 -8] [112.5 -8]] class=national oneway=true length_m=110.2 source=OpenStreetMap source_date=2023-11-14
nodes of ways, not in the file × 1
`,
		"destinations": `n1 [112.5 -8] name=Pantai category=beach source=OpenStreetMap source_date=2023-11-14
n10 [112.5 -8] name=Coban category=waterfall source=OpenStreetMap source_date=2023-11-14
r30 [112.5005 -8.0005] name=Pantai category=park source=OpenStreetMap source_date=2023-11-14
members of relations, not in the file × 1
relations with missing members × 1
`,
		"eateries": "",
	} {
		for format, raw := range map[string][]byte{"PBF": sample(), "XML": []byte(sampleXML)} {
			if got, err := told(t, raw, theme, nil); err != nil || got != want {
				t.Errorf("%s from %s: %v\n got %s\nwant %s", theme, format, err, got, want)
			}
		}
	}
	box := orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}
	if got, err := told(t, sample(), "roads", &box); err != nil || !strings.HasPrefix(got, "ways outside the bounds, left out × 1") {
		t.Error(got, err)
	}
}

// Counts of osmium (fileinfo -e, tags-filter) of the two extracts.
func TestCountsOfOsmium(t *testing.T) {
	root := testdata.Path(t)
	for name, want := range map[string][]Count{
		"monaco-latest":            {{"nodes", 25423}, {"ways", 4106}, {"relations", 243}, {"highway ways", 2379}, {"tourism objects", 158}},
		"liechtenstein-2013-08-03": {{"nodes", 65733}, {"ways", 7121}, {"relations", 113}, {"highway ways", 2753}, {"tourism objects", 59}},
	} {
		for _, theme := range Themes() {
			r, err := Open(context.Background(), root+"/osm/"+name+".osm.pbf", theme, nil)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // each reading is the same
				n := 0
				for _, err := range r.All(context.Background()) {
					if err != nil {
						t.Fatal(err)
					}
					n++
				}
				if got := map[string]int{"monaco-latest roads": 2345, "liechtenstein-2013-08-03 roads": 2749, "monaco-latest destinations": 132, "liechtenstein-2013-08-03 destinations": 67, "monaco-latest eateries": 143, "liechtenstein-2013-08-03 eateries": 44}[name+" "+theme]; n != got {
					t.Errorf("%s: %d %s, want %d", name, n, theme, got)
				}
			}
			if got := r.Counts(); fmt.Sprint(got[:5]) != fmt.Sprint(want) {
				t.Errorf("%s: %v", name, got)
			}
			_ = r.Close()
		}
	}
}

func TestBadFiles(t *testing.T) {
	whole := sample()
	huge := binary.BigEndian.AppendUint32(nil, 1<<31)
	var claim message
	claim.bytes(1, []byte("OSMData")).number(3, 10<<30)
	tenGB := append(append(bytes.Clone(fileBlock("OSMHeader", header(), false)), binary.BigEndian.AppendUint32(nil, uint32(claim.Len()))...), claim.Bytes()...)
	var bomb message
	bomb.number(2, 10<<30).bytes(3, []byte("x"))
	start := fileBlock("OSMHeader", header(), false)
	withBlob := func(content []byte) []byte {
		var h message
		h.bytes(1, []byte("OSMData")).number(3, uint64(len(content)))
		return append(append(append(bytes.Clone(start), binary.BigEndian.AppendUint32(nil, uint32(h.Len()))...), h.Bytes()...), content...)
	}
	var lz4, strings0, badTag message
	lz4.bytes(6, []byte("x"))
	strings0.bytes(1, nil)
	var dense, group message
	dense.bytes(1, deltas(1)).bytes(8, deltas(1)).bytes(9, deltas(1)).bytes(10, packed(500, 600, 0))
	group.bytes(2, dense.Bytes())
	badTag.bytes(1, strings0.Bytes()).bytes(2, group.Bytes())
	for _, test := range []struct {
		want string
		raw  []byte
	}{
		{"the file ends in the middle of a block", whole[:len(whole)-7]},
		{"a block has no header", append(bytes.Clone(start), 0, 0, 0, 0)},
		{"claims a header of 2147483648 bytes", append(bytes.Clone(start), huge...)},
		{"claims 10737418240 bytes, more than 33554432", tenGB},
		{"a block claims 10737418240 bytes", withBlob(bomb.Bytes())},
		{"compressed with LZ4", withBlob(lz4.Bytes())},
		{"a block is empty", withBlob(nil)},
		{"a block of elements is damaged", append(bytes.Clone(start), fileBlock("OSMData", badTag.Bytes(), true)...)},
		{"a block of elements is damaged", append(bytes.Clone(start), fileBlock("OSMData", []byte{0xff}, true)...)},
		{"holds the history of its objects", fileBlock("OSMHeader", header("HistoricalInformation"), true)},
		{`a reader that knows "Sort.Future"`, fileBlock("OSMHeader", header("Sort.Future"), true)},
		{"begins with <kml>", []byte("<kml><osm></osm></kml>")},
		{"the file ends before </osm>", []byte(`<osm><node id="1" lat="0" lon="0"/>`)},
		{`node 1 has lat="91", want degrees`, []byte(`<osm><node id="1" lat="91" lon="0"/></osm>`)},
		{`<node> has id="x"`, []byte(`<osm><node id="x" lat="1" lon="0"/></osm>`)},
		{"<way> inside another element", []byte(`<osm><node id="1" lat="1" lon="0"><way id="2"/></node></osm>`)},
		{"not XML", []byte(`<osm><node id="1" lat="1" lon="0"></osm`)},
		{"not XML", []byte(`<!DOCTYPE osm [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><osm><node id="1" lat="1" lon="0"><tag k="name" v="&b;"/></node></osm>`)},
	} {
		_, err := told(t, test.raw, "roads", nil)
		if fault := (*Fault)(nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
	if _, err := told(t, whole, "rivers", nil); err == nil {
		t.Error("an unknown theme")
	}
}

// Damage anywhere is an error or other features, never the end of the program.
func FuzzPBF(f *testing.F) {
	f.Add(sample())
	f.Add(fileBlock("OSMHeader", header("DenseNodes"), true))
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := told(t, raw, "destinations", nil)
		if fault := (*Fault)(nil); err != nil && !errors.As(err, &fault) {
			t.Fatalf("%T: %v", err, err)
		}
	})
}

// The content of a block without the compression around it, which hides it from
// the fuzzer.
func FuzzBlock(f *testing.F) {
	f.Add([]byte{0x0a, 2, 0x0a, 0, 0x12, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		n := 0
		_, err := readBlock(raw, Node|Way|Relation, func(e *Element) error { n++; return nil })
		if err != nil && !errors.Is(err, errBlock) || n > len(raw) {
			t.Fatal(n, err)
		}
	})
}

func FuzzXML(f *testing.F) {
	f.Add(sampleXML)
	f.Add(`<osm><way id="1"><nd ref="1"/><tag k="highway" v="primary"/></way></osm>`)
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = told(t, []byte(text), "roads", nil)
	})
}
