package files

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// testRows gathers single speed tests into tiles of zoom 16, one row for each
// tile, period and network: means of the tests, and how many there were. Rows
// that are no test are passed on to be refused.
type testRows struct {
	rows
	single int
}

var _ informed = (*testRows)(nil)

func (t *testRows) format() string                        { return t.rows.format() + ", single tests" }
func (t *testRows) credit() (attribution, license string) { return t.rows.(informed).credit() }

func (t *testRows) found() []Found {
	return append([]Found{{"single speed tests", t.single}}, found(t.rows)...)
}

// maxTestTiles bounds the memory: tiles are about 600 m wide.
const maxTestTiles = 2_000_000

type testKey struct {
	tile            maptile.Tile
	period, network string
}

type testSum struct {
	tests   int64
	sums    [3]float64 // of down, up, latency
	counts  [3]int64
	devices map[string]bool
	first   place
}

// Names of the columns of single tests, and what makes their unit the field's.
var testColumns = [3][]struct {
	name string
	per  float64
}{
	{{"down_mbps", 1}, {"download_mbps", 1}, {"download", 1}, {"down", 1}, {"download_kbps", 1000}, {"avg_d_kbps", 1000}},
	{{"up_mbps", 1}, {"upload_mbps", 1}, {"upload", 1}, {"up", 1}, {"upload_kbps", 1000}, {"avg_u_kbps", 1000}},
	{{"latency_ms", 1}, {"latency", 1}, {"ping", 1}, {"ping_ms", 1}, {"rtt", 1}, {"avg_lat_ms", 1}},
}

func (t *testRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		t.single = 0
		number := 0
		tiles := map[testKey]*testSum{}
		for r, err := range t.rows.all(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if why := t.add(tiles, r); why.reason != "" {
				number++
				r.flaws = append(r.flaws, why)
				r.place.number = number
				if !yield(r, nil) {
					return
				}
			}
			if len(tiles) > maxTestTiles {
				yield(nil, &FileError{Reason: fmt.Sprintf("tests in more than %d tiles: take a part of them with --bbox or --within", maxTestTiles)})
				return
			}
		}
		keys := make([]testKey, 0, len(tiles))
		for k := range tiles {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b testKey) int {
			return cmp.Or(cmp.Compare(quadkeyOf(a.tile), quadkeyOf(b.tile)), cmp.Compare(a.period, b.period), cmp.Compare(a.network, b.network))
		})
		for _, k := range keys {
			number++
			if !yield(k.row(tiles[k], number), nil) {
				return
			}
		}
	}
}

// add counts one test, or says why it is none.
func (t *testRows) add(tiles map[testKey]*testSum, r *row) flaw {
	for _, f := range r.flaws {
		if !f.repaired {
			return f
		}
	}
	at, ok := r.geometry.(orb.Point)
	if !ok {
		return refuse("geometry", CodeType, "a single test is at a point")
	}
	if !(at[0] >= -180 && at[0] <= 180 && at[1] >= -85 && at[1] <= 85) {
		return refuse("geometry", CodeOutside, "%s is outside the world", point(at))
	}
	k := testKey{tile: tileAt(at), network: strings.ToLower(textOf(r, "network", "network_type", "connection")), period: month(textOf(r, "period", "date", "timestamp", "time", "tested_at"))}
	switch k.network {
	case "wifi", "wi-fi", "fibre", "fiber", "ethernet", "lan":
		k.network = "fixed"
	case "cellular", "2g", "3g", "4g", "5g", "lte", "nr":
		k.network = "mobile"
	}
	var values [3]float64
	var has [3]bool
	for i, names := range testColumns {
		for _, n := range names {
			v := r.value(n.name)
			if v == nil || has[i] {
				continue
			}
			x, ok := numberOf(v)
			if !ok || x < 0 {
				return refuse(n.name, CodeValue, "is %q, want a number from 0", brief(textOf(r, n.name)))
			}
			values[i], has[i] = x/n.per, true
		}
	}
	if !has[0] {
		return refuse("down_mbps", CodeMissing, "is missing: a test has a speed")
	}
	s := tiles[k]
	if s == nil {
		s = &testSum{devices: map[string]bool{}, first: r.place}
		tiles[k] = s
	}
	t.single++
	s.tests++
	for i := range values {
		if has[i] {
			s.sums[i] += values[i]
			s.counts[i]++
		}
	}
	if d := textOf(r, "device", "device_id"); d != "" && len(s.devices) < 100_000 {
		s.devices[d] = true
	}
	return flaw{}
}

func (k testKey) row(s *testSum, number int) *row {
	quadkey := quadkeyOf(k.tile)
	r := &row{place: place{s.first.line, number}, geometry: k.tile.Bound().ToPolygon(), id: strings.Trim(quadkey+"-"+k.period+"-"+k.network, "-")}
	for i, name := range []string{"down_mbps", "up_mbps", "latency_ms"} {
		if s.counts[i] > 0 {
			r.properties = append(r.properties, property{name, s.sums[i] / float64(s.counts[i])})
		}
	}
	r.properties = append(r.properties, property{"tests", s.tests})
	if len(s.devices) > 0 {
		r.properties = append(r.properties, property{"devices", int64(len(s.devices))})
	}
	r.setText("period", k.period)
	r.setText("network", k.network)
	return r
}

// month is the year and month that a date begins with, else the text itself.
func month(date string) string {
	if len(date) > 7 && date[4] == '-' && strings.Trim(date[:4]+date[5:7], "0123456789") == "" {
		return date[:7]
	}
	return date
}

// textOf is the text of the first property of those names that has one.
func textOf(r *row, names ...string) string {
	for _, n := range names {
		v := r.value(n)
		if c, ok := v.(cell); ok {
			v = c.text
		}
		if text := strings.TrimSpace(scalarText(v)); text != "" {
			return text
		}
	}
	return ""
}
