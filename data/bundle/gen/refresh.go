package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// place is one row of the npm package geografis (MIT), data/json/data.json.
type place struct {
	Code      string  `json:"code"`
	Postal    int     `json:"postal"`
	City      string  `json:"city"`
	District  string  `json:"district"`
	Village   string  `json:"village"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Elevation float64 `json:"elevation"`
}

// The regency of the bundle and the province it lies in, by Kemendagri code.
const (
	regency  = "35.07"
	province = "35"
)

// guardMetres is how far beyond the province villages are kept: they bound the
// cells of the outermost regencies and are not published themselves.
const guardMetres = 25_000

// The small islands of the province in the open Java Sea, too far away to be
// context, are left out: all land north or east of these.
const (
	islandsNorth = -6.5
	islandsEast  = 114.7
)

// refreshVillages rewrites the fact tables of villages from an unpacked
// geografis package.
func refreshVillages(facts, pkg string) error {
	raw, err := os.ReadFile(filepath.Join(pkg, "data", "json", "data.json"))
	if err != nil {
		return fmt.Errorf("read geografis: %w", err)
	}
	var places []place
	if err := json.Unmarshal(raw, &places); err != nil {
		return fmt.Errorf("read geografis: %w", err)
	}
	slices.SortFunc(places, func(a, b place) int { return strings.Compare(a.Code, b.Code) })

	var home, around, regions [][]string
	var points []orb.Point
	seen := map[string]bool{}
	for _, p := range places {
		if !strings.HasPrefix(p.Code, province+".") || p.Latitude > islandsNorth || p.Longitude > islandsEast {
			continue
		}
		points = append(points, plane(orb.Point{p.Longitude, p.Latitude}))
		if strings.HasPrefix(p.Code, regency+".") {
			home = append(home, []string{
				p.Code, p.Village, kindOf(p.Code), p.Code[:8], p.District,
				decimal(p.Longitude, 6), decimal(p.Latitude, 6), decimal(p.Elevation, 0), strconv.Itoa(p.Postal),
			})
			continue
		}
		around = append(around, []string{p.Code, decimal(p.Longitude, 5), decimal(p.Latitude, 5)})
		if code := p.Code[:5]; !seen[code] {
			seen[code] = true
			kind := "kabupaten"
			if strings.HasPrefix(p.City, "Kota ") {
				kind = "kota"
			}
			regions = append(regions, []string{code, p.City, kind})
		}
	}
	for _, p := range places {
		if strings.HasPrefix(p.Code, province+".") || p.Longitude < 109 || p.Longitude > 117 || p.Latitude > -5 || p.Latitude < -10 {
			continue
		}
		at := plane(orb.Point{p.Longitude, p.Latitude})
		near := slices.ContainsFunc(points, func(q orb.Point) bool { return math.Hypot(at[0]-q[0], at[1]-q[1]) < guardMetres })
		if near {
			around = append(around, []string{p.Code, decimal(p.Longitude, 5), decimal(p.Latitude, 5)})
		}
	}
	slices.SortFunc(around, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return writeTables(facts, map[string][][]string{
		"villages.csv":     append([][]string{{"code", "name", "kind", "district_code", "district", "lon", "lat", "elevation_m", "postal_code"}}, home...),
		"surroundings.csv": append([][]string{{"code", "lon", "lat"}}, around...),
		"neighbours.csv":   append([][]string{{"code", "name", "kind"}}, regions...),
	})
}

// kindOf tells a kelurahan from a desa: the first digit of the last part of the
// Kemendagri code is 1 or 2.
func kindOf(code string) string {
	if len(code) == 13 && code[9] == '1' {
		return "kelurahan"
	}
	return "desa"
}

func decimal(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }
