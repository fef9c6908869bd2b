package live

import (
	"context"
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
		return Page{}, fmt.Errorf("live source %q: %w", r.Source, err)
	}
	return page, nil
}

func (l *Live) items(ctx context.Context, p *published, r ItemsRequest) (Page, error) {
	if r.Limit < 1 || r.Limit > MaxItems {
		return Page{}, fmt.Errorf("%w: limit %d: want 1 to %d", data.ErrInvalid, r.Limit, MaxItems)
	}
	from, err := parseCursor(r.After)
	if err != nil {
		return Page{}, err
	}
	regions, some, err := p.regions(r.BBox)
	if err != nil || !some {
		return Page{}, err
	}
	page, err := l.page(ctx, p, from, r.Limit, regions)
	if isNoValue(err) && from != nil {
		err = fmt.Errorf("%w: the cursor is not of this source: %w", data.ErrInvalid, err)
	}
	return page, err
}

// Item answers the feature with that ID. Errors are those of Tile, also
// data.ErrNotFound for the feature, and ErrNoKey.
func (l *Live) Item(ctx context.Context, source, id string) (geo.Record, error) {
	p, err := l.find(source)
	if err != nil {
		return geo.Record{}, err
	}
	var page Page
	if p.Key.Column == "" {
		err = ErrNoKey
	} else {
		page, err = l.page(ctx, p, &cursor{Key: id}, 1, [2][]float64{})
	}
	if isNoValue(err) || err == nil && (len(page.Records) == 0 || page.Records[0].ID != id) {
		err = fmt.Errorf("feature %q: %w", id, data.ErrNotFound)
	}
	if err != nil {
		return geo.Record{}, fmt.Errorf("live source %q: %w", source, err)
	}
	return page.Records[0], nil
}

// page reads the features from a cursor on, from the first when it is nil.
func (l *Live) page(ctx context.Context, p *published, from *cursor, limit int, regions [2][]float64) (Page, error) {
	if !p.Pages {
		return Page{}, ErrNoKey
	}
	var key *string
	var last cursor
	if from != nil {
		key, last = &from.Key, *from
	}
	var page Page
	read := func(rows pgx.Rows) (err error) {
		page, err = l.readPage(rows, p, last, limit)
		return err
	}
	// One more than asked for tells whether there is a next page.
	err := l.gate.query(ctx, read, p.statements.items, key, last.Given, limit+1, regions[0], regions[1])
	if isOutdated(err) {
		l.lookSoon()
	}
	return page, err
}

func (l *Live) readPage(rows pgx.Rows, p *published, last cursor, limit int) (Page, error) {
	page := Page{}
	bytes := 0
	for rows.Next() {
		if len(page.Records) == limit || bytes > l.options.MaxBytes {
			page.Next = last.String()
			return page, nil
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
