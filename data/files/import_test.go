package files

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestTry(t *testing.T) {
	root := os.Getenv("PETADESA_TESTDATA")
	if root == "" {
		root = "../../../shared/testdata"
	}
	for _, x := range [][2]string{{"villages", "malang/villages_malang_topo.geojson"}, {"villages", "malang/villages_malang_raw.geojson"}, {"villages", "malang/villages_malang_raw_latlng.geojson"},
		{"districts", "malang/kecamatan_malang_raw.geojson"}, {"districts", "malang/kecamatan_malang_dissolved.geojson"}, {"roads", "malang/roads_lawang_singosari_jabung.geojson"},
		{"roads", "malang/roads_klojen_kota_malang.geojson"}, {"rivers", "malang/rivers_lawang_singosari_jabung.geojson"}, {"neighbours", "neighbours/villages_kota_malang.geojson"}, {"neighbours", "neighbours/villages_kota_batu.geojson"},
		{"offices", "malang/offices_lawang_singosari_jabung.geojson"}, {"coast", "malang/coast_malang_admin.geojson"}, {"kab", "malang/kabupaten_malang_dissolved.geojson"},
		{"destinations", "tourism/destinations_malang.geojson"}, {"towers", "coverage/towers_bandung_raw_stringcoords.geojson"}, {"bandung", "coverage/towers_bandung_raw_stringcoords.geojson"}, {"restaurants", "osm/osm_restaurants_malang_raya.geojson"}} {
		start := time.Now()
		rep, err := Import(context.Background(), nil, Path(filepath.Join(root, x[1])), Options{Collection: x[0], DryRun: true, MaxProblems: 3})
		t.Log(time.Since(start), err)
		rep.WriteText(os.Stdout)
	}
}
