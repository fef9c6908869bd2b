package live

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/petadesa/petadesa/data"
)

// Options say what is published and what it may cost.
type Options struct {
	Schemas []string // whose relations and functions are published; none: nothing

	Connections int           // most queries at a time; one more connection listens
	Queue       int           // most requests that wait for their turn
	Wait        time.Duration // longest wait for a turn
	Timeout     time.Duration // longest run of a query

	Refresh time.Duration // between looks at the catalogue, beside NOTIFY

	TTL        time.Duration // for which a tile is kept; 0: none is kept
	CacheBytes int           // most memory for kept tiles

	MaxFeatures int // of a tile of a relation; what is beyond is left out
	MaxBytes    int // of a tile, and about of a page of items

	Log *slog.Logger
}

// Defaults returns options that publish nothing yet.
func Defaults() Options {
	return Options{
		Connections: 4, Queue: 256, Wait: 10 * time.Second, Timeout: 10 * time.Second,
		Refresh: time.Minute,
		TTL:     time.Minute, CacheBytes: 64 << 20,
		MaxFeatures: 50_000, MaxBytes: 16 << 20,
		Log: slog.New(slog.DiscardHandler),
	}
}

func (o *Options) check() error {
	for _, schema := range o.Schemas {
		if schema == "" || strings.HasPrefix(schema, "pg_") || slices.Contains([]string{"petadesa", "information_schema"}, schema) {
			return fmt.Errorf("%w: the schema %q is never published", data.ErrInvalid, schema)
		}
	}
	if o.Log == nil {
		return fmt.Errorf("%w: no log", data.ErrInvalid)
	}
	for name, value := range map[string]int64{
		"connections": int64(o.Connections), "wait": int64(o.Wait), "timeout": int64(o.Timeout / time.Millisecond),
		"refresh": int64(o.Refresh), "features of a tile": int64(o.MaxFeatures), "bytes of a tile": int64(o.MaxBytes),
	} {
		if value <= 0 {
			return fmt.Errorf("%w: live sources: %s: want more than nothing", data.ErrInvalid, name)
		}
	}
	return nil
}
