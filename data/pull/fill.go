package pull

import (
	"context"
	"fmt"
	"os"

	"github.com/petadesa/petadesa/data/sqldump"
)

// fill completes fields of a staged collection from a table: what stands beside
// a feature's key there. A field that has a value keeps it.
func (r *run) fill(ctx context.Context, g *got) (*CollectionResult, error) {
	f := g.source.Fills
	t := r.stage.table(f.Collection)
	if t == nil {
		return nil, fmt.Errorf("%s, which it completes, could not be had", f.Collection)
	}
	by := t.Collection.FieldIndex(f.Field)
	wanted := map[string][]int{} // records by key
	for i, rec := range t.Records {
		if key, ok := rec.Values[by].(string); ok {
			wanted[key] = append(wanted[key], i)
		}
	}
	c := &CollectionResult{Collection: f.Collection}
	file, err := os.Open(g.paths[0])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	found := map[int]map[string]string{} // record → field → value
	for row, err := range sqldump.Rows(file, sqldump.Limits{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		c.Read++
		values := map[string]string{}
		for i, column := range row.Columns {
			values[column] = row.Values[i].Text
		}
		key, ok := values[f.Key]
		if !ok {
			return nil, fmt.Errorf("line %d: there is no column %s", row.Line, f.Key)
		}
		for _, i := range wanted[key] {
			found[i] = values
		}
	}
	for i, values := range found {
		filled := false
		for field, column := range f.Set {
			k := t.Collection.FieldIndex(field)
			if value := values[column]; value != "" && t.Records[i].Values[k] == nil {
				t.Records[i].Values[k] = value
				filled = true
			}
		}
		if filled {
			c.Filled++
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("none of its %d rows is about regency %s", c.Read, r.plan.Code)
	}
	if missing := len(t.Records) - len(found); missing > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("%d features are not in it", missing))
	}
	t.Collection.Attribution += "; " + g.source.Attribution
	r.opts.Tell("%s: %d of %d %s completed", g.source.ID, c.Filled, len(t.Records), f.Collection)
	return c, nil
}
