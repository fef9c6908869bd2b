package files

import (
	"context"
	"iter"
	"math"
	"regexp"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/petadesa/petadesa/data/files/jsontext"
)

// measuredRows gives measurements their meaning: of Ookla's open data, whatever
// file they are in, speeds are in kbit/s, the id of a tile is its quadkey,
// which also says where it is, and the file's name says which quarter of a year
// and which kind of network. Other rows are passed on as they are.
type measuredRows struct {
	rows
	period, network string
	ookla           bool
}

var _ informed = (*measuredRows)(nil)

var ooklaName = regexp.MustCompile(`(\d{4})-(\d{2})-\d{2}_performance_(fixed|mobile)`)

func measured(file rows, name string, opts *Options) rows {
	if opts.Collection != "measurements" {
		return file
	}
	m := &measuredRows{rows: file}
	if found := ooklaName.FindStringSubmatch(name); found != nil {
		m.network = found[3]
		m.period = found[1] + "-Q" + map[string]string{"01": "1", "04": "2", "07": "3", "10": "4"}[found[2]]
	}
	if opts.Aggregate {
		return &testRows{rows: m}
	}
	return m
}

func (m *measuredRows) credit() (attribution, license string) {
	for r, err := range m.rows.all(context.Background()) {
		m.ookla = err == nil && isOokla(r)
		break
	}
	if m.ookla {
		return "Ookla, Speedtest Global Performance Maps", "CC-BY-NC-SA-4.0"
	}
	return "", ""
}

func (m *measuredRows) found() []Found { return found(m.rows) }

func isOokla(r *row) bool { return r.value("quadkey") != nil && r.value("avg_d_kbps") != nil }

// value is that of the property of a name, without regard to case.
func (r *row) value(name string) any {
	for i := range r.properties {
		if strings.EqualFold(r.properties[i].name, name) {
			return r.properties[i].value
		}
	}
	return nil
}

func (m *measuredRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		for r, err := range m.rows.all(ctx) {
			if err == nil && isOokla(r) {
				m.tile(r)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// tile makes a row of Ookla's one of measurements.
func (m *measuredRows) tile(r *row) {
	quadkey := strings.TrimSpace(scalarText(r.value("quadkey")))
	t, ok := tileOf(quadkey)
	if !ok {
		r.flaws = append(r.flaws, refuse("quadkey", CodeValue, "is %q, want 1 to 24 digits from 0 to 3", brief(quadkey)))
		return
	}
	var kept []property
	for _, p := range []struct {
		from, to string
		per      float64
	}{{"avg_d_kbps", "down_mbps", 1000}, {"avg_u_kbps", "up_mbps", 1000}, {"avg_lat_ms", "latency_ms", 1}, {"tests", "tests", 0}, {"devices", "devices", 0}} {
		v := r.value(p.from)
		if v == nil {
			continue
		}
		if p.per == 0 {
			kept = append(kept, property{p.to, v})
			continue
		}
		x, ok := numberOf(v)
		if !ok || x < 0 {
			r.flaws = append(r.flaws, refuse(p.from, CodeValue, "is %q, want a number from 0", brief(scalarText(v))))
			continue
		}
		kept = append(kept, property{p.to, x / p.per})
	}
	r.properties = append(r.properties[:0], kept...)
	r.setText("period", m.period)
	r.setText("network", m.network)
	r.setText("source", "Ookla")
	r.id = strings.Trim(quadkey+"-"+m.period+"-"+m.network, "-")
	r.geometry, r.srid = t.Bound().ToPolygon(), 0
}

// numberOf is the number in a value of any reader.
func numberOf(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	case int64:
		return float64(v), true
	case cell:
		if v.number != "" {
			return parseFloat([]byte(v.number))
		}
		return numberOf(v.text)
	}
	text := strings.TrimSpace(scalarText(v))
	if n := jsontext.NumeralLength(text); n == 0 || n != len(text) {
		return 0, false
	}
	return parseFloat([]byte(text))
}

// tileOf is the tile of a quadkey (Microsoft's Bing Maps Tile System).
func tileOf(quadkey string) (maptile.Tile, bool) {
	if len(quadkey) < 1 || len(quadkey) > 24 {
		return maptile.Tile{}, false
	}
	t := maptile.Tile{Z: maptile.Zoom(len(quadkey))}
	for _, digit := range quadkey {
		if digit < '0' || digit > '3' {
			return t, false
		}
		t.X = t.X<<1 | uint32(digit-'0')&1
		t.Y = t.Y<<1 | uint32(digit-'0')>>1
	}
	return t, true
}

func quadkeyOf(t maptile.Tile) string {
	digits := make([]byte, t.Z)
	for i := range digits {
		shift := uint32(t.Z) - uint32(i) - 1
		digits[i] = '0' + byte(t.X>>shift&1|t.Y>>shift&1<<1)
	}
	return string(digits)
}

func tileAt(p orb.Point) maptile.Tile { return maptile.At(p, 16) }
