package bundle

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

// facts reads a fact table: rows without the header, keyed by column.
func facts(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("facts", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, values := range all[1:] {
		row := map[string]string{}
		for i, v := range values {
			row[all[0][i]] = v
		}
		rows = append(rows, row)
	}
	return rows
}

func villages(t *testing.T) map[string]*geojson.Feature {
	t.Helper()
	byCode := map[string]*geojson.Feature{}
	for _, f := range read(t, "villages") {
		byCode[f.ID.(string)] = f
	}
	return byCode
}

// metres from a place to the nearest part of a polygon's boundary; 0 inside.
func metresFrom(polygons orb.MultiPolygon, p orb.Point) float64 {
	if planar.MultiPolygonContains(polygons, p) {
		return 0
	}
	east := math.Cos(p[1] * math.Pi / 180)
	best := math.Inf(1)
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for i := range ring[1:] {
				a, b := orb.Point{ring[i][0] * east, ring[i][1]}, orb.Point{ring[i+1][0] * east, ring[i+1][1]}
				best = min(best, planar.DistanceFromSegment(a, b, orb.Point{p[0] * east, p[1]}))
			}
		}
	}
	return best * 111_320
}

// The polygons are as large as the areas they claim, on the ellipsoid.
func TestCellsHaveTheirAreas(t *testing.T) {
	for code, f := range villages(t) {
		claimed := f.Properties["area_km2"].(float64)
		// orb measures on a sphere of 6,378,137 m, which is 0.7 % off here.
		if got := geo.Area(f.Geometry) / 1e6; math.Abs(got-claimed) > 0.01*claimed {
			t.Errorf("village %s covers %.3f km², claims %.3f", code, got, claimed)
		}
	}
}

func TestDestinations(t *testing.T) {
	byCode := villages(t)
	places := read(t, "destinations")
	if len(places) < 75 {
		t.Errorf("%d destinations, want at least 75", len(places))
	}
	categories := strings.Fields("agro beach camping culture desa_wisata island lake museum nature park pool religious resort spring temple tubing waterfall")
	inside, far := 0, 0.0
	for _, f := range places {
		p := f.Properties
		village := byCode[p["village_code"].(string)]
		if village == nil {
			t.Errorf("%v: no village %v", f.ID, p["village_code"])
			continue
		}
		// The cells only approximate the villages: a place may stand in the cell of another.
		d := metresFrom(village.Geometry.(orb.MultiPolygon), f.Geometry.(orb.Point))
		if d == 0 {
			inside++
		}
		if far = max(far, d); d > 5000 {
			t.Errorf("%v stands %.0f m from its village %s", f.ID, d, village.Properties["name"])
		}
		if !slices.Contains(categories, p["category"].(string)) {
			t.Errorf("%v has category %v", f.ID, p["category"])
		}
		if !slices.Contains([]any{"confirmed", "single", "village_point"}, p["quality"]) {
			t.Errorf("%v has quality %v", f.ID, p["quality"])
		}
		if p["price_idr_min"] != nil && p["price_date"] == nil {
			t.Errorf("%v has a price without a date", f.ID)
		}
	}
	t.Logf("%d destinations, %d in their village's cell, the farthest %.0f m away", len(places), inside, far)
}

// All roads are one graph by exactly shared vertices, and it touches every
// kecamatan's seat.
func TestRoadsConnectAllDistricts(t *testing.T) {
	links := read(t, "roads")
	if len(links) < 60 {
		t.Errorf("%d links, want at least 60", len(links))
	}
	parent := map[orb.Point]orb.Point{}
	var root func(orb.Point) orb.Point
	root = func(p orb.Point) orb.Point {
		if q, ok := parent[p]; ok && q != p {
			r := root(q)
			parent[p] = r
			return r
		}
		parent[p] = p
		return p
	}
	names := map[string]bool{}
	for _, f := range links {
		line := f.Geometry.(orb.LineString)
		for _, p := range line[1:] {
			parent[root(p)] = root(line[0])
		}
		names[f.Properties["name"].(string)] = true
		if got, want := geo.Length(line), f.Properties["length_m"].(float64); math.Abs(got-want) > 0.01*want+1 {
			t.Errorf("%v is %.0f m long, claims %.0f", f.ID, got, want)
		}
		if f.Properties["condition"] != nil || f.Properties["quality"] != "schematic" {
			t.Errorf("%v claims condition %v, quality %v", f.ID, f.Properties["condition"], f.Properties["quality"])
		}
	}
	start := root(links[0].Geometry.(orb.LineString)[0])
	for _, f := range links {
		if root(f.Geometry.(orb.LineString)[0]) != start {
			t.Errorf("%v is not connected to the rest", f.ID)
		}
	}
	at := map[string]orb.Point{}
	for _, row := range facts(t, "villages.csv") {
		at[row["code"]] = point(t, row)
	}
	seats := facts(t, "district_seats.csv")
	for _, row := range seats {
		if p, ok := parent[at[row["village_code"]]]; !ok || root(p) != start {
			t.Errorf("no road reaches the seat of %s", row["district_code"])
		}
	}
	if len(seats) != 33 {
		t.Errorf("%d seats, want 33", len(seats))
	}
	for _, name := range []string{
		"Jalan Tol Pandaan–Malang", "Jalan Raya Surabaya–Malang", "Jalan Raya Malang–Kepanjen", "Jalan Raya Malang–Blitar",
		"Jalan Raya Pendem–Batu", "Jalan Raya Batu–Pujon", "Jalan Raya Pujon–Ngantang", "Jalan Raya Ngantang–Kasembon",
		"Jalan Raya Kepanjen–Gondanglegi", "Jalan Raya Gondanglegi–Turen", "Jalan Raya Turen–Dampit", "Jalan Raya Dampit–Lumajang",
		"Jalan Raya Poncokusumo", "Jalan Raya Gubugklakah–Ngadas", "Jalan Raya Sumbermanjing Wetan", "Jalan Raya Sendang Biru",
		"Jalan Raya Gondanglegi–Bantur", "Jalan Raya Bantur–Balekambang", "Jalan Raya Ngliyep", "Jalur Lintas Selatan",
	} {
		if !names[name] {
			t.Errorf("no road is called %q", name)
		}
	}
}

func point(t *testing.T, row map[string]string) orb.Point {
	t.Helper()
	lon, east := strconv.ParseFloat(row["lon"], 64)
	lat, north := strconv.ParseFloat(row["lat"], 64)
	if east != nil || north != nil {
		t.Fatalf("%v has no position", row)
	}
	return orb.Point{lon, lat}
}

func TestBlankSpots(t *testing.T) {
	units := map[any]int{}
	byCode := villages(t)
	for _, f := range read(t, "blankspots") {
		p := f.Properties
		units[p["unit"]]++
		if code, ok := p["village_code"].(string); ok && byCode[code] == nil {
			t.Errorf("%v: no village %s", f.ID, code)
		}
		if p["unit"] == "village" && p["village_code"] == nil || p["unit"] == "district" && p["district_code"] == nil {
			t.Errorf("%v names no code", f.ID)
		}
		if !strings.HasPrefix(p["source"].(string), "http") || p["source_date"] == nil {
			t.Errorf("%v: source %v of %v", f.ID, p["source"], p["source_date"])
		}
	}
	if units["village"] != 11 || units["district"] != 19 || units["point"] != 5 {
		t.Errorf("blank spots by unit: %v, want 11 villages, 19 districts, 5 points", units)
	}
}

// No operator's sample 4g reaches an official blank spot, and every sample
// tower stands in the village it names.
func TestSampleTowersLeaveTheGaps(t *testing.T) {
	byCode := villages(t)
	for _, f := range read(t, "towers") {
		village := byCode[f.Properties["village_code"].(string)]
		if village == nil || !planar.MultiPolygonContains(village.Geometry.(orb.MultiPolygon), f.Geometry.(orb.Point)) {
			t.Errorf("tower %v is not in village %v", f.ID, f.Properties["village_code"])
		}
	}
	gaps := 0
	for _, area := range read(t, "coverage") {
		if area.Properties["quality"] != "illustrative" || !strings.Contains(area.Properties["source"].(string), "data contoh") {
			t.Errorf("coverage %v does not say that it is sample data", area.ID)
		}
		if area.Properties["technology"] != "4g" {
			continue
		}
		for _, spot := range read(t, "blankspots") {
			if spot.Geometry == nil || spot.Properties["status"] != "blank" {
				continue
			}
			gaps++
			if d := metresFrom(area.Geometry.(orb.MultiPolygon), spot.Geometry.(orb.Point)); d < 500 {
				t.Errorf("%v comes within %.0f m of the blank spot %v", area.ID, d, spot.ID)
			}
		}
	}
	if gaps == 0 {
		t.Error("nothing was compared")
	}
}

func TestFigures(t *testing.T) {
	figures, err := Figures()
	if err != nil {
		t.Fatal(err)
	}
	type key struct{ metric, date string }
	got := map[key]float64{}
	for _, f := range figures {
		if f.Source == "" || f.Unit == "" {
			t.Errorf("%s %s has no source or unit", f.Metric, f.Date)
		}
		got[key{f.Metric, f.Date}] = f.Value
	}
	for k, want := range map[key]float64{
		{"blank_spot_villages", "2025"}: 79, {"blank_spot_districts", "2025"}: 19,
		{"blank_spot_villages", "2024"}: 84, {"blank_spot_districts", "2024"}: 20,
		{"blank_spot_points", "2025-11"}: 44, {"blank_spot_points", "2025-09"}: 85,
		{"population", "2020"}: 2_654_448,
	} {
		if got[k] != want {
			t.Errorf("%v: got %v, want %v", k, got[k], want)
		}
	}
}
