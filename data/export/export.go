package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Records gives the records of a table in order of id.
func Records(t *geo.Table) iter.Seq2[geo.Record, error] {
	order := make([]int, len(t.Records))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(t.Records[a].ID, t.Records[b].ID) })
	return func(yield func(geo.Record, error) bool) {
		for _, i := range order {
			if !yield(t.Records[i], nil) {
				return
			}
		}
	}
}

// Write writes records of the collection to w. A record's values are needed only
// until the next one is asked for. It ends with ctx's error when that ends, and
// with the first error among the records.
func Write(ctx context.Context, w io.Writer, f Format, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
	n := 0
	counted := func(yield func(geo.Record, error) bool) {
		for r, err := range records {
			if err = errors.Join(err, ctx.Err()); err == nil {
				n++
				if f.Most > 0 && n > f.Most {
					err = fmt.Errorf("more than the %d features that fit into %s", f.Most, f.Title)
				} else if len(r.Values) != len(c.Fields) {
					err = fmt.Errorf("feature %q: %d values for %d fields", r.ID, len(r.Values), len(c.Fields))
				}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
	if err := f.write(ctx, w, c, counted); err != nil {
		return fmt.Errorf("exporting %s as %s: %w", c.ID, f.Title, err)
	}
	return nil
}

// WriteFile is Write to a file of that name, which comes to be, or is replaced,
// only when all of it is written.
func WriteFile(ctx context.Context, path string, f Format, c *geo.Collection, records iter.Seq2[geo.Record, error]) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	err = Write(ctx, file, f, c, records)
	if err == nil {
		err = errors.Join(file.Chmod(0o644), file.Sync())
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
