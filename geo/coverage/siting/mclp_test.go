package siting

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/internal/testdata"
)

// instances is the folder of instances with proven optima.
func instances(t testing.TB) string {
	t.Helper()
	return testdata.Path(t, "planner", "mclp")
}

// points turns a set of demand units into runs.
func points(units []int) []Run {
	slices.Sort(units)
	var runs []Run
	for _, u := range units {
		if n := len(runs); n > 0 && int(runs[n-1].End) == u {
			runs[n-1].End++
		} else {
			runs = append(runs, Run{uint32(u), uint32(u + 1)})
		}
	}
	return runs
}

// sanFrancisco is 205 census tracts and 16 stores, which cover what is within a
// radius in metres along the roads.
func sanFrancisco(t testing.TB, radius float64) *Problem {
	t.Helper()
	read := func(name string) [][]string {
		f, err := os.Open(filepath.Join(instances(t), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	p := &Problem{}
	unit := map[string]int{}
	for i, row := range read("SF_demand_205_centroid_uniform_weight.csv") {
		people, err := strconv.ParseInt(row[6], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		unit[row[3]] = i
		p.Weights = append(p.Weights, people)
	}
	covers := map[string][]int{}
	for _, row := range read("SF_network_distance_candidateStore_16_censusTract_205_new.csv") {
		d, err := strconv.ParseFloat(row[0], 64)
		if err != nil {
			t.Fatal(err)
		}
		tract, ok := unit[strings.TrimSpace(row[2])]
		if !ok {
			t.Fatalf("no tract %q", row[2])
		}
		if d <= radius {
			covers[row[1]] = append(covers[row[1]], tract)
		}
	}
	for _, store := range slices.Sorted(maps.Keys(covers)) {
		p.Covers = append(p.Covers, points(covers[store]))
	}
	return p
}

// grid is 100 facilities and 1,000 clients in a square, with a radius in its units.
func grid(t testing.TB, radius float64) *Problem {
	t.Helper()
	f, err := os.Open(filepath.Join(instances(t), "GRID_n100_m1000_s1.dat"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type at struct{ x, y float64 }
	var sites, clients []at
	p := &Problem{}
	for s := bufio.NewScanner(f); s.Scan(); {
		var kind string
		var n int
		var a at
		var w float64
		if _, err := fmt.Sscan(s.Text(), &kind, &n, &a.x, &a.y, &w); err != nil {
			continue // the head
		}
		if kind == "F" {
			sites = append(sites, a)
		} else {
			clients = append(clients, a)
			p.Weights = append(p.Weights, int64(w))
		}
	}
	if len(sites) != 100 || len(clients) != 1000 {
		t.Fatalf("%d facilities and %d clients", len(sites), len(clients))
	}
	for _, s := range sites {
		var units []int
		for i, c := range clients {
			if (s.x-c.x)*(s.x-c.x)+(s.y-c.y)*(s.y-c.y) <= radius*radius {
				units = append(units, i)
			}
		}
		p.Covers = append(p.Covers, points(units))
	}
	return p
}

// TestProvenOptima meets every published optimum, and no certificate claims more
// than is true.
func TestProvenOptima(t *testing.T) {
	var published []struct{ R, P, Opt int64 }
	raw, err := os.ReadFile(filepath.Join(instances(t), "sf_mclp_optima.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &published); err != nil {
		t.Fatal(err)
	}
	type instance struct {
		name string
		p    *Problem
		opt  int64
	}
	var all []instance
	for _, i := range published {
		p := sanFrancisco(t, float64(i.R))
		p.Budget = i.P
		all = append(all, instance{fmt.Sprintf("SF R%d p%d", i.R, i.P), p, i.Opt})
	}
	for _, i := range []struct {
		radius float64
		p, opt int64
	}{{5.5, 5, 27162}, {5.5, 6, 31689}, {5.5, 8, 39384}, {6.25, 4, 28550}, {6.25, 6, 38054}, {6.25, 8, 44828}} {
		p := grid(t, i.radius)
		p.Budget = i.p
		all = append(all, instance{fmt.Sprintf("GRID R%v p%d", i.radius, i.p), p, i.opt})
	}
	t.Log("instance | optimum | greedy | swap | exact | bound | certificate | value/optimum | evaluations")
	for _, i := range all {
		var looked int64
		g := newChoice(i.p, &looked)
		if err := greedy(context.Background(), g, false, func() {}); err != nil {
			t.Fatal(err)
		}
		heuristic, err := Solve(context.Background(), i.p, Options{Nodes: -1})
		if err != nil {
			t.Fatal(err)
		}
		if heuristic.UpperBound < i.opt || heuristic.Ratio > float64(heuristic.Value)/float64(i.opt)+1e-12 {
			t.Errorf("%s: a certificate of %.4f (bound %d) for %d of %d", i.name, heuristic.Ratio, heuristic.UpperBound, heuristic.Value, i.opt)
		}
		if raced && len(i.p.Weights) > 500 {
			continue
		}
		exact, err := Solve(context.Background(), i.p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s | %d | %d | %d | %d %s | %d | %.4f | %.4f | %d", i.name, i.opt, g.value, heuristic.Value, exact.Value,
			map[bool]string{true: "proven", false: "open"}[exact.Proven], heuristic.UpperBound, heuristic.Ratio, float64(heuristic.Value)/float64(i.opt), heuristic.Evaluations)
		if !exact.Proven || exact.Value != i.opt {
			t.Errorf("%s: exact %d, proven %v; the optimum is %d", i.name, exact.Value, exact.Proven, i.opt)
		}
	}
}
