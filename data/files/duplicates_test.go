package files

import (
	"context"
	"strings"
	"testing"
)

const twice = `{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a","properties":{"name":"Pantai Bajul Mati"},"geometry":{"type":"Point","coordinates":[112.63558,-8.43137]}},
{"type":"Feature","id":"b","properties":{"name":"Pt. Bajulmati","category":"beach","website":"https://example.org"},"geometry":{"type":"Point","coordinates":[112.6360,-8.4310]}},
{"type":"Feature","id":"c","properties":{"name":"Bajul Mati"},"geometry":{"type":"Point","coordinates":[112.9,-8.1]}}]}`

func TestDuplicates(t *testing.T) {
	store := &memory{}
	report, err := Import(context.Background(), store, Stream("stdin", strings.NewReader(twice)), Options{Collection: "destinations"})
	if err != nil || report.Stored != 3 || report.Noted != 2 || report.Merged != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	report, err = Import(context.Background(), store, Stream("stdin", strings.NewReader(twice)), Options{Collection: "destinations", Duplicates: DuplicatesMerge})
	if err != nil || report.Stored != 2 || report.Merged != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	table := store.tables["destinations"]
	if ids(table) != "a c" || table.Records[0].Values[table.Collection.FieldIndex("category")] != "beach" {
		t.Errorf("%v", table.Records)
	}
	if _, err := Import(context.Background(), store, Stream("stdin", strings.NewReader(twice)), Options{Collection: "destinations", Duplicates: "drop"}); err == nil {
		t.Error("a way that there is not")
	}
}
