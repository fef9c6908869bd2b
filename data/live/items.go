package live

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// MaxItems is the most features of a page.
const MaxItems = 10_000

// errRefused marks what reading refuses in rows that arrived well.
var errRefused = errors.New("cannot be read")

// ItemsRequest asks for a page of the features of a relation.
type ItemsRequest struct {
	Source string
	BBox   *orb.Bound // in degrees, to be intersected; west of its Min lies its Max when it crosses the date line
	Limit  int        // most features, 1 to MaxItems
	After  string     // Page.Next of the page before
}

// Page is features in order of the key, in degrees. A feature whose key is NULL,
// as that of a view may be, is in none.
type Page struct {
	Records []geo.Record // aligned with Source.Fields; the ID is empty where there is no key
	Next    string       // "": this is the last page
}

// cursor is where a page begins. Keys of views need not be unique: it counts
// the features with this key that were given.
type cursor struct {
	Key   string `json:"k"`
	Given int    `json:"n"`
}

// Items answers a page; it ends early when it grows beyond Options.MaxBytes.
// Errors are those of Tile, data.ErrInvalid also for the cursor, the limit or the
// box, and ErrNoKey for what cannot be paged.
func (l *Live) Items(ctx context.Context, r ItemsRequest) (Page, error) {
	p, err := l.find(r.Source)
	if err != nil {
		return Page{}, err
	}
	page, err := l.items(ctx, p, r)
	if err != nil {
		if isOutdated(err) {
			l.lookSoon()
		}
		return Page{}, fmt.Errorf("live source %q: %w", r.Source, err)
	}
	return page, nil
}

func (l *Live) items(ctx context.Context, p *published, r ItemsRequest) (Page, error) {
	if !p.Pages {
		return Page{}, ErrNoKey
	}
	if r.Limit < 1 || r.Limit > MaxItems {
		return Page{}, fmt.Errorf("%w: limit %d: want 1 to %d", data.ErrInvalid, r.Limit, MaxItems)
	}
	from, key, err := parseCursor(r.After)
	if err != nil {
		return Page{}, err
	}
	regions, some, err := p.regions(r.BBox)
	if err != nil || !some {
		return Page{}, err
	}
	var page Page
	read := func(rows pgx.Rows) (err error) {
		page, err = l.readPage(rows, p, from, r.Limit)
		return err
	}
	// One more than asked for tells whether there is a next page.
	err = l.gate.query(ctx, read, p.statements.items, key, from.Given, r.Limit+1, regions[0], regions[1])
	if key != nil && isNoValue(err) {
		err = fmt.Errorf("%w: the cursor is not of this source: %w", data.ErrInvalid, err)
	}
	return page, err
}

func (l *Live) readPage(rows pgx.Rows, p *published, last cursor, limit int) (Page, error) {
	page := Page{}
	bytes := 0
	for rows.Next() {
		if len(page.Records) == limit || bytes > l.options.MaxBytes {
			text, err := json.Marshal(last)
			page.Next = base64.RawURLEncoding.EncodeToString(text)
			return page, err
		}
		for _, raw := range rows.RawValues() {
			bytes += len(raw)
		}
		values, err := rows.Values()
		if err != nil {
			return Page{}, fmt.Errorf("%w: %w", errRefused, err)
		}
		key, ok := values[0].(string)
		if !ok {
			return Page{}, fmt.Errorf("%w: key %T", errRefused, values[0])
		}
		record := geo.Record{Values: values[2:]}
		if p.Key.Column != "" {
			record.ID = key
		}
		if encoded, ok := values[1].([]byte); ok {
			if record.Geometry, _, err = wkb.DecodeEWKB(encoded); err != nil {
				return Page{}, fmt.Errorf("%w: feature %q: %w", errRefused, key, err)
			}
		}
		for i, v := range record.Values {
			if f, ok := v.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
				record.Values[i] = nil // GeoJSON has no word for it
			}
		}
		page.Records = append(page.Records, record)
		if key == last.Key {
			last.Given++
		} else {
			last = cursor{key, 1}
		}
	}
	return page, nil
}

// parseCursor reads Page.Next; the key is nil at the beginning.
func parseCursor(after string) (c cursor, key *string, err error) {
	if after == "" {
		return c, nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.Given < 1 || c.Given > math.MaxInt32 {
		return c, nil, fmt.Errorf("%w: the cursor is not of this source", data.ErrInvalid)
	}
	return c, &c.Key, nil
}

// regions are one or, across the date line, two regions, nil for none. It
// answers false when nothing can be inside.
func (p *published) regions(bbox *orb.Bound) (both [2][]float64, some bool, err error) {
	if bbox == nil {
		return both, true, nil
	}
	for _, v := range []float64{bbox.Min[0], bbox.Max[0], 2 * bbox.Min[1], 2 * bbox.Max[1]} {
		if !(math.Abs(v) <= 180) { // so written, it catches NaN
			return both, false, fmt.Errorf("%w: the box %v is not on Earth", data.ErrInvalid, *bbox)
		}
	}
	if bbox.Min[1] > bbox.Max[1] {
		return both, false, fmt.Errorf("%w: the box %v ends south of its beginning", data.ErrInvalid, *bbox)
	}
	parts := []orb.Bound{*bbox}
	if bbox.Min[0] > bbox.Max[0] {
		parts = []orb.Bound{
			{Min: bbox.Min, Max: orb.Point{180, bbox.Max[1]}},
			{Min: orb.Point{-180, bbox.Min[1]}, Max: bbox.Max},
		}
	}
	n := 0
	for _, part := range parts {
		region, any := p.region(part)
		if !any {
			continue
		}
		if region == nil { // of an unknown extent: as it is
			region = box(part)
		}
		both[n] = region
		n++
	}
	return both, n > 0, nil
}
