package live

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
)

// Bounds of a request for a tile.
const (
	MaxZoom       = 22
	MaxQueryBytes = 8 << 10 // of the parameters for a function, as JSON
)

// TileRequest names a tile, in the XYZ scheme of Web Mercator.
type TileRequest struct {
	Source  string
	Z, X, Y int

	Properties []string   // of a relation, to be in the tile; nil: all
	Query      url.Values // for a function that takes it
}

// Tile is an answer. It is shared: its bytes must not be changed.
type Tile struct {
	Data      []byte // Mapbox Vector Tile, not compressed; empty: nothing is there
	ETag      string // names these bytes, without quotes; a function may give its own
	Truncated bool   // Options.MaxFeatures was reached: there may be more
}

// tileKey is all that the bytes of a tile depend on.
type tileKey struct {
	version    uint64 // of which source, and when
	z, x, y    int
	properties string // one byte each
	query      string
}

// Tile answers a tile: one that was kept, one that is being made for somebody
// else, or a new one. Errors are data.ErrNotFound (no such source),
// data.ErrInvalid (address or properties), ErrBusy, ErrTimeout, ErrTooLarge,
// ErrAway, that of ctx, and those of the database.
func (l *Live) Tile(ctx context.Context, r TileRequest) (Tile, error) {
	p, err := l.find(r.Source)
	if err != nil {
		return Tile{}, err
	}
	if r.Z < 0 || r.Z > MaxZoom || r.X < 0 || r.Y < 0 || r.X >= 1<<r.Z || r.Y >= 1<<r.Z {
		return Tile{}, fmt.Errorf("live source %q: %w: there is no tile %d/%d/%d", r.Source, data.ErrInvalid, r.Z, r.X, r.Y)
	}
	key := tileKey{version: p.version, z: r.Z, x: r.X, y: r.Y}
	var chosen []bool
	if p.isRelation() {
		chosen, key.properties, err = p.choose(r.Properties)
	} else if p.TakesQuery {
		key.query, err = queryJSON(r.Query)
	}
	if err != nil {
		return Tile{}, fmt.Errorf("live source %q: %w: %w", r.Source, data.ErrInvalid, err)
	}
	if tile, ok := l.cache.get(key); ok {
		return tile, nil
	}
	tile, err := l.flights.do(ctx, key, func(ctx context.Context) (tile Tile, err error) {
		if p.isRelation() {
			tile, err = l.cut(ctx, p, key, chosen)
		} else {
			tile, err = l.call(ctx, p, key)
		}
		if err == nil {
			l.cache.put(key, tile)
		}
		return tile, err
	})
	if err != nil {
		if isOutdated(err) {
			l.lookSoon()
		}
		return Tile{}, fmt.Errorf("live source %q, tile %d/%d/%d: %w", r.Source, r.Z, r.X, r.Y, err)
	}
	return tile, nil
}

// cut makes a tile of a relation.
func (l *Live) cut(ctx context.Context, p *published, key tileKey, chosen []bool) (Tile, error) {
	region, some := p.region(tileBound(key.z, key.x, key.y))
	if !some {
		return finish(nil, ""), nil
	}
	var mvt []byte
	var size, features int
	err := l.gate.query(ctx, one(&mvt, &size, &features), p.statements.tile,
		key.z, key.x, key.y, p.Name, p.statements.geometryName, p.statements.idName, region, chosen, l.options.MaxFeatures, l.options.MaxBytes)
	if err != nil {
		return Tile{}, err
	}
	if mvt == nil {
		return Tile{}, fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	tile := finish(mvt, "")
	tile.Truncated = features >= l.options.MaxFeatures
	return tile, nil
}

// call makes a tile by a function.
func (l *Live) call(ctx context.Context, p *published, key tileKey) (Tile, error) {
	arguments := []any{key.z, key.x, key.y, l.options.MaxBytes}
	if p.TakesQuery {
		arguments = append(arguments, key.query)
	}
	var mvt []byte
	var size int
	var own *string
	if err := l.gate.query(ctx, one(&mvt, &size, &own), p.statements.tile, arguments...); err != nil {
		return Tile{}, err
	}
	if mvt == nil {
		return Tile{}, fmt.Errorf("%w: %d bytes", ErrTooLarge, size)
	}
	if own != nil {
		return finish(mvt, *own), nil
	}
	return finish(mvt, ""), nil
}

// one reads the only row of an answer.
func one(into ...any) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		if !rows.Next() {
			return rows.Err()
		}
		return rows.Scan(into...)
	}
}

// finish gives a tile its ETag. What a function calls its tile is hashed, since
// it may not suit a header.
func finish(mvt []byte, own string) Tile {
	named := mvt
	if own != "" {
		named = []byte(own)
	}
	sum := sha256.Sum256(named)
	return Tile{Data: mvt, ETag: hex.EncodeToString(sum[:16])}
}

// choose returns which fields have these names, also as a string of one byte
// each.
func (p *published) choose(names []string) ([]bool, string, error) {
	chosen, text := make([]bool, len(p.Fields)), make([]byte, len(p.Fields))
	for i, f := range p.Fields {
		chosen[i] = names == nil || slices.Contains(names, f.Name)
		if chosen[i] {
			text[i] = 1
		}
	}
	for _, name := range names {
		if !hasField(&p.Source, name) {
			return nil, "", fmt.Errorf("it has no property %q", name)
		}
	}
	return chosen, string(text), nil
}

// queryJSON is a JSON object of the parameters: a string for each, an array of
// strings for one that is given several times.
func queryJSON(query url.Values) (string, error) {
	object := make(map[string]any, len(query))
	for name, values := range query {
		if len(values) == 1 {
			object[name] = values[0]
		} else {
			object[name] = values
		}
	}
	text, err := json.Marshal(object)
	if err != nil {
		return "", err
	}
	if bytes.Contains(text, []byte(`\u0000`)) {
		return "", errors.New("a parameter has a NUL character")
	}
	if len(text) > MaxQueryBytes {
		return "", fmt.Errorf("parameters of %d bytes, more than %d", len(text), MaxQueryBytes)
	}
	return string(text), nil
}
