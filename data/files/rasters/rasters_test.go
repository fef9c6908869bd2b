package rasters

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

func openStore(t testing.TB) data.Store {
	t.Helper()
	s, err := gpkg.Open(t.Context(), filepath.Join(t.TempDir(), "store.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func stored(t testing.TB, s data.Store, name string) *raster.Raster {
	t.Helper()
	infos, err := s.Rasters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range infos {
		if i.Name == name {
			r, err := raster.New(i, s, raster.NewCache(raster.DefaultCacheBytes))
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

// mountain is the height at a place; the south-western quarter of each degree is
// not known.
func mountain(lon, lat float64) int16 {
	x, y := lon-math.Floor(lon), lat-math.Floor(lat)
	if x > 0.1 && y > 0.1 && x < 0.4 && y < 0.4 {
		return math.MinInt16
	}
	return int16(math.Round(1500 + 1400*math.Sin(lon*40)*math.Cos(lat*55)))
}

// tile writes an .hgt file.
func tile(t testing.TB, folder, name string, lon, lat, side int, height func(lon, lat float64) int16) string {
	t.Helper()
	b := make([]byte, 0, 2*side*side)
	for row := range side {
		for col := range side {
			h := height(float64(lon)+float64(col)/float64(side-1), float64(lat)+1-float64(row)/float64(side-1))
			b = binary.BigEndian.AppendUint16(b, uint16(h))
		}
	}
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func gdal(t testing.TB, tool string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v: %s", tool, args, err, out)
	}
}

func paths(list ...string) (sources []files.Source) {
	for _, p := range list {
		sources = append(sources, files.Path(p))
	}
	return sources
}

func TestElevation(t *testing.T) {
	folder := t.TempDir()
	north := tile(t, folder, "S08E112.hgt", 112, -8, 1201, mountain)
	south := tile(t, folder, "S09E112.hgt", 112, -9, 1201, mountain)
	finer := tile(t, folder, "S08E112.SRTMGL1.hgt", 112, -8, 3601, mountain)
	tiff := filepath.Join(folder, "both.tif")
	vrt := filepath.Join(folder, "both.vrt")
	gdal(t, "gdalbuildvrt", "-q", vrt, north, south)
	gdal(t, "gdal_translate", "-q", "-ot", "Float32", "-co", "COMPRESS=DEFLATE", "-co", "TILED=YES", vrt, tiff)

	box := &orb.Bound{Min: orb.Point{112.35, -8.3}, Max: orb.Point{112.7, -7.7}}
	options := Options{Name: raster.Elevation, BBox: box, SourceDate: "2000-02", Attribution: "NASA"}
	w := lattice.Covering(*box)
	compare := func(t *testing.T, r *raster.Raster, only orb.Bound) {
		t.Helper()
		got := make([]float32, w.Len())
		if err := r.Read(t.Context(), w, got); err != nil {
			t.Fatal(err)
		}
		for i, h := range got {
			c := w.Cell(i)
			lon, lat := lattice.Lon(float64(c.Col)), lattice.Lat(float64(c.Row))
			if !only.Contains(orb.Point{lon, lat}) {
				continue
			}
			want := mountain(lon, lat)
			if want == math.MinInt16 && h == h || want != math.MinInt16 && h != float32(want) {
				// On the border of the unknown quarter rounding decides.
				if x, y := lon-math.Floor(lon), lat-math.Floor(lat); math.Abs(x-0.4) < 1e-6 || math.Abs(y-0.4) < 1e-6 || math.Abs(y-0.1) < 1e-6 || math.Abs(x-0.1) < 1e-6 {
					continue
				}
				t.Fatalf("%g, %g: %g, want %d", lon, lat, h, want)
			}
		}
	}
	for name, sources := range map[string][]string{"two tiles": {north, south}, "GeoTIFF": {tiff}, "a finer tile": {finer}} {
		t.Run(name, func(t *testing.T) {
			s := openStore(t)
			r, err := Import(t.Context(), s, paths(sources...), options)
			if err != nil || !r.Stored || r.Cells == 0 || r.Empty == 0 || r.Cells+r.Empty != int64(w.Len()) && name != "a finer tile" {
				t.Fatalf("%+v, %v", r, err)
			}
			only := *box
			if name == "a finer tile" {
				only.Min[1] = -8
			}
			e := stored(t, s, raster.Elevation)
			compare(t, e, only)
			if d := e.Description(); d.SourceDate != "2000-02" || d.Attribution != "NASA" || d.Source == "" || d.Method == "" {
				t.Errorf("%+v", d)
			}
			if outside, err := e.At(t.Context(), 112.2, -7.9); err != nil || !math.IsNaN(outside) {
				t.Error(outside, err)
			}
		})
	}
	t.Run("one over the other", func(t *testing.T) {
		s, o := openStore(t), options
		if _, err := Import(t.Context(), s, paths(north), o); err != nil {
			t.Fatal(err)
		}
		o.Mode, o.Attribution = data.Upsert, ""
		if _, err := Import(t.Context(), s, paths(south), o); err != nil {
			t.Fatal(err)
		}
		e := stored(t, s, raster.Elevation)
		compare(t, e, *box)
		if d := e.Description(); d.Source != "S08E112.hgt, S09E112.hgt" || d.Attribution != "NASA" {
			t.Errorf("%+v", d)
		}
	})
}

// people writes a population GeoTIFF by GDAL from an ASCII grid, and returns the
// sum of it.
func people(t testing.TB, path string, west, south, cell float64, width, height int, options ...string) (sum float64) {
	t.Helper()
	var text strings.Builder
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	text.WriteString("ncols " + strconv.Itoa(width) + "\nnrows " + strconv.Itoa(height) + "\nxllcorner " + number(west) + "\nyllcorner " + number(south) + "\ncellsize " + number(cell) + "\nNODATA_value -99999\n")
	for i := range width * height {
		v := float64(float32(float64(i%37)*0.31 + float64(i%5)))
		if i%7 == 0 {
			v = -99999
		} else {
			sum += v
		}
		text.WriteString(number(v) + " ")
	}
	grid := path + ".asc"
	if err := os.WriteFile(grid, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	gdal(t, "gdal_translate", append(append([]string{"-q", "-a_srs", "EPSG:4326", "-ot", "Float32"}, options...), grid, path)...)
	return sum
}

func TestPopulationKeepsItsSum(t *testing.T) {
	for name, tc := range map[string]struct {
		west, south, cell float64
		options           []string
	}{
		"on the lattice":           {112, -8.5, 1 / 1200.0, []string{"-co", "COMPRESS=LZW"}},
		"as WorldPop rounds it":    {112.0004166 - 0.0004166, -8.5, 0.0008333333, []string{"-co", "COMPRESS=LZW", "-co", "TILED=YES"}},
		"between, as SRTM's posts": {112 - 1/2400.0, -8.5 + 1/2400.0, 1 / 1200.0, nil},
		"1 km":                     {112, -8.5, 1 / 120.0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pop.tif")
			want := people(t, path, tc.west, tc.south, tc.cell, 300, 270, tc.options...)
			s := openStore(t)
			r, err := Import(t.Context(), s, paths(path), Options{Name: raster.Population})
			if err != nil {
				t.Fatal(err)
			}
			p := stored(t, s, raster.Population)
			sum, _, err := p.Sum(t.Context(), p.Window())
			if err != nil || math.Abs(sum/want-1) > 1e-6 || math.Abs(r.Sum/want-1) > 1e-6 {
				t.Errorf("%g people stored, %g reported, %g in the file; %v", sum, r.Sum, want, err)
			}
			if tc.cell == 1/1200.0 && tc.west == 112 && r.Cells != int64(300*270-(300*270+6)/7) {
				t.Errorf("%d cells", r.Cells)
			}
		})
	}
}

func TestSouthUp(t *testing.T) {
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a.tif"), filepath.Join(folder, "b.tif")
	want := people(t, a, 112, -8.5, 1/1200.0, 100, 80)
	north, south := openStore(t), openStore(t)
	if _, err := Import(t.Context(), north, paths(a), Options{Name: raster.Population}); err != nil {
		t.Fatal(err)
	}
	gdal(t, "gdalwarp", "-q", "-of", "VRT", a, filepath.Join(folder, "a.vrt"))
	top := -8.5 + 80/1200.0
	gdal(t, "gdal_translate", "-q", "-a_ullr", "112", "-8.5", strconv.FormatFloat(112+100/1200.0, 'f', 12, 64), strconv.FormatFloat(top, 'f', 12, 64), a, b)
	r, err := Import(t.Context(), south, paths(b), Options{Name: raster.Population})
	if err != nil || math.Abs(r.Sum/want-1) > 1e-6 {
		t.Fatal(err, r)
	}
	// The rows are the other way round.
	x, y := 112+10.5/1200, 3.5/1200
	one, err := stored(t, north, raster.Population).At(t.Context(), x, -8.5+y)
	if err != nil {
		t.Fatal(err)
	}
	other, err := stored(t, south, raster.Population).At(t.Context(), x, top-y)
	if err != nil || one != other {
		t.Errorf("%g, %g; %v", one, other, err)
	}
}

func TestRefusedAndNothingChanges(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	good := tile(t, folder, "S08E112.hgt", 112, -8, 1201, mountain)
	s := openStore(t)
	if _, err := Import(t.Context(), s, paths(good), Options{Name: raster.Elevation}); err != nil {
		t.Fatal(err)
	}
	before, err := s.Rasters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	people(t, at("pop.tif"), 112, -8.5, 1/1200.0, 50, 40)
	gdal(t, "gdal_translate", "-q", "-a_srs", "EPSG:32749", at("pop.tif"), at("utm.tif"))
	gdal(t, "gdal_translate", "-q", "-a_nodata", "5", "-scale", "-1e9", "1e9", "5", "5", at("pop.tif"), at("void.tif"))
	gdal(t, "gdal_translate", "-q", "-a_nodata", "-1", at("pop.tif"), at("negative.tif"))
	people(t, at("coarse.tif"), 112, -8.5, 0.1, 5, 4)
	people(t, at("nowhere.tif"), 250, -8.5, 1/1200.0, 5, 4)
	raw, err := os.ReadFile(at("pop.tif"))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"cut.tif": raw[:len(raw)/2], "empty.tif": nil, "S09E112.hgt": make([]byte, 100), "text.tif": []byte("not a picture at all")} {
		if err := os.WriteFile(at(name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tile(t, folder, "mountain.hgt", 112, -8, 1201, mountain)
	tile(t, folder, "N01E112.hgt", 112, 1, 1201, func(float64, float64) int16 { return math.MinInt16 })
	tile(t, folder, "N02E112.hgt", 112, 2, 1201, func(float64, float64) int16 { return 0x3412 })
	far := &orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{11, 11}}
	for _, tc := range []struct {
		file    string
		options Options
		want    string
	}{
		{"utm.tif", Options{Name: raster.Population}, "EPSG:32749"},
		{"void.tif", Options{Name: raster.Population}, "no value"},
		{"negative.tif", Options{Name: raster.Population}, "-99999 people in column 1, row 1"},
		{"coarse.tif", Options{Name: raster.Population}, "pixels measure 0.1"},
		{"nowhere.tif", Options{Name: raster.Population}, "not on Earth"},
		{"cut.tif", Options{Name: raster.Population}, "truncated"},
		{"empty.tif", Options{Name: raster.Population}, "not a GeoTIFF"},
		{"text.tif", Options{Name: raster.Population}, "not a GeoTIFF"},
		{"S08E112.hgt", Options{Name: raster.Population}, "not a GeoTIFF"},
		{"S09E112.hgt", Options{Name: raster.Elevation}, "no tile"},
		{"mountain.hgt", Options{Name: raster.Elevation}, "does not say where"},
		{"N01E112.hgt", Options{Name: raster.Elevation}, "no value"},
		{"N02E112.hgt", Options{Name: raster.Elevation}, "height 13330"},
		{"S08E112.hgt", Options{Name: raster.Elevation, BBox: far}, "nothing of what is wanted"},
		{"S08E112.hgt", Options{Name: raster.Elevation, Within: "villages"}, "villages"},
		{"S08E112.hgt", Options{Name: "slope"}, "slope"},
		{"S08E112.hgt", Options{Name: raster.Elevation, Mode: data.Append}, "append"},
		{"missing.hgt", Options{Name: raster.Elevation}, "missing.hgt"},
	} {
		_, err := Import(t.Context(), s, paths(at(tc.file)), tc.options)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s as %s: %v; want %q", tc.file, tc.options.Name, err, tc.want)
		}
	}
	if _, err := Import(t.Context(), s, paths(at("pop.tif"), at("pop.tif")), Options{Name: raster.Population}); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
	if r, err := Import(t.Context(), s, paths(good), Options{Name: raster.Elevation, DryRun: true, SourceDate: "another"}); err != nil || r.Stored || r.Cells == 0 {
		t.Error(err, r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Import(ctx, s, paths(good), Options{Name: raster.Elevation}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	after, err := s.Rasters(t.Context())
	if err != nil || len(after) != 1 || after[0].Version() != before[0].Version() {
		t.Error("something changed", err)
	}
}
