package coverage

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// addLine puts the cells whose middle is within metres of a line in degrees
// into the set.
func (b *Builder) addLine(line orb.LineString, metres float64) {
	for k := 1; k < len(line); k++ {
		b.addSegment(line[k-1], line[k], metres)
	}
	if len(line) == 1 {
		b.addSegment(line[0], line[0], metres)
	}
}

// addSegment works in cells: in each row it looks only at the columns that the
// part of the segment near the row, widened by the distance, can reach.
func (b *Builder) addSegment(p, q orb.Point, metres float64) {
	perLon, perLat := metresPerDegree((p[1] + q[1]) / 2)
	sx, sy := perLon/lattice.PerDegree, perLat/lattice.PerDegree // m a cell
	x0, y0 := position(p)
	x1, y1 := position(q)
	if y0 > y1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	rx, ry := metres/sx, metres/sy
	dx, dy := (x1-x0)*sx, (y1-y0)*sy
	square := dx*dx + dy*dy
	if square == 0 {
		b.addDisc(x0, y0, rx, ry)
		return
	}
	for row := int32(math.Floor(max(y0-ry, 0))); float64(row)+0.5 <= y1+ry && row < lattice.Rows; row++ {
		y := float64(row) + 0.5
		from, to := min(x0, x1), max(x0, x1)
		if y1 > y0 {
			at := func(y float64) float64 { return x0 + (x1-x0)*(min(max(y, y0), y1)-y0)/(y1-y0) }
			a, c := at(y-ry), at(y+ry)
			from, to = min(a, c), max(a, c)
		}
		first, last := int32(max(from-rx-0.5, 0)), int32(min(to+rx+0.5, lattice.Cols-1))
		var near [2]int32
		open := false
		for col := first; col <= last; col++ {
			ex, ey := (float64(col)+0.5-x0)*sx, (y-y0)*sy
			t := min(max((ex*dx+ey*dy)/square, 0), 1)
			ex, ey = ex-t*dx, ey-t*dy
			if ex*ex+ey*ey <= metres*metres {
				if !open {
					near[0], open = col, true
				}
				near[1] = col + 1
			} else if open {
				break // near a straight line lies one run of a row
			}
		}
		if open {
			b.addRun(row, near[0], near[1])
		}
	}
}

// addDisc puts the cells whose middle is in an ellipse around a position in
// cells into the set.
func (b *Builder) addDisc(x, y, rx, ry float64) {
	discRows(x, y, rx, ry, func(row, from, to int32) { b.addRun(row, from, to) })
}

// discRows calls f with the cells of each row, from a column up to another, whose
// middle is in an ellipse around a position in cells. Around positions that lie alike
// in their cells the discs are alike.
func discRows(x, y, rx, ry float64, f func(row, from, to int32)) {
	x, y = snapped(x, y)
	col := math.Floor(x)
	x -= col
	for row := int32(max(y-ry, 0)); float64(row)+0.5 <= y+ry && row < lattice.Rows; row++ {
		dy := (float64(row) + 0.5 - y) / ry
		if dy*dy > 1 {
			continue
		}
		half := rx * math.Sqrt(1-dy*dy)
		from, to := col+math.Ceil(x-half-0.5), col+math.Floor(x+half-0.5)
		f(row, int32(max(from, 0)), int32(min(to, lattice.Cols-1))+1)
	}
}

// snapped is a position in cells to 1/65536 of one, about a millimetre: what is
// computed from it then rounds alike wherever it lies.
func snapped(x, y float64) (float64, float64) {
	const fine = 1 << 16
	return math.Round(x*fine) / fine, math.Round(y*fine) / fine
}

// corridor returns the cells within metres of the roads whose class is wanted
// (nil: all).
func corridor(ctx context.Context, g *Grid, roads *geo.Layer, wanted map[string]bool, metres float64) (*Set, error) {
	b := g.NewBuilder()
	if roads == nil {
		return b.Set(), nil
	}
	class := roads.Column("class")
	for i := range roads.Len() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if wanted != nil {
			if class == nil {
				continue
			}
			word, _ := class.Value(i).(string)
			if !wanted[word] {
				continue
			}
		}
		eachLine(roads.Geometry(i), func(l orb.LineString) { b.addLine(l, metres) })
	}
	return b.Set(), nil
}
