package main

import (
	"cmp"
	"fmt"
	"slices"
)

// censusTotal is the regency's population in the census of 2020 (BPS, SP2020).
const censusTotal = 2_654_448

// kelurahanShare is what a kelurahan counts for, where a desa counts 1, in the
// kecamatan without figures by village. In the 44 villages whose population is
// known the shares are off by 26 % in the mean.
const kelurahanShare = 1.5

// populate spreads the census total over the villages:
//   - each kecamatan with a published figure gets it; what is left of the total is
//     shared by the others by their villages;
//   - in a kecamatan whose villages' populations are published they give the
//     shares, in the others a desa counts 1 and a kelurahan kelurahanShare;
//   - people are whole, by largest remainders, so that the sum is the total.
func populate(facts string, w *world) error {
	districts, err := readTable(facts, "district_population.csv")
	if err != nil {
		return err
	}
	known := map[string]float64{}
	left := float64(censusTotal)
	for _, row := range districts.rows {
		n, err := integer(row, "population")
		if err != nil {
			return fmt.Errorf("district population: %w", err)
		}
		known[row["code"]] = float64(n)
		left -= float64(n)
	}
	villages, err := readTable(facts, "village_population.csv")
	if err != nil {
		return err
	}
	share := map[string]float64{}
	for _, row := range villages.rows {
		n, err := integer(row, "population")
		if err != nil {
			return fmt.Errorf("village population: %w", err)
		}
		share[row["code"]] = float64(n)
	}
	sum := map[string]float64{}
	rest := 0.0
	for _, v := range w.villages {
		if share[v.code] == 0 {
			share[v.code] = 1
			if v.kind == "kelurahan" {
				share[v.code] = kelurahanShare
			}
		}
		sum[v.districtCode] += share[v.code]
		if known[v.districtCode] == 0 {
			rest += share[v.code]
		}
	}
	exact := make([]float64, len(w.villages))
	for i, v := range w.villages {
		if total := known[v.districtCode]; total > 0 {
			exact[i] = total * share[v.code] / sum[v.districtCode]
		} else {
			exact[i] = left * share[v.code] / rest
		}
	}
	for i, n := range apportion(exact, censusTotal) {
		w.villages[i].population = n
	}
	return nil
}

// apportion rounds the values, whose sum is the total, to whole numbers with
// that sum, by largest remainders.
func apportion(exact []float64, total int) []int {
	whole := make([]int, len(exact))
	order := make([]int, len(exact))
	for i, v := range exact {
		whole[i], order[i] = int(v), i
		total -= int(v)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return -cmp.Compare(exact[a]-float64(whole[a]), exact[b]-float64(whole[b]))
	})
	for _, i := range order[:min(max(total, 0), len(order))] {
		whole[i]++
	}
	return whole
}
