package storetest

import (
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Country returns as many polygons as Indonesia has villages, 83,402 with 105
// vertices each, 8.8 million in all.
func Country() geo.Table { return Polygons("villages", 83_402, 105) }

// Bench measures writing and loading a country. Run it with -benchtime 1x.
func Bench(b *testing.B, target Target) {
	country := Country()
	s := target.open(b, target.Fresh(b))
	measure := func(name string, work func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				work()
			}
			b.ReportMetric(float64(len(country.Records)*b.N)/b.Elapsed().Seconds(), "features/s")
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
