package live

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// extent learns where the features of p are. An index tells at once, and so it
// is asked each time; where one has to read, what was known before is kept.
func (f *finder) extent(ctx context.Context, p *published) {
	old := f.before.byName[p.Name]
	if !p.indexed && old != nil && old.Extent != nil && old.statements.tile == p.statements.tile {
		p.Extent = old.Extent
		return
	}
	for i, way := range p.statements.extents {
		var arguments []any
		if i == 0 {
			arguments = []any{p.Schema, p.Relation, p.Column}
		} else if time.Now().After(f.until) {
			return
		}
		var b orb.Bound
		err := f.conn.QueryRow(ctx, way, arguments...).Scan(&b.Min[0], &b.Min[1], &b.Max[0], &b.Max[1])
		if err == nil && isDegrees(b) {
			p.Extent = &b
			return
		}
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			f.log.Debug("live source: a way to its extent failed", "source", p.Name, "way", i, "err", err)
		}
	}
}

// isDegrees tells bounds from what a transformation makes of a place it does
// not know.
func isDegrees(b orb.Bound) bool {
	for _, v := range []float64{b.Min[0], b.Max[0], 2 * b.Min[1], 2 * b.Max[1]} {
		if !(math.Abs(v) <= 180+1e-9) { // so written, it catches NaN
			return false
		}
	}
	return true
}
