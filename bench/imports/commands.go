package main

import (
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// A command imports one file, and says what is to come of it.
type command struct {
	collection, file string
	flags            []string

	rows, kept, refused int
	codes               string   // of what is refused: "code × n, …"
	says                []string // in the report or the message
	same                string   // the group of commands that give the same ids
	stored              func(geo.Table) []string
}

func (c command) String() string {
	return strings.Join(append([]string{c.collection, c.file}, c.flags...), " ")
}

// check says what is not as expected.
func (c command) check(r result) (bad []string) {
	rep := r.report
	if rep.Read != c.rows || rep.Stored != c.kept || rep.Refused != c.refused {
		bad = append(bad, fmt.Sprintf("%d read, %d stored, %d refused; expected %d, %d, %d", rep.Read, rep.Stored, rep.Refused, c.rows, c.kept, c.refused))
	}
	_, codes, _ := strings.Cut(refused(r), ", ")
	if rep.Read > 0 && codes != c.codes {
		bad = append(bad, fmt.Sprintf("refused for %q; expected %q", codes, c.codes))
	}
	if failed := r.message != ""; failed != (c.kept == 0) {
		bad = append(bad, "the exit status: "+r.message)
	}
	var text strings.Builder
	if err := rep.WriteText(&text); err != nil {
		bad = append(bad, err.Error())
	}
	for _, s := range c.says {
		if !strings.Contains(text.String()+r.message, s) {
			bad = append(bad, fmt.Sprintf("does not say %q", s))
		}
	}
	return bad
}

// whole is a file all of whose rows are stored.
func whole(collection, file string, rows int, says ...string) command {
	return command{collection: collection, file: file, rows: rows, kept: rows, says: says}
}

// with adds flags.
func (c command) with(flags ...string) command {
	c.flags = flags
	return c
}

// as puts a command into a group of the same ids.
func (c command) as(group string) command {
	c.same = group
	return c
}

// no is a file that is not one of features.
func no(file, why string) command {
	return command{collection: "planner", file: file, says: []string{why}}
}

const (
	malang   = "malang/villages_malang_"
	monaco   = "osm/monaco-latest.osm.pbf"
	old      = "osm/liechtenstein-2013-08-03.osm.pbf"
	mentions = "tourism/destinations_raw_observations.csv"
	bakti    = "coverage/bts_bakti_indonesia.csv"
	earth    = "cql2/ne110m4cql2.gpkg"
	noNames  = "where the names of the columns should be"
	noTable  = "the file is of no format that is read; as a text it is no table either"
)

// commands import every file of the test data. Overlaps of the raw villages: the
// file's description counts 749 pairs, GEOS 3.11 and we 747, all the same area.
var commands = []command{
	whole("villages", malang+"topo.geojson", 390, "overlaps: 0 pairs", "gaps: 0 slivers").as("villages"),
	whole("villages", malang+"raw.geojson", 390, "overlaps: 747 pairs of features, 0.667 km²", "gaps: 2183 slivers", "repaired: orientation × 390").as("villages"),
	whole("villages", malang+"raw.geojson", 390, "made a true coverage: 384 features changed").with("--clean-coverage").as("villages"),
	{collection: "villages", file: malang + "raw_latlng.geojson", rows: 390, refused: 390, codes: "swapped_axes × 390", says: []string{"--swap-axes exchanges them"}},
	whole("villages", malang+"raw_latlng.geojson", 390, "overlaps: 747 pairs of features, 0.667 km²").with("--swap-axes").as("villages"),
	whole("districts", "malang/kecamatan_malang_raw.geojson", 33, "repaired: invalid_geometry × 6").as("districts"),
	whole("districts", "malang/kecamatan_malang_dissolved.geojson", 33).as("districts"),
	whole("regency", "malang/kabupaten_malang_dissolved.geojson", 1),
	whole("coast", "malang/coast_malang_admin.geojson", 111),
	whole("village_register", "malang/villages_malang.csv", 390).with("--map", "id=code").as("villages"),
	whole("adjacency", "malang/village_adjacency_malang.csv", 1073),
	whole("roads", "malang/roads_lawang_singosari_jabung.geojson", 1071, "repaired: translated × 1071"),
	whole("roads", "malang/roads_klojen_kota_malang.geojson", 275, "repaired: translated × 275"),
	whole("rivers", "malang/rivers_lawang_singosari_jabung.geojson", 318),
	whole("offices", "malang/offices_lawang_singosari_jabung.geojson", 50),
	whole("commodities", "malang/village_population_commodity_lawang_singosari_jabung.csv", 44),
	whole("district_population", "malang/population_kecamatan.csv", 147),
	whole("regency_facts", "malang/regency_facts.csv", 25),
	whole("neighbours", "neighbours/villages_kota_malang.geojson", 57),
	whole("neighbours", "neighbours/villages_kota_batu.geojson", 24),

	whole("roads", monaco, 2345, "highway ways × 2379", "tourism objects × 158", "relations with missing members × 4"),
	whole("destinations", monaco, 132, "destinations without a name, left out × 76"),
	whole("roads", old, 2749, "highway ways × 2753", "tourism objects × 59"),
	whole("destinations", old, 67, "noted: duplicate × 3"),
	whole("restaurants", "osm/osm_restaurants_malang_raya.geojson", 71),

	whole("destinations", "tourism/destinations_malang.csv", 135),
	whole("destinations", "tourism/destinations_malang.geojson", 135),
	{collection: "destinations", file: mentions, rows: 266, refused: 96, codes: "missing × 96", says: []string{"noted: conflicting_places × 6"}},
	{collection: "destinations", file: mentions, flags: []string{"--skip-refused", "--duplicates", "merge"}, rows: 266, kept: 101, refused: 96, codes: "missing × 96"},
	{collection: "conflicts", file: "tourism/destinations_conflicts.csv", says: []string{"choose one with --lon and --lat: lon_bad, lat_bad, lon_chosen, lat_chosen"}},
	whole("conflicts", "tourism/destinations_conflicts.csv", 6).with("--lon", "lon_chosen", "--lat", "lat_chosen"),
	whole("desa_wisata", "tourism/desa_wisata_malang.csv", 25),
	whole("products", "tourism/village_products_malang.csv", 19),

	whole("blankspots", "coverage/blank_spots_news.csv", 42),
	whole("coverage_facts", "coverage/coverage_facts.csv", 17),
	whole("towers", "coverage/opencellid_510_2025-07.csv.gz", 9845, "cells × 25384"),
	whole("towers", "coverage/opencellid_malang_raya.csv", 70, "cells × 156"),
	whole("towers", "coverage/510_malang_bbox.csv", 66, "cells × 149"),
	whole("towers", bakti, 4727, "far_from_village × 46"),
	{collection: "base_stations", file: bakti, rows: 4727, kept: 4727, stored: lineBreaks},
	{collection: "towers", file: "coverage/towers_bandung_raw_stringcoords.geojson", rows: 763, refused: 1, codes: "bad_geometry × 1", says: []string{`coordinate "10,758,096.000000" is not a number`}},
	{collection: "towers", file: "coverage/towers_bandung_raw_stringcoords.geojson", flags: []string{"--skip-refused"}, rows: 763, kept: 762, refused: 1, codes: "bad_geometry × 1", says: []string{`text "31m" became a number`}},
	whole("podes", "coverage/podes2024_kota_batu.csv", 24, "PODES"),
	whole("podes", "coverage/podes2019_jambi_signal.csv", 1562, "PODES 2019"),
	whole("speedtests", "coverage/speedtest_kabupaten.csv", 444),
	whole("providers", "coverage/isp_pop_malang_2021.csv", 38),

	whole("countries", earth, 177, "repaired: orientation × 177").with("--layer", "ne_110m_admin_0_countries"),
	whole("cities", earth, 243).with("--layer", "ne_110m_populated_places_simple"),
	whole("great_rivers", earth, 13).with("--layer", "ne_110m_rivers_lake_centerlines"),
	whole("predicates", "cql2/predicates.csv", 234),

	whole("demand", "planner/mclp/SF_demand_205_centroid_uniform_weight.csv", 205),
	whole("sites", "planner/mclp/SF_store_site_16_longlat.csv", 16),
	whole("distances", "planner/mclp/SF_network_distance_candidateStore_16_censusTract_205_new.csv", 3280),
	no("planner/mclp/GRID_n100_m1000_s1.dat", noNames),
	no("planner/mclp/sf_mclp_optima.json", "not GeoJSON"),
	whole("itm_paths", "planner/itm/p2p.csv", 5),
	whole("itm_areas", "planner/itm/area.csv", 5),
	no("planner/itm/pfl.txt", noNames),
	no("planner/itm/pfls.csv", noNames),
	no("planner/hata/reference_values.txt", noNames),
	no("planner/p1812/b2iseac_rural_land_1km.csv", noTable),
	{collection: "planner", file: "planner/p1812/b2iseac_rural_land_1km_0_log.csv", rows: 71, refused: 1, codes: "ragged × 1"},
	no("planner/p1812/rburg_rural_noclutter_los.csv", noTable),
	{collection: "planner", file: "planner/p1812/rburg_rural_noclutter_los_0_log.csv", rows: 71, refused: 1, codes: "ragged × 1"},
	no("planner/p1812/bullington_check.txt", noTable),
}

// lineBreaks says whether the line breaks in quoted names are kept: 64 rows of
// BAKTI's list have one.
func lineBreaks(t geo.Table) []string {
	n := 0
	for _, r := range t.Records {
		for _, v := range r.Values {
			if s, ok := v.(string); ok && strings.Contains(s, "\n") {
				n++
				break
			}
		}
	}
	if n != 64 {
		return []string{fmt.Sprintf("%d rows have a line break, not 64", n)}
	}
	return nil
}
