package data

import (
	"maps"
	"slices"
)

// wanted is what must be loaded: some collections or all. Nothing is wanted of
// the zero value.
type wanted struct {
	all bool
	ids map[string]bool
}

func everything() wanted { return wanted{all: true} }

// gather adds a change and all those that came while nobody received them, and
// returns the last, which tells whether the store is away.
func (w *wanted) gather(c Change, changes <-chan Change) Change {
	for {
		w.add(c)
		select {
		case next, ok := <-changes:
			if !ok {
				return c // the next receive finds it closed too
			}
			c = next
		default:
			return c
		}
	}
}

func (w *wanted) add(c Change) {
	if w.all = w.all || len(c.Collections) == 0; w.all {
		return
	}
	if w.ids == nil {
		w.ids = map[string]bool{}
	}
	for _, id := range c.Collections {
		w.ids[id] = true
	}
}

// names are the arguments for Load, for which none means all.
func (w wanted) names() []string {
	if w.all {
		return nil
	}
	return slices.Sorted(maps.Keys(w.ids))
}
