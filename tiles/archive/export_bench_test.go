package archive

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

// gathering is a store that only remembers what is written to it.
type gathering struct {
	data.Store
	tables []geo.Table
}

func (g *gathering) Write(_ context.Context, batches ...data.Batch) error {
	for _, b := range batches {
		t := geo.Table{Collection: b.Collection}
		for r, err := range b.Records {
			if err != nil {
				return err
			}
			t.Records = append(t.Records, r)
		}
		g.tables = append(g.tables, t)
	}
	return nil
}

// bundled is a snapshot of all collections of the bundle.
func bundled(b *testing.B) *geo.Snapshot {
	var g gathering
	for _, id := range bundle.Collections() {
		f, err := bundle.Open(id)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		if _, err := files.Import(b.Context(), &g, files.Stream(id+".geojson", f), files.Options{Collection: id}); err != nil {
			b.Fatal(err)
		}
	}
	s, err := geo.Build(b.Context(), nil, g.tables, nil)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkPyramid exports all tiles from zoom 0 to 14.
func BenchmarkPyramid(b *testing.B) {
	for name, s := range map[string]*geo.Snapshot{"bundle": bundled(b), "villages": realVillages(b)} {
		for _, file := range []string{"a.pmtiles", "a.mbtiles"} {
			b.Run(name+filepath.Ext(file), func(b *testing.B) {
				var n Stats
				start := cpuTime()
				for b.Loop() {
					_, n = exported(b, file, Job{Snapshot: s, MaxZoom: 14})
				}
				b.ReportMetric(float64(cpuTime()-start)/float64(b.N), "cpu-ns/op")
				b.ReportMetric(float64(n.Tiles), "tiles")
				b.ReportMetric(float64(n.Contents), "contents")
				b.ReportMetric(float64(n.Raw), "raw-bytes")
				b.ReportMetric(float64(n.Bytes), "bytes")
			})
		}
	}
}

// cpuTime returns the processor time this process has used, which other
// processes do not lengthen, in nanoseconds.
func cpuTime() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
