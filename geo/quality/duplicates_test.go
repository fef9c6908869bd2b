package quality

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/petadesa/petadesa/internal/testdata"
)

func readCSV(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(testdata.Path(t, "tourism", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func observations(t *testing.T) []Mention {
	t.Helper()
	var ms []Mention
	for _, r := range readCSV(t, "destinations_raw_observations.csv") {
		m := Mention{Name: r["name"], Village: r["village"], District: r["kecamatan"]}
		lat, err := strconv.ParseFloat(r["lat"], 64)
		lon, err2 := strconv.ParseFloat(r["lon"], 64)
		if err == nil && err2 == nil {
			m.At, m.Located = orb.Point{lon, lat}, true
		}
		ms = append(ms, m)
	}
	return ms
}

// truth is which destination of the merged file each mention is.
func truth(t *testing.T, ms []Mention) []int {
	t.Helper()
	byName := map[string]int{}
	for i, r := range readCSV(t, "destinations_malang.csv") {
		byName[r["name"]] = i
	}
	of := make([]int, len(ms))
	for i, m := range ms {
		n, ok := byName[m.Name]
		if !ok {
			t.Fatalf("no destination %q", m.Name)
		}
		of[i] = n
	}
	return of
}

// score counts pairs of mentions.
func score(of []int, d Duplicates, flagged bool) (precision, recall float64) {
	group := make([]int, len(of))
	for i := range group {
		group[i] = i
	}
	for _, g := range d.Groups {
		for _, i := range g {
			group[i] = g[0]
		}
	}
	if flagged {
		for _, a := range slices.Concat(d.Near, d.Conflicts) {
			from, to := group[a.Doubt], group[a.Keep]
			for i := range group {
				if group[i] == from {
					group[i] = to
				}
			}
		}
	}
	right, found, wanted := 0, 0, 0
	for i := range of {
		for j := range i {
			same, said := of[i] == of[j], group[i] == group[j]
			if same {
				wanted++
			}
			if said {
				found++
			}
			if same && said {
				right++
			}
		}
	}
	return float64(right) / float64(found), float64(right) / float64(wanted)
}

func TestDuplicatesAmongObservations(t *testing.T) {
	ms := observations(t)
	of := truth(t, ms)
	d := FindDuplicates(ms)
	merged := len(ms)
	for _, g := range d.Groups {
		merged -= len(g) - 1
	}
	p, r := score(of, d, false)
	t.Logf("%d mentions become %d places: precision %.4f, recall %.4f", len(ms), merged, p, r)
	fp, fr := score(of, d, true)
	t.Logf("with those flagged (%d near, %d in conflict): precision %.4f, recall %.4f", len(d.Near), len(d.Conflicts), fp, fr)
	if p < 1 || r < 0.9 || fp < 1 || fr < 1 {
		t.Error("worse than it was")
	}
	at := map[int]int{}
	for k, g := range d.Groups {
		for _, i := range g {
			at[i] = k + 1
			if of[i] != of[g[0]] {
				t.Logf("wrongly joined: %s and %s", ms[i].Name, ms[g[0]].Name)
			}
		}
	}
	for _, a := range d.Near {
		t.Logf("near: %s, %.0f m", ms[a.Keep].Name, a.DistanceM)
	}
}

func TestConflictsAmongObservations(t *testing.T) {
	ms := observations(t)
	d := FindDuplicates(ms)
	want := readCSV(t, "destinations_conflicts.csv")
	if len(d.Conflicts) != len(want) {
		t.Errorf("%d conflicts, want %d", len(d.Conflicts), len(want))
	}
	for _, w := range want {
		lat, _ := strconv.ParseFloat(w["lat_bad"], 64)
		lon, _ := strconv.ParseFloat(w["lon_bad"], 64)
		m, _ := strconv.ParseFloat(w["distance_m"], 64)
		i := slices.IndexFunc(d.Conflicts, func(a Apart) bool { return ms[a.Doubt].Name == w["name"] })
		if i < 0 {
			t.Errorf("%s: not found", w["name"])
			continue
		}
		c := d.Conflicts[i]
		t.Logf("%s: %.0f m", w["name"], c.DistanceM)
		if orbgeo.DistanceHaversine(ms[c.Doubt].At, orb.Point{lon, lat}) > 1 || math.Abs(c.DistanceM-m) > NearM {
			t.Errorf("%s: %v is in doubt at %.0f m, want %v, %v at %.0f", w["name"], ms[c.Doubt].At, c.DistanceM, lon, lat, m)
		}
	}
}

// The same mentions as careless people would write them: each in another of the
// usual spellings, every third with a slip.
func TestDuplicatesInOtherSpellings(t *testing.T) {
	ms := observations(t)
	of := truth(t, ms)
	for i := range ms {
		ms[i].Name = respell(ms[i].Name, i)
	}
	d := FindDuplicates(ms)
	p, r := score(of, d, true)
	t.Logf("spelled in other ways: precision %.4f, recall %.4f", p, r)
	if p < 0.99 || r < 0.75 {
		t.Error("worse than it was")
	}
}

func respell(name string, i int) string {
	switch i % 6 {
	case 0:
		name = strings.ToUpper(name)
	case 1:
		name = strings.NewReplacer("u", "oe", "j", "dj", "c", "tj").Replace(name)
	case 2:
		name = strings.NewReplacer("Pantai ", "Pt. ", "Gunung ", "Gn. ", "Coban ", "Air Terjun Coban ", "Goa", "Gua").Replace(name)
	case 3:
		if words := strings.Fields(name); len(words) > 2 {
			name = words[0] + " " + strings.Join(words[1:], "")
		}
	case 4:
		name = strings.TrimPrefix(strings.TrimPrefix(name, "Pantai "), "Coban ")
	}
	if i%3 == 0 && len(name) > 8 { // a letter forgotten
		at := len(name) - 3
		name = name[:at] + name[at+1:]
	}
	return name
}
