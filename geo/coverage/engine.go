package coverage

import (
	"context"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// DefaultCacheBytes is how much computed coverage an Engine keeps unless told.
const DefaultCacheBytes = 512 << 20

// Options of an Engine.
type Options struct {
	// Model predicts signals from the towers of a snapshot, whose terrain it may
	// read. Nil: there is no model, and nothing is modelled.
	Model func(*geo.Snapshot) Model
	// CacheBytes bounds what is kept of sets and signals; 0: DefaultCacheBytes.
	CacheBytes int64
}

// Engine answers questions about coverage, from any snapshot. What it computes
// it keeps for the next question, by the versions of the layers it was computed
// from, so that a change of roads keeps the signals of towers. Its methods may be
// called concurrently.
type Engine struct {
	options Options
	cache   *cache
}

// New returns an engine.
func New(o Options) *Engine {
	if o.CacheBytes <= 0 {
		o.CacheBytes = DefaultCacheBytes
	}
	return &Engine{options: o, cache: newCache(o.CacheBytes)}
}

// Use returns how many computed values are kept and their bytes.
func (e *Engine) Use() (values int, bytes int64) { return e.cache.use() }

// base is the villages on the lattice, and who owns what.
type base struct {
	*Ground
	owners *owners
}

// Bytes returns how much memory the base takes.
func (b *base) Bytes() int64 { return b.Ground.Bytes() + b.owners.Bytes() }

// scene is what a question about one snapshot is answered from.
type scene struct {
	*base
	engine *Engine
	snap   *geo.Snapshot
	model  Model
	towers []Tower
	claims []claim
	tests  []test
	change *Change

	patch    *patch // where only some blocks are asked about; nil: all
	complete bool   // the towers of the change are all that an operator has
}

// rows is a parsed layer in the cache.
type rows[T any] struct{ all []T }

// Bytes returns about how much memory the rows take.
func (r rows[T]) Bytes() int64 { return int64(160 * len(r.all)) }

// ErrNoVillages says that the snapshot has no villages to ask about.
type ErrNoVillages struct{}

func (ErrNoVillages) Error() string {
	return "the collection villages is empty: there is nothing to count coverage in"
}

func (e *Engine) scene(ctx context.Context, snap *geo.Snapshot, change *Change) (*scene, error) {
	villages := snap.Layer("villages")
	if villages == nil || villages.Len() == 0 {
		return nil, ErrNoVillages{}
	}
	s := &scene{engine: e, snap: snap, change: change}
	if e.options.Model != nil {
		s.model = e.options.Model(snap)
	}
	var err error
	s.base, err = cached(ctx, e.cache, "base/"+villages.Version, func(ctx context.Context) (*base, error) {
		g, err := NewGround(ctx, villages)
		if err != nil {
			return nil, err
		}
		return &base{g, newOwners(g)}, nil
	})
	if err != nil {
		return nil, err
	}
	if s.towers, err = parsed(ctx, s, "towers", towersOf); err != nil {
		return nil, err
	}
	if s.claims, err = parsed(ctx, s, "coverage", claimsOf); err != nil {
		return nil, err
	}
	s.tests, err = parsed(ctx, s, "measurements", testsOf)
	return s, err
}

func parsed[T any](ctx context.Context, s *scene, layer string, parse func(*geo.Layer) []T) ([]T, error) {
	r, err := cached(ctx, s.engine.cache, s.key("rows", layer), func(context.Context) (rows[T], error) {
		return rows[T]{parse(s.snap.Layer(layer))}, nil
	})
	return r.all, err
}

// key names a value that is computed from layers, by their versions.
func (s *scene) key(kind string, layers ...string) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, id := range layers {
		b.WriteByte('/')
		b.WriteString(id)
		b.WriteByte('=')
		if l := s.snap.Layer(id); l != nil {
			b.WriteString(l.Version)
		}
	}
	return b.String()
}

func (s *scene) roads(ctx context.Context) (*lines, error) {
	return cached(ctx, s.engine.cache, s.key("lines", "villages", "roads"), func(context.Context) (*lines, error) {
		return newLines(s.Ground, s.owners, s.snap.Layer("roads")), nil
	})
}

func (s *scene) places(ctx context.Context, collection string) (*places, error) {
	return cached(ctx, s.engine.cache, s.key("places", "villages", collection), func(context.Context) (*places, error) {
		return newPlaces(s.Ground, s.owners, s.snap.Layer(collection)), nil
	})
}

// peopleKey tells populations apart: by the raster, if there is one.
func (s *scene) peopleKey() string {
	if r := s.snap.Raster(raster.Population); r != nil {
		return r.Version()
	}
	return ""
}

// people returns the population of a season.
func (s *scene) people(ctx context.Context, season string) (*population, error) {
	key := s.key("", "villages", "roads", "destinations") + "/" + s.peopleKey()
	usual, err := cached(ctx, s.engine.cache, "people"+key, s.residents)
	if err != nil || season != "holiday" {
		return usual, err
	}
	return cached(ctx, s.engine.cache, "holiday"+key, func(context.Context) (*population, error) {
		return usual.plus(s.Ground, visitors(s.Ground, s.owners, s.snap.Layer("destinations"))), nil
	})
}

// residents takes the people from the raster, else from the villages' totals.
func (s *scene) residents(ctx context.Context) (*population, error) {
	if r := s.snap.Raster(raster.Population); r != nil {
		d := r.Description()
		return fromRaster(ctx, s.Ground, r, "raster: "+d.Source+" "+d.SourceDate+", "+d.Method)
	}
	near, err := corridor(ctx, s.Grid, s.snap.Layer("roads"), nil, nearRoadMetres)
	if err != nil {
		return nil, err
	}
	b := s.Grid.NewBuilder()
	if d := s.snap.Layer("destinations"); d != nil {
		for i := range d.Len() {
			if at, ok := pointOf(d.Geometry(i)); ok {
				if p, v := s.settleAt(s.owners, at); v >= 0 {
					b.Add(p.cell, whole)
				}
			}
		}
	}
	return fromTotals(s.Ground, Or(near, b.Set())), nil
}

// Warm computes what the first questions about a snapshot need and takes
// longest: villages on the lattice, people, and the signals of all towers. It
// is for the background, after each new snapshot; questions do not wait for it
// but share what it is computing.
func (e *Engine) Warm(ctx context.Context, snap *geo.Snapshot) error {
	s, err := e.scene(ctx, snap, nil)
	if err != nil {
		return err
	}
	for _, technology := range mobile {
		if len(s.operators(technology, "best")) == 0 {
			continue
		}
		q := &Query{Technology: technology}
		if _, err := e.Gaps(ctx, snap, q); err != nil {
			return err
		}
	}
	return nil
}
