package cells

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestSites(t *testing.T) {
	lte := func(enb, sector int64, lon float64, samples int64) Cell {
		return Cell{Radio: LTE, MCC: 510, Net: 10, Area: 1, ID: enb<<8 | sector, Lon: lon, Lat: -8, Range: 1000, Samples: samples}
	}
	gsm := func(id int64, lon float64) Cell {
		return Cell{Radio: GSM, MCC: 510, Net: 10, Area: 7, ID: id, Lon: lon, Lat: -8, Range: 1000, Samples: 5}
	}
	for name, test := range map[string]struct {
		cells []Cell
		want  []Site
	}{
		"sectors of an eNodeB are one site, a stray one does not move it": {
			[]Cell{lte(9, 1, 112.600, 10), lte(9, 2, 112.602, 10), lte(9, 3, 112.640, 1)},
			[]Site{{ID: "510-10-LTE-9", Operator: "Telkomsel", Technologies: []string{"4g"}, Lon: 112.602, Lat: -8, ErrorM: 926, Cells: 3, Samples: 21}},
		},
		"one cell is off by half its range": {
			[]Cell{lte(9, 1, 112.6, 10)},
			[]Site{{ID: "510-10-LTE-9", Operator: "Telkomsel", Technologies: []string{"4g"}, Lon: 112.6, Lat: -8, ErrorM: 500, Cells: 1, Samples: 10}},
		},
		"GSM: the last digit is the sector; what is far is another site": {
			[]Cell{gsm(4211, 112.6), gsm(4212, 112.6), gsm(4213, 112.7), gsm(4221, 112.65)},
			[]Site{
				{ID: "510-10-GSM-7-421", Operator: "Telkomsel", Technologies: []string{"2g"}, Lon: 112.6, Lat: -8, ErrorM: 354, Cells: 2, Samples: 10},
				{ID: "510-10-GSM-7-421-far1", Operator: "Telkomsel", Technologies: []string{"2g"}, Lon: 112.7, Lat: -8, ErrorM: 500, Cells: 1, Samples: 5},
				{ID: "510-10-GSM-7-422", Operator: "Telkomsel", Technologies: []string{"2g"}, Lon: 112.65, Lat: -8, ErrorM: 500, Cells: 1, Samples: 5},
			},
		},
		"an operator's technologies at one place are one mast": {
			[]Cell{lte(9, 1, 112.600, 10), gsm(4211, 112.601)},
			[]Site{{ID: "510-10-LTE-9", Operator: "Telkomsel", Technologies: []string{"2g", "4g"}, Lon: 112.6, Lat: -8, ErrorM: 500, Cells: 2, Samples: 15}},
		},
	} {
		got := gather(test.cells)
		for i := range got {
			got[i].radios = 0
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, test.want)
		}
	}
}

// Whatever the order of the lines, the sites are the same.
func TestOrderDoesNotMatter(t *testing.T) {
	cell := rapid.Custom(func(t *rapid.T) Cell {
		return Cell{
			Radio: Radio(rapid.IntRange(1, 5).Draw(t, "radio")), MCC: 510, Net: rapid.SampledFrom([]int{1, 10, 11}).Draw(t, "net"),
			Area: rapid.Int64Range(1, 2).Draw(t, "area"), ID: rapid.Int64Range(1, 600).Draw(t, "id"),
			Lon: 112 + float64(rapid.IntRange(0, 500).Draw(t, "lon"))/1e4, Lat: -8, Range: 1000, Samples: rapid.Int64Range(0, 9).Draw(t, "samples"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(cell, 1, 40).Draw(t, "cells")
		other := rapid.Permutation(cells).Draw(t, "other")
		if a, b := gather(cells), gather(other); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}
