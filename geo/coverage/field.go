package coverage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"sync"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/coverage/propagation"
	"github.com/petadesa/petadesa/geo/lattice"
)

// Model predicts the signal of a tower.
type Model interface {
	// Name says in answers what was computed, as in "Hata, suburban, flat terrain".
	Name() string
	// Version is another whenever the signals may be.
	Version() string
	// Signal returns the median RSRP around a tower at least where it is weakest
	// dBm or more. It fails with a propagation.RangeError for towers that the model
	// cannot compute.
	Signal(ctx context.Context, t Tower, weakest float64) (*Signal, error)
}

// Signal is the median RSRP of one tower in the cells of a window, rows first, in
// hundredths of dBm; NoSignal where it is too weak to tell.
type Signal struct {
	lattice.Window
	Levels []int16
}

// NoSignal is the level of a cell that a signal does not reach.
const NoSignal = math.MinInt16

// Bytes returns how much memory the signal takes.
func (s *Signal) Bytes() int64 { return int64(2*len(s.Levels)) + 48 }

// At returns the RSRP in dBm in a cell, NaN for none.
func (s *Signal) At(c lattice.Cell) float64 {
	if !s.Contains(c) || s.Levels[s.Index(c)] == NoSignal {
		return math.NaN()
	}
	return float64(s.Levels[s.Index(c)]) / 100
}

// level returns an RSRP in dBm as a level; NaN is none.
func level(dbm float64) int16 {
	if !(dbm > -300) {
		return NoSignal
	}
	return int16(math.Round(min(dbm, 300) * 100))
}

// confidence of the ends of the interval.
const confidence = 0.9

// chances are those of a signal that cells outside of each level have at least.
var chances = [len(Levels{})]float64{0.1, 0.3, 0.7, 0.9}

// marginShare is which part of the margin of 90 % makes 70 %, both of a normal
// distribution.
var marginShare = propagation.Margin(0.7, 1) / propagation.Margin(confidence, 1)

// fadingMargin is 10.2524 dB to the hundredth that levels are kept in, so that a
// field with uncertain towers and one without agree on all others.
var fadingMargin = math.Round(100*propagation.Margin(confidence, propagation.DefaultSigma)) / 100

// perSigma is the margin of 90 % in standard deviations.
var perSigma = propagation.Margin(confidence, 1)

// margin returns by how many dB a median must be above a threshold for 90 %
// certainty at a distance from a tower that may stand elsewhere: shadow fading, and
// the loss of 35 dB a decade over the error of position, are independent.
func margin(positionError, metres float64) float64 {
	if positionError <= 0 {
		return fadingMargin
	}
	moved := 35 * math.Log10(1+positionError/max(metres, positionError))
	return perSigma * math.Sqrt(propagation.DefaultSigma*propagation.DefaultSigma+moved*moved)
}

// field is the strongest signal of several towers in each cell of a grid, in
// hundredths of dBm.
type field struct {
	median []int16
	least  []int16 // exceeded with 90 % certainty; nil: median less fadingMargin
	most   []int16 // exceeded with 10 % certainty
}

// Bytes returns how much memory the field takes.
func (f *field) Bytes() int64 { return int64(2 * (len(f.median) + len(f.least) + len(f.most))) }

// newField computes the field of towers. Towers that the model cannot compute
// are returned with its reason.
func newField(ctx context.Context, g *Grid, towers []Tower, signal func(context.Context, Tower) (*Signal, error)) (*field, map[string]string, error) {
	f := &field{median: newLevel(g)}
	for i := range towers {
		if towers[i].PositionErrorM > 0 {
			f.least, f.most = newLevel(g), newLevel(g)
			break
		}
	}
	signals, errs := make([]*Signal, len(towers)), make([]error, len(towers))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				signals[i], errs[i] = signal(ctx, towers[i])
			}
		})
	}
	for i := range towers {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	failed := map[string]string{}
	for i := range towers {
		if out := (*propagation.RangeError)(nil); errors.As(errs[i], &out) {
			failed[towers[i].ID] = errs[i].Error()
			continue
		} else if errs[i] != nil {
			return nil, nil, fmt.Errorf("signal of tower %s: %w", towers[i].ID, errs[i])
		}
		f.add(g, &towers[i], signals[i])
	}
	return f, failed, nil
}

func newLevel(g *Grid) []int16 {
	l := make([]int16, g.Size())
	for i := range l {
		l[i] = NoSignal
	}
	return l
}

// add takes a tower's signal where it is the strongest.
func (f *field) add(g *Grid, t *Tower, s *Signal) {
	x, y := position(t.At)
	perLon, perLat := metresPerDegree(t.At[1])
	sx, sy := perLon/lattice.PerDegree, perLat/lattice.PerDegree
	for row := s.Row; row < s.Row+s.Height; row++ {
		values := s.Levels[s.Index(lattice.Cell{Col: s.Col, Row: row}):][:s.Width]
		dy := (float64(row) + 0.5 - y) * sy
		g.runs(row, s.Col, s.Col+s.Width, func(w int32, mask uint64) {
			low, n := bits.TrailingZeros64(mask), bits.OnesCount64(mask)
			first := g.Cell(w<<6).Col + int32(low)
			at := int(w)<<6 + low
			here := values[first-s.Col:][:n]
			to := f.median[at:][:n]
			for k, v := range here {
				to[k] = max(to[k], v)
			}
			if f.least == nil {
				return
			}
			for k, v := range here {
				if v != NoSignal {
					dx := (float64(first) + float64(k) + 0.5 - x) * sx
					m := level(margin(t.PositionErrorM, math.Sqrt(dx*dx+dy*dy)))
					f.least[at+k], f.most[at+k] = max(f.least[at+k], v-m), max(f.most[at+k], v+m)
				}
			}
		})
	}
}

// from returns the cells where a level is dbm or more.
func from(level []int16, dbm float64) *Set {
	s := &Set{full: make([]uint64, len(level)/64)}
	least := int16(math.Ceil(max(min(dbm, 320), -320)*100 - 1e-6))
	for w := range s.full {
		var word uint64
		for b, v := range level[w*64 : w*64+64] {
			if v >= least {
				word |= 1 << b
			}
		}
		s.full[w] = word
	}
	return s
}

// reach returns where the field has a signal of a threshold in dBm: by the
// median, and with the chances of the levels.
func (f *field) reach(dbm float64) (median *Set, levels *Levels) {
	median = from(f.median, dbm)
	if f.least == nil {
		part := math.Round(100*fadingMargin*marginShare) / 100
		return median, &Levels{from(f.median, dbm-fadingMargin), from(f.median, dbm-part), from(f.median, dbm+part), from(f.median, dbm+fadingMargin)}
	}
	return median, &Levels{from(f.most, dbm), between(f.median, f.most, dbm), between(f.median, f.least, dbm), from(f.least, dbm)}
}

// between is from of the level that lies marginShare of the way from a median to
// an end of the interval.
func between(median, end []int16, dbm float64) *Set {
	mid := make([]int16, len(median))
	for i, v := range median {
		mid[i] = v
		if v != NoSignal {
			mid[i] = v + int16(math.Round(marginShare*float64(int(end[i])-int(v))))
		}
	}
	return from(mid, dbm)
}

// discs returns the cells whose middle is within a radius of a tower.
func discs(g *Grid, towers []Tower, metres float64) *Set {
	b := g.NewBuilder()
	for _, t := range towers {
		b.addLine(orb.LineString{t.At}, metres)
	}
	return b.Set()
}

// signalKey tells towers apart by what a model sees of them.
func signalKey(t *Tower) string {
	return fmt.Sprintf("%v/%v/%v/%v/%v/%v", t.At[0], t.At[1], t.HeightM, t.FrequencyMHz, t.Sector, t.Azimuth)
}
