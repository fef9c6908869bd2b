package coverage

import (
	"context"
	"math"
)

// MaxCells is how many cells a query by cell may look at.
const MaxCells = 2_000_000

// cellRows returns a row for each cell that chosen villages have land of, and
// that is not known to be covered wholly: where nobody is without signal there is nothing
// to tell.
func (s *scene) cellRows(ctx context.Context, q *Query, t *Threshold, states []named, chosen []int) ([]Row, *Row, error) {
	totals, err := s.totals(ctx, q, t, states, chosen)
	if err != nil {
		return nil, nil, err
	}
	if int64(totals.Area.Total)/8000*int64(len(states)) > MaxCells {
		return nil, nil, &ParamError{Parameter: "by", Value: "cell", Reason: "these are more cells than can be listed; ask for a district, villages or a bbox"}
	}
	var all []Row
	for _, st := range states {
		c, err := s.counter(ctx, q, t, st.States)
		if err != nil {
			return nil, nil, err
		}
		at := map[int32]int{} // of cells that villages share
		for n, v := range chosen {
			if n%16 == 0 && ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			s.walk(v, func(k int, cell int32, area int64) {
				r := c.cell(k, cell, area)
				if r.Area.Total == 0 || r.Area.Gap+r.Area.Unknown == 0 && r.People.Gap+r.People.Unknown == 0 && r.Area.Covered > 0 {
					return
				}
				if k >= 0 {
					if i, ok := at[cell]; ok {
						all[i].add(&r)
						return
					}
					at[cell] = len(all)
				}
				named := s.cellRow(v, cell, st.operator)
				named.People, named.Area = r.People, r.Area
				named.People.Method = c.people.method[v]
				all = append(all, named)
			})
		}
		all = s.pointsAndRoads(c, all, st.operator, chosen)
	}
	for i := range all {
		all[i].classify()
	}
	return all, totals, nil
}

// cell counts one piece of land; k is its number among pieces, -1 for a cell
// wholly in one village.
func (c *counter) cell(k int, i int32, area int64) Row {
	whole := piece{cell: i, mask: whole}
	p, people := &whole, c.people.at(i)
	if k >= 0 {
		p, people = &c.ground.pieces[k], int64(c.people.pieces[k])
	}
	var r Row
	total, known, covered := partOf(people, p, c.in), partOf(people, p, c.cutKnown), partOf(people, p, c.cutCovered)
	r.People = c.peopleCounts(total, known, covered, func(s *Set) int64 { return partOf(people, p, s) })
	total, known, covered = partOf(area, p, c.in), partOf(area, p, c.cutKnown), partOf(area, p, c.cutCovered)
	r.Area = AreaCounts{Total: Area(total), Covered: Area(covered), Gap: Area(known - covered), Unknown: Area(total - known)}
	if c.partial != nil {
		somebody, ground := People(partOf(people, p, c.partial)), Area(partOf(area, p, c.partial))
		r.People.Partial, r.Area.Partial = &somebody, &ground
	}
	return r
}

// pointsAndRoads adds the places and roads of the chosen villages to the rows of
// the cells that they lie in: to new ones where the villages have no land of it, as
// before the coast.
func (s *scene) pointsAndRoads(c *counter, all []Row, operator string, chosen []int) []Row {
	at := make(map[int32]int, len(all))
	for i := range all {
		if cell, ok := ParseCellID(all[i].Code); ok && all[i].Operator == operator {
			at[s.Grid.Index(cell)] = i
		}
	}
	row := func(v int, p spot) *Row {
		i, ok := at[p.cell]
		if !ok && p.in(c.covered) {
			return &Row{} // where all is covered there is nothing to tell
		}
		if !ok {
			i = len(all)
			at[p.cell] = i
			all = append(all, s.cellRow(v, p.cell, operator))
		}
		return &all[i]
	}
	for _, v := range chosen {
		for _, p := range c.places.spots[c.places.from[v]:c.places.from[v+1]] {
			if !p.in(c.in) {
				continue
			}
			n := &row(v, p).Places
			n.Total++
			switch {
			case !p.in(c.known):
				n.Unknown++
			case p.in(c.covered):
				n.Covered++
			default:
				n.Gap++
			}
		}
		for k := c.lines.from[v]; k < c.lines.from[v+1]; k++ {
			p := &c.lines.stretches[k]
			if !p.in(c.in) || !p.wanted(c.classes) {
				continue
			}
			n, long := &row(v, p.spot).Road, Length(p.length)
			n.Total += long
			switch {
			case !p.in(c.known):
				n.Unknown += long
			case p.in(c.covered):
				n.Covered += long
			default:
				n.Gap += long
			}
		}
	}
	return all
}

// cellRow is the row of a cell of village v with nothing counted.
func (s *scene) cellRow(v int, cell int32, operator string) Row {
	return Row{
		Code: CellID(s.Grid.Cell(cell)), Operator: operator,
		Name: s.text("name", v), District: s.text("district", v), DistrictCode: s.text("district_code", v),
	}
}

// finishCells measures the distances of the rows of a page.
func (s *scene) finishCells(rows []Row, q *Query) {
	long := func(d float64) *Length {
		if math.IsNaN(d) {
			return nil
		}
		l := Length(math.Round(d * 10))
		return &l
	}
	for i := range rows {
		cell, ok := ParseCellID(rows[i].Code)
		if !ok {
			continue
		}
		p := cell.Center()
		operator := rows[i].Operator
		if !s.isOperator(operator, q.Technology) {
			operator = ""
		}
		tower, _ := s.nearestTower(p, operator, q.Technology)
		rows[i].NearestTower, rows[i].NearestFibre = long(tower), long(s.nearestFibre(p))
		rows[i].NearestRoad = long(nearestIn(s.snap.Layer("roads"), p, nil))
	}
}
