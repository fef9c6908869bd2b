package storetest

import (
	"testing"

	"github.com/petadesa/petadesa/data"
)

// Bench measures writing and loading a country of villages: 83,402 polygons of
// 105 vertices, 8.8 million in all. Run it with -benchtime 1x.
func Bench(b *testing.B, target Target) {
	const villages, vertices = 83_402, 105
	country := Polygons("villages", villages, vertices)
	s := target.open(b, target.Fresh(b))
	measure := func(name string, work func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				work()
			}
			b.ReportMetric(villages*float64(b.N)/b.Elapsed().Seconds(), "features/s")
		})
	}
	measure("WriteNew", func() { write(b, s, Batch(data.Replace, country)) })
	measure("WriteOver", func() { write(b, s, Batch(data.Replace, country)) })
	measure("UpsertAll", func() { write(b, s, Batch(data.Upsert, country)) })
	one := country
	one.Records = one.Records[:1]
	b.Run("UpsertOne", func(b *testing.B) {
		for b.Loop() {
			write(b, s, Batch(data.Upsert, one))
		}
	})
	measure("Load", func() {
		if _, err := s.Load(b.Context()); err != nil {
			b.Fatal(err)
		}
	})
}
