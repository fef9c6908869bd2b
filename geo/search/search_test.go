package search

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// facts reads a table of the bundled regency, as points.
func facts(t testing.TB, file, id string) geo.Table {
	t.Helper()
	f, err := os.Open(filepath.Join("../../data/bundle/facts", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(file, ".csv")
	table := geo.Table{Collection: geo.Collection{ID: name, Title: name, Geometry: geo.Point, MaxZoom: 14}}
	column := map[string]int{}
	for i, h := range rows[0] {
		column[h] = i
		if h != "lon" && h != "lat" {
			table.Collection.Fields = append(table.Collection.Fields, geo.Field{Name: h, Type: geo.String})
		}
	}
	for _, row := range rows[1:] {
		r := geo.Record{ID: row[column[id]]}
		if x, ok := column["lon"]; ok {
			lon, errLon := strconv.ParseFloat(row[x], 64)
			lat, errLat := strconv.ParseFloat(row[column["lat"]], 64)
			if errLon == nil && errLat == nil {
				r.Geometry = orb.Point{lon, lat}
			}
		}
		for _, f := range table.Collection.Fields {
			var v any
			if s := row[column[f.Name]]; s != "" {
				v = s
			}
			r.Values = append(r.Values, v)
		}
		table.Records = append(table.Records, r)
	}
	return table
}

// regency is the index of the bundled names.
func regency(t testing.TB, more ...geo.Table) *Index {
	t.Helper()
	villages := facts(t, "villages.csv", "code")
	districts := geo.Table{Collection: geo.Collection{ID: "districts", Title: "Districts", Geometry: geo.Point, MaxZoom: 14, Fields: []geo.Field{{Name: "name", Type: geo.String}}}}
	seen := map[string]bool{}
	for _, r := range villages.Records {
		code, name := r.Values[villages.Collection.FieldIndex("district_code")].(string), r.Values[villages.Collection.FieldIndex("district")]
		if !seen[code] {
			seen[code] = true
			districts.Records = append(districts.Records, geo.Record{ID: code, Geometry: r.Geometry, Values: []any{name}})
		}
	}
	tables := append([]geo.Table{villages, districts, facts(t, "destinations.csv", "id"), facts(t, "products.csv", "id")}, more...)
	s, err := geo.Build(context.Background(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	return NewIndex(s)
}

// TestJudgedQueries counts how often what people mean comes first, or among five.
func TestJudgedQueries(t *testing.T) {
	raw, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	x := regency(t)
	queries, first, five := 0, 0, 0
	for line := range strings.Lines(string(raw)) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) < 3 {
			continue
		}
		queries++
		at := -1
		found := x.Find(fields[0], Options{Limit: 5})
		for i, f := range found {
			if string(f.Kind) == fields[1] && f.Name == fields[2] && (len(fields) < 4 || f.Subtitle == fields[3]) {
				at = i
				break
			}
		}
		if at >= 0 {
			five++
		}
		if at == 0 {
			first++
			continue
		}
		var got []string
		for _, f := range found {
			got = append(got, fmt.Sprintf("%s %s (%s) %.3f", f.Kind, f.Name, f.Subtitle, f.Score))
		}
		t.Logf("%q: %s is at %d of %v", fields[0], strings.Join(fields[1:], " "), at, got)
	}
	r1, r5 := float64(first)/float64(queries), float64(five)/float64(queries)
	t.Logf("%d queries: recall@1 %.3f, recall@5 %.3f", queries, r1, r5)
	if queries < 150 || r1 < 0.9 || r5 < 0.98 {
		t.Errorf("want at least 150 queries, recall@1 of 0.9 and recall@5 of 0.98")
	}
}

func TestCoordinates(t *testing.T) {
	near := orb.Point{112.6, -8}
	for s, want := range map[string]orb.Point{
		"-8.3871, 112.6554":             {112.6554, -8.3871},
		"-8,3871; 112,6554":             {112.6554, -8.3871},
		"112.6554 -8.3871":              {112.6554, -8.3871},
		"8.3871S 112.6554E":             {112.6554, -8.3871},
		"8°23'13.6\"S 112°39'19.4\"E":   {112.655389, -8.387111},
		"8 23 13.6 S, 112 39 19.4 E":    {112.655389, -8.387111},
		"8°23′13,6″ LS 112°39′19,4″ BT": {112.655389, -8.387111},
		"112°39'19.4\"E 8°23'13.6\"S":   {112.655389, -8.387111},
		"6P4GJM74+5X":                   {110.6574375, -7.3870625},
		"JM74+5X Malang":                {112.6574375, -8.3870625},
		"7FG49QCJ+2V":                   {2.7821875, 20.3700625}, // of the specification's own tests
		"6P4G0000+":                     {110.5, -7.5},
		"6P4GJM74+5XR":                  {110.657390625, -7.3870125},
	} {
		got, ok := ParseCoordinate(s, &near)
		if !ok || math.Abs(got[0]-want[0]) > 2e-5 || math.Abs(got[1]-want[1]) > 2e-5 {
			t.Errorf("%s: %v (%v), want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "8", "65178", "Gang 8.5", "-98.1, 200.2", "8.5S 7.5S", "Jalan 12.5 7", "+", "AB+CD", "35.07.29.2002", "2,5 3", strings.Repeat("1", 5000)} {
		if p, ok := ParseCoordinate(s, &near); ok {
			t.Errorf("%q was taken for %v", s, p)
		}
	}
}

func TestAnyTextHasAnAnswer(t *testing.T) {
	x := regency(t)
	for _, s := range []string{
		"", " ", "'", "%", "\x00", "\xff\xfe", "😀🏖️", "مالانج", "<script>alert(1)</script>", "'; DROP TABLE villages; --",
		strings.Repeat("a", 10_000), strings.Repeat("pantai ", 2000), strings.Repeat("é", 3000),
	} {
		for _, f := range x.Find(s, Options{}) {
			if f.Score < 0 || f.Score > 1 {
				t.Errorf("%q: score %v", s, f.Score)
			}
		}
	}
}

func TestNearerComesFirst(t *testing.T) {
	x := regency(t)
	for _, near := range []orb.Point{{112.4, -7.9}, {112.75, -8.35}} {
		found := x.Find("sukorejo", Options{Near: &near, Kinds: []Kind{Village}})
		if len(found) < 2 || found[0].Score < found[1].Score {
			t.Fatalf("%v", found)
		}
		d := func(f Found) float64 { return math.Hypot(f.Point[0]-near[0], f.Point[1]-near[1]) }
		if found[0].Name == found[1].Name && d(found[0]) > d(found[1]) {
			t.Errorf("from %v: %v before %v", near, found[0], found[1])
		}
	}
}

func TestMarks(t *testing.T) {
	x := regency(t)
	for q, want := range map[string]string{"bajul": "[[7 12]]", "pantai balek": "[[0 6] [7 12]]", "balekmbang": "[[7 18]]"} {
		found := x.Find(q, Options{Limit: 1})
		if len(found) != 1 || fmt.Sprint(found[0].Marks) != want {
			t.Errorf("%s: %+v, want marks %s", q, found, want)
		}
	}
}

// TestLikeIsWhatTheDefinitionSays compares with the whole table for each term.
func TestLikeIsWhatTheDefinitionSays(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	draw := func() string {
		b := make([]byte, 1+random.IntN(10))
		for i := range b {
			b[i] = byte('a' + random.IntN(3))
		}
		return string(b)
	}
	for range 300 {
		terms := map[string]bool{}
		for range 40 {
			terms[draw()] = true
		}
		v := newVocabulary(slices.Collect(maps.Keys(terms)))
		word := draw()
		slips := allowed(len(word))
		got := map[int32]float64{}
		for _, h := range v.like(word, true) {
			got[h.term] = h.quality
		}
		for i, term := range v.terms {
			whole, begins := tooFar, tooFar
			for n := range len(term) + 1 {
				d := distance(word, term[:n])
				begins = min(begins, d)
				if n == len(term) {
					whole = d
				}
			}
			if want := quality(word, term, whole, begins, slips, true); want != got[int32(i)] {
				t.Fatalf("%q and %q: %v, want %v (whole %d, begins %d)", word, term, got[int32(i)], want, whole, begins)
			}
		}
	}
}

// distance of Damerau and Levenshtein, optimal string alignment.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func FuzzFind(f *testing.F) {
	x := regency(f)
	for _, s := range []string{"pantai", "8°S 112°E", "6P4GJM74+5X", "35.07", "\xff", "a'b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, found := range x.Find(s, Options{Near: &orb.Point{112.6, -8}}) {
			n := len([]rune(found.Name))
			for _, m := range found.Marks {
				if m[0] < 0 || m[1] > n || m[0] >= m[1] {
					t.Fatalf("%q marks %v of %q", s, m, found.Name)
				}
			}
		}
	})
}

// hundredThousand is made-up names of the sort that there are.
func hundredThousand() geo.Table {
	random := rand.New(rand.NewPCG(1, 1))
	syllables := strings.Fields("su ko re jo tum pang ba le kam bang won o sa ri ka li pa re ngan tang do no mul yo ge dang an tir to yu do ban jar wo no ke san kar to gon dang le gi pa gak")
	make1 := func() string {
		var b strings.Builder
		for range 3 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		return b.String()
	}
	t := geo.Table{Collection: geo.Collection{ID: "roads", Title: "Roads", Geometry: geo.Line, MaxZoom: 14, Fields: []geo.Field{{Name: "name", Type: geo.String}}}}
	for i := range 100_000 {
		p := orb.Point{112 + random.Float64(), -8 - random.Float64()}
		t.Records = append(t.Records, geo.Record{ID: fmt.Sprint(i), Geometry: orb.LineString{p, {p[0] + .001, p[1]}}, Values: []any{"Jalan " + make1() + " " + make1()}})
	}
	return t
}

// BenchmarkFind is people typing over 100,000 names beside those of the regency:
// any name of the index, as far as it was typed when the question went out, with up
// to two slips.
func BenchmarkFind(b *testing.B) {
	x := regency(b, hundredThousand())
	random := rand.New(rand.NewPCG(2, 2))
	var took []time.Duration
	for b.Loop() {
		asked := typed(random, x.docs[random.IntN(len(x.docs))].name)
		if random.IntN(4) == 0 { // the regency's own are asked for more often
			asked = typed(random, x.docs[random.IntN(800)].name)
		}
		start := time.Now()
		x.Find(asked, Options{Limit: 10, Near: &orb.Point{112.6, -8.1}})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(float64(took[(len(took)-1)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(float64(len(x.docs)), "names")
}

// typed is a name as someone types it: up to some letter, with 0 to 2 slips.
func typed(random *rand.Rand, name string) string {
	runes := []rune(strings.ToLower(name))
	runes = runes[:1+random.IntN(len(runes))]
	for range random.IntN(3) {
		at := random.IntN(len(runes))
		switch random.IntN(4) {
		case 0:
			runes = slices.Delete(runes, at, min(at+1, len(runes)))
		case 1:
			runes = slices.Insert(runes, at, 'a'+rune(random.IntN(26)))
		case 2:
			runes[at] = 'a' + rune(random.IntN(26))
		case 3:
			runes[at], runes[max(at-1, 0)] = runes[max(at-1, 0)], runes[at]
		}
		if len(runes) == 0 {
			return "a"
		}
	}
	return string(runes)
}
