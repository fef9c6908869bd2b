package coverage

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
)

func TestBadQueriesNameTheParameter(t *testing.T) {
	snap := bundleSnapshot(t)
	e := testEngine()
	for _, c := range []struct{ query, parameter, allowed string }{
		{"colour=red", "colour", "technology"},
		{"by=province", "by", "regency"},
		{"technology=6g", "technology", "5g"},
		{"evidence=hearsay", "evidence", "measured"},
		{"season=rain", "season", "holiday"},
		{"preset=mine", "preset", "ofcom-4g"},
		{"preset=bakti&min_down=5", "preset", ""},
		{"preset=fcc-mobile&technology=2g", "technology", "5g"},
		{"preset=buffer-fao&evidence=measured", "evidence", "modelled"},
		{"preset=podes", "preset", ""},
		{"min_down=-1", "min_down", ""},
		{"min_down=NaN", "min_down", ""},
		{"min_rsrp=20", "min_rsrp", ""},
		{"near_road=0", "near_road", ""},
		{"near_road=1e9", "near_road", ""},
		{"near_road=100&road_class=motorway", "road_class", "provincial"},
		{"limit=0", "limit", ""},
		{"limit=1.5", "limit", ""},
		{"limit=99999", "limit", ""},
		{"sort=beauty", "sort", "people_gap"},
		{"bbox=1,2,3", "bbox", ""},
		{"bbox=113,-8,112,-9", "bbox", ""},
		{"filter=population >", "filter", ""},
		{"filter=colour = 'red'", "filter", ""},
		{"operator=Nobody", "operator", "Telkomsel"},
		{"operator=0", "operator", ""},
		{"district=99.99", "district", "35.07.01"},
		{"village=35.07.99.9999", "village", ""},
		{"poi=roads", "poi", "destinations"},
		{"cursor=abc", "cursor", ""},
		{"by=village&by=cell", "by", ""},
	} {
		v := url.Values{}
		for part := range strings.SplitSeq(c.query, "&") {
			name, value, _ := strings.Cut(part, "=")
			v.Add(name, value)
		}
		q, err := ParseQuery(v)
		if err == nil {
			_, err = e.Gaps(context.Background(), snap, q)
		}
		var p *ParamError
		switch {
		case !errors.As(err, &p):
			t.Errorf("%s: %v", c.query, err)
		case p.Parameter != c.parameter || c.allowed != "" && !slices.Contains(p.Allowed, c.allowed):
			t.Errorf("%s: %q, allowed %v; want %s and %s", c.query, p.Parameter, p.Allowed, c.parameter, c.allowed)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"", "by=cell&min_rsrp=-100", "filter=name%20LIKE%20%27A%25%27", "bbox=1,2,3,4&district=a,b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		q, err := ParseQuery(v)
		if err != nil {
			return
		}
		again, err := url.ParseQuery(q.Permalink())
		if err != nil {
			t.Fatal(err)
		}
		if p, err := ParseQuery(again); err != nil || p.Permalink() != q.Permalink() {
			t.Fatalf("%q became %q: %v", s, q.Permalink(), err)
		}
	})
}

func TestPagesAreTheWhole(t *testing.T) {
	snap, e := bundleSnapshot(t), testEngine()
	rapid.Check(t, func(t *rapid.T) {
		q := "by=district&evidence=claimed&operator=each&sort=" + rapid.SampledFrom([]string{"", "-"}).Draw(t, "minus") + rapid.SampledFrom(Columns()).Draw(t, "sort")
		all := ask(t, e, snap, q+"&limit=10000")
		var paged []string
		cursor := ""
		for range all.NumberMatched + 1 {
			v, _ := url.ParseQuery(q)
			p, err := ParseQuery(v)
			if err != nil {
				t.Fatal(err)
			}
			p.Limit, p.Cursor = rapid.IntRange(9, 90).Draw(t, "limit"), cursor
			a, err := e.Gaps(context.Background(), snap, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range a.Rows {
				paged = append(paged, r.Code+r.Operator)
			}
			if cursor = a.Next; cursor == "" {
				break
			}
		}
		if len(paged) != len(all.Rows) || !slices.EqualFunc(paged, all.Rows, func(s string, r Row) bool { return s == r.Code+r.Operator }) {
			t.Fatalf("%s: pages have %d rows, the whole %d", q, len(paged), len(all.Rows))
		}
	})
}

func TestTableAndJSONHaveTheSameDigits(t *testing.T) {
	a := ask(t, testEngine(), bundleSnapshot(t), "by=district&evidence=best&near_road=700")
	for _, r := range append(a.Rows, a.Totals) {
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		flat := map[string]string{}
		flatten(t, raw, "", flat)
		cells, values := r.Cells(), r.Values()
		for i, name := range Columns() {
			if flat[name] != cells[i] {
				t.Errorf("%s %s: table %q, JSON %q", r.Code, name, cells[i], flat[name])
			}
			if v, ok := values[i].(float64); ok {
				if b, _ := json.Marshal(v); string(b) != cells[i] {
					t.Errorf("%s %s: property %s, table %s", r.Code, name, b, cells[i])
				}
			}
		}
	}
}

// flatten joins the paths of a JSON object by underscores.
func flatten(t *testing.T, raw []byte, prefix string, to map[string]string) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		t.Fatal(err)
	}
	for name, value := range members {
		switch {
		case value[0] == '{':
			flatten(t, value, prefix+name+"_", to)
		case value[0] == '"':
			var s string
			_ = json.Unmarshal(value, &s)
			to[prefix+name] = s
		case string(value) != "null":
			to[prefix+name] = string(value)
		}
	}
}

func TestMapIsTheTable(t *testing.T) {
	snap, e := bundleSnapshot(t), testEngine()
	v, _ := url.ParseQuery("evidence=claimed&district=35.07.29")
	q, _ := ParseQuery(v)
	l, err := e.Layer(context.Background(), snap, q)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]Row{}
	for _, r := range ask(t, e, snap, "evidence=claimed&district=35.07.29").Rows {
		rows[r.Code] = r
	}
	drawn := 0
	for i := range l.Len() {
		r, in := rows[l.ID(i)]
		if l.Column("class").Has(i) != in {
			t.Errorf("%s is on the map: %v, in the table: %v", l.ID(i), !in, in)
		}
		if !in {
			continue
		}
		drawn++
		if gap, _ := l.Column("people_gap").Float(i); gap != r.People.Gap.Float() || l.Column("class").Value(i) != r.Class {
			t.Errorf("%s: map %v, table %v", l.ID(i), gap, r.People.Gap)
		}
	}
	if drawn != len(rows) || drawn == 0 {
		t.Errorf("%d of %d rows on the map", drawn, len(rows))
	}
	table, err := e.CellTable(context.Background(), snap, q, snap.Layer("villages").Bound, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := geo.Build(context.Background(), nil, []geo.Table{table}, nil); err != nil {
		t.Fatal(err)
	}
	states := map[any]int64{}
	for _, r := range table.Records {
		states[r.Values[0]] += r.Values[1].(int64)
	}
	if states[StateCovered] == 0 || states[StateNot] == 0 {
		t.Errorf("cells by state: %v", states)
	}
}
