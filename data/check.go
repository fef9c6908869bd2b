package data

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/petadesa/petadesa/geo"
)

// Bounds of what a store keeps. They are the same for all stores, so that what
// one accepts any other does.
const (
	MaxIDBytes = 1024 // of a feature id
	MaxFields  = 500  // of a collection
)

// CheckBatch reports what a store would refuse in the batch before it looks at
// the records.
func CheckBatch(b *Batch) error {
	if b.Records == nil || b.Mode != Replace && b.Mode != Append && b.Mode != Upsert {
		return fmt.Errorf("%w: collection %s: a write needs records and a mode, not %q", ErrInvalid, b.Collection.ID, b.Mode)
	}
	return CheckCollection(&b.Collection)
}

// CheckCollection reports what a store would refuse in the description.
func CheckCollection(c *geo.Collection) error {
	if err := c.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	for _, prefix := range []string{"gpkg_", "petadesa_", "pg_", "rtree_", "sqlite_"} {
		if strings.HasPrefix(c.ID, prefix) {
			return fmt.Errorf("%w: collection id %q: %q is reserved", ErrInvalid, c.ID, prefix)
		}
	}
	if IsRaster(c.ID) {
		return fmt.Errorf("%w: collection id %q is reserved for the raster of that name", ErrInvalid, c.ID)
	}
	if slices.Contains([]string{"collections", "migrations", "rasters", "raster_blocks"}, c.ID) {
		return fmt.Errorf("%w: collection id %q is reserved", ErrInvalid, c.ID)
	}
	if len(c.Fields) > MaxFields {
		return fmt.Errorf("%w: collection %s: %d fields, more than %d", ErrInvalid, c.ID, len(c.Fields), MaxFields)
	}
	texts := []string{c.Title, c.Description, c.Attribution, c.License}
	for _, f := range c.Fields {
		texts = append(texts, f.Name, f.Title, f.Unit)
		texts = append(texts, f.Enum...)
	}
	for _, text := range texts {
		if err := checkText(text); err != nil {
			return fmt.Errorf("%w: collection %s: %q: %w", ErrInvalid, c.ID, text, err)
		}
	}
	return nil
}

// Checked passes on the records of a batch in the form that all stores keep
// (see Canonical), and ends with an error at the first that a store must not
// hold: ErrInvalid, or ErrExists for an id that occurs twice. The message
// counts records from 1. It also ends when ctx does.
func Checked(ctx context.Context, b Batch) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		seen := map[string]struct{}{}
		n := 0
		for r, err := range b.Records {
			n++
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				r, err = checkRecord(&b.Collection, r)
			}
			if _, twice := seen[r.ID]; twice && err == nil {
				err = fmt.Errorf("%w: id %q is given twice", ErrExists, r.ID)
			}
			if err != nil {
				yield(geo.Record{}, fmt.Errorf("collection %s, record %d: %w", b.Collection.ID, n, err))
				return
			}
			seen[r.ID] = struct{}{}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func checkRecord(c *geo.Collection, r geo.Record) (geo.Record, error) {
	r.Geometry = Canonical(c.Geometry, r.Geometry)
	if err := geo.CheckRecord(c, &r); err != nil {
		return r, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if err := sound(r.Geometry); err != nil {
		return r, fmt.Errorf("%w: id %q: %w", ErrInvalid, r.ID, err)
	}
	if len(r.ID) > MaxIDBytes {
		return r, fmt.Errorf("%w: id of %d bytes: want 1 to %d", ErrInvalid, len(r.ID), MaxIDBytes)
	}
	if err := checkText(r.ID); err != nil {
		return r, fmt.Errorf("%w: id %q: %w", ErrInvalid, r.ID, err)
	}
	for i, v := range r.Values {
		if text, ok := v.(string); ok {
			if err := checkText(text); err != nil {
				return r, fmt.Errorf("%w: id %q, field %q: %w", ErrInvalid, r.ID, c.Fields[i].Name, err)
			}
		}
	}
	return r, nil
}

func checkText(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("not valid UTF-8")
	}
	if strings.ContainsRune(s, 0) {
		return fmt.Errorf("contains a NUL character")
	}
	return nil
}
