package files

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
)

func feature(id, geometry string) string {
	return fmt.Sprintf(`{"type":"Feature","id":%q,"properties":{},"geometry":%s}`, id, geometry)
}

func TestWithin(t *testing.T) {
	text := strings.Join([]string{
		feature("inside", `{"type":"Point","coordinates":[112.55,-7.95]}`),
		feature("second village", `{"type":"Point","coordinates":[112.65,-7.95]}`),
		feature("outside", `{"type":"Point","coordinates":[112.75,-7.95]}`),
		feature("into", `{"type":"LineString","coordinates":[[112.4,-7.95],[112.55,-7.95]]}`),
		feature("across, no vertex inside", `{"type":"LineString","coordinates":[[112.4,-7.95],[112.9,-7.951]]}`),
		feature("past", `{"type":"LineString","coordinates":[[112.4,-7.5],[112.9,-7.5]]}`),
		feature("shares half", `{"type":"Polygon","coordinates":[[[112.55,-8],[112.65,-8],[112.65,-7.9],[112.55,-7.9],[112.55,-8]]]}`),
		feature("neighbour that overlaps by a sliver", `{"type":"Polygon","coordinates":[[[112.4,-8],[112.50001,-8],[112.50001,-7.9],[112.4,-7.9],[112.4,-8]]]}`),
		feature("nowhere", `null`),
	}, "\n")
	for within, want := range map[string]string{
		"villages":               "across, no vertex inside|inside|into|nowhere|second village|shares half",
		"villages:35.07":         "across, no vertex inside|inside|into|nowhere|second village|shares half",
		"villages:35.07.01.2001": "across, no vertex inside|inside|into|nowhere|shares half",
		"":                       "inside|nowhere|shares half",
	} {
		opts := Options{Collection: "things", Within: within}
		if within == "" {
			opts.BBox = &orb.Bound{Min: orb.Point{112.54, -7.96}, Max: orb.Point{112.56, -7.94}}
			want = "across, no vertex inside|inside|into|nowhere|shares half"
		}
		store := villagesAt()
		report, err := Import(context.Background(), store, Stream("things.geojson", strings.NewReader(text)), opts)
		if err != nil {
			t.Fatal(within, err)
		}
		var got []string
		for _, r := range store.tables["things"].Records {
			got = append(got, r.ID)
		}
		if strings.Join(got, "|") != want || report.Stored != len(got) || report.Outside != report.Read-len(got) {
			t.Errorf("within %q: %s, %+v", within, strings.Join(got, "|"), report)
		}
	}
	for within, want := range map[string]string{"rivers": "the store has no collection rivers", "villages:36.01": "no area of that name"} {
		_, err := Import(context.Background(), villagesAt(), Stream("x", strings.NewReader(text)), Options{Collection: "things", Within: within})
		if !errors.Is(err, data.ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", within, err)
		}
	}
	far := &orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}}
	_, err := Import(context.Background(), &memory{}, Stream("x", strings.NewReader(feature("a", `{"type":"Point","coordinates":[112,-8]}`))), Options{Collection: "things", BBox: far})
	if err == nil || !strings.Contains(err.Error(), "none of its 1 feature is within") {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	area := feature("1", `{"type":"Polygon","coordinates":[[[112.5,-8],[112.6,-8],[112.6,-7.9],[112.5,-8]]]}`)
	store := &memory{}
	opts := Options{Collection: "coverage", Set: map[string]string{"operator": "Telkomsel", "technology": "LTE", "evidence": "claimed", "down_mbps": "12.5"}, Attribution: "The operator", License: "CC-BY-4.0"}
	if _, err := Import(context.Background(), store, Stream("x.geojson", strings.NewReader(area)), opts); err != nil {
		t.Fatal(err)
	}
	table := store.tables["coverage"]
	for field, want := range map[string]any{"operator": "Telkomsel", "technology": "4g", "evidence": "claimed", "down_mbps": 12.5} {
		if got := table.Records[0].Values[table.Collection.FieldIndex(field)]; got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	if table.Collection.Attribution != "The operator" || table.Collection.License != "CC-BY-4.0" {
		t.Errorf("%+v", table.Collection)
	}
	if _, err := Import(context.Background(), store, Stream("x.geojson", strings.NewReader(area)), Options{Collection: "things", Set: map[string]string{"year": "2024", "who": "me"}}); err != nil {
		t.Fatal(err)
	}
	things := store.tables["things"]
	if got := things.Records[0].Values[things.Collection.FieldIndex("year")]; got != int64(2024) {
		t.Errorf("year is %v", got)
	}
	for text, set := range map[string]map[string]string{
		"collection coverage has no such field": {"colour": "red"},
		`want one of 2g, 3g`:                    {"technology": "6g"},
		"want a number":                         {"down_mbps": "fast"},
		"want the name of a field":              {"id": "1"},
	} {
		_, err := Import(context.Background(), store, Stream("x.geojson", strings.NewReader(area)), Options{Collection: "coverage", Set: set})
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%v: %v", set, err)
		}
	}
}
