package files

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Gaps tells what areas that should tile the land leave open: slivers, taken for
// faults of drawing, and wide gaps, which may be meant.
type Gaps struct {
	Slivers   int     `json:"slivers"`
	SliverKM2 float64 `json:"sliver_km2"`
	Wide      int     `json:"wide"`
	WideKM2   float64 `json:"wide_km2"`
	Worst     []Gap   `json:"worst"` // the largest slivers, at most ten
}

// A Gap is one of them.
type Gap struct {
	AreaM2 float64    `json:"area_m2"`
	At     [2]float64 `json:"at"`     // longitude and latitude, on its border
	Beside []string   `json:"beside"` // the ids of the features around it
}

func (g *Gaps) String() string {
	s := fmt.Sprintf("%s, %.3f km²; %d wide, %.3f km²", plural(g.Slivers, "sliver"), g.SliverKM2, g.Wide, g.WideKM2)
	if len(g.Worst) > 0 {
		w := g.Worst[0]
		s += fmt.Sprintf("; the largest sliver beside %s, %.0f m² at %s", strings.Join(w.Beside, " and "), w.AreaM2, point(w.At))
	}
	return s
}

// Cleaned tells what it took to make a coverage.
type Cleaned struct {
	Changed int      `json:"changed"`
	MovedM2 float64  `json:"moved_m2"` // gained by all together
	Changes []Change `json:"changes"`  // of each that changed, the most first
}

// A Change is what one feature gained and lost, in m².
type Change struct {
	ID     string  `json:"id"`
	Gained float64 `json:"gained_m2"`
	Lost   float64 `json:"lost_m2"`
}

func (c *Cleaned) writeText(b *strings.Builder) {
	if c.Changed == 0 {
		b.WriteString("  a true coverage already: nothing was cleaned\n")
		return
	}
	fmt.Fprintf(b, "  made a true coverage: %s changed\n", plural(c.Changed, "feature"))
	for i, ch := range c.Changes {
		if i == 10 {
			fmt.Fprintf(b, "    and %d more, in the report as JSON\n", len(c.Changes)-10)
			break
		}
		fmt.Fprintf(b, "    %s gained %.1f m², lost %.1f m²\n", ch.ID, ch.Gained, ch.Lost)
	}
}

// coverage looks for gaps between areas and, if that is asked for, makes a true
// coverage of them.
func (p *pipeline) coverage() error {
	asked := p.opts.CleanCoverage
	if asked && (!p.overlap.wanted || p.overlap.vertices > maxOverlapVertices) {
		return &FileError{Reason: fmt.Sprintf("no coverage can be made of it: want areas with at most %d vertices", maxOverlapVertices)}
	}
	areas := make([]orb.Geometry, len(p.overlap.areas))
	for i, a := range p.overlap.areas {
		areas[i] = a
	}
	m, err := geo.NewMosaic(areas)
	if errors.Is(err, geo.ErrNoMosaic) && !asked {
		return nil // overlaps say so
	}
	if err != nil {
		return &FileError{Reason: fmt.Sprintf("no coverage can be made of it: %v", err)}
	}
	slivers := p.gaps(m)
	if !asked {
		return nil
	}
	p.report.Cleaned = &Cleaned{Changes: []Change{}}
	if slivers == 0 && len(m.Overlaps()) == 0 {
		return nil
	}
	clean, changes, err := m.Clean()
	if err != nil {
		return &FileError{Reason: fmt.Sprintf("no coverage can be made of it: %v", err)}
	}
	p.cleaned = make(map[int]orb.MultiPolygon, len(clean))
	for i, area := range clean {
		id := p.overlap.ids[i]
		if len(area) == 0 || checkShape(area) != nil {
			return &FileError{Reason: fmt.Sprintf("no coverage can be made of it: others leave nothing of %q", brief(id))}
		}
		p.cleaned[p.overlap.numbers[i]] = area
		if c := changes[i]; c.Gained > 0 || c.Lost > 0 {
			p.report.Cleaned.MovedM2 += c.Gained
			p.report.Cleaned.Changes = append(p.report.Cleaned.Changes, Change{id, milli(c.Gained), milli(c.Lost)})
		}
	}
	p.report.Cleaned.MovedM2 = milli(p.report.Cleaned.MovedM2)
	p.report.Cleaned.Changed = len(p.report.Cleaned.Changes)
	slices.SortStableFunc(p.report.Cleaned.Changes, func(a, b Change) int { return cmp.Compare(b.Gained+b.Lost, a.Gained+a.Lost) })
	return nil
}

// gaps tells of gaps and returns how many slivers there are.
func (p *pipeline) gaps(m *geo.Mosaic) int {
	g := &Gaps{Worst: []Gap{}}
	for _, gap := range m.Gaps() {
		if !gap.Sliver {
			g.Wide++
			g.WideKM2 += gap.Area / 1e6
			continue
		}
		g.Slivers++
		g.SliverKM2 += gap.Area / 1e6
		if len(g.Worst) < 10 {
			w := Gap{AreaM2: milli(gap.Area), At: gap.At, Beside: []string{}}
			for _, i := range gap.Beside {
				w.Beside = append(w.Beside, p.overlap.ids[i])
			}
			g.Worst = append(g.Worst, w)
		}
	}
	g.SliverKM2, g.WideKM2 = math.Round(g.SliverKM2*1e6)/1e6, math.Round(g.WideKM2*1e6)/1e6
	if g.Slivers+g.Wide > 0 {
		p.report.Gaps = g
	}
	return g.Slivers
}

func milli(f float64) float64 { return math.Round(f*1000) / 1000 }
