package geotiff

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// translate makes a GeoTIFF of a grid of values, by GDAL.
func translate(t testing.TB, values []float64, width int, options ...string) []byte {
	t.Helper()
	tool, err := exec.LookPath("gdal_translate")
	if err != nil {
		t.Fatal("gdal_translate is not installed")
	}
	folder := t.TempDir()
	from, to := filepath.Join(folder, "in.asc"), filepath.Join(folder, "out.tif")
	var text strings.Builder
	// An ASCII grid, whose corner is S08E112's, of cells of 3 arc-seconds.
	text.WriteString("ncols " + strconv.Itoa(width) + "\nnrows " + strconv.Itoa(len(values)/width) + "\nxllcorner 112\nyllcorner -8\ncellsize 0.000833333333333333\nNODATA_value -99999\n")
	for i, v := range values {
		text.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
		if (i+1)%width == 0 {
			text.WriteString("\n")
		} else {
			text.WriteString(" ")
		}
	}
	if err := os.WriteFile(from, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, append(append([]string{"-q", "-a_srs", "EPSG:4326"}, options...), from, to)...).CombinedOutput()
	if err != nil {
		t.Fatalf("gdal_translate %v: %v: %s", options, err, out)
	}
	b, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// grid is values that compress somehow, with some missing.
func grid(width, height int) []float64 {
	v := make([]float64, width*height)
	for i := range v {
		v[i] = math.Round(300 + 200*math.Sin(float64(i%width)/9)*math.Cos(float64(i/width)/7))
		if i%11 == 3 {
			v[i] = -99999
		}
	}
	return v
}

func TestEqualsGDAL(t *testing.T) {
	const width, height = 133, 91
	values := grid(width, height)
	for _, options := range []string{
		"-ot Float32", "-ot Float32 -co COMPRESS=DEFLATE", "-ot Float32 -co COMPRESS=LZW", "-ot Float32 -co COMPRESS=PACKBITS",
		"-ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=2", "-ot Float32 -co COMPRESS=LZW -co PREDICTOR=3", "-ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=2 -co ENDIANNESS=BIG",
		"-ot Float64 -co COMPRESS=DEFLATE -co PREDICTOR=3", "-ot Float64 -co ENDIANNESS=BIG", "-ot Float32 -co TILED=YES -co BLOCKXSIZE=32 -co BLOCKYSIZE=16 -co COMPRESS=LZW",
		"-ot Float32 -co BIGTIFF=YES -co COMPRESS=DEFLATE", "-ot Float32 -co BIGTIFF=YES -co TILED=YES -co BLOCKXSIZE=64 -co BLOCKYSIZE=64 -co COMPRESS=DEFLATE -co PREDICTOR=3",
		"-ot Int32 -co COMPRESS=LZW -co PREDICTOR=2", "-ot Int16 -a_nodata -32768 -co COMPRESS=DEFLATE -co PREDICTOR=2", "-ot Int32 -co BLOCKYSIZE=7", "-ot Float32 -co SPARSE_OK=TRUE",
	} {
		t.Run(options, func(t *testing.T) {
			b := translate(t, values, width, strings.Fields(options)...)
			im, err := Open(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			if im.Width != width || im.Height != height || im.EPSG != 4326 || !im.HasNoData || im.Point {
				t.Fatalf("%+v", im)
			}
			if math.Abs(im.West-112) > 1e-9 || math.Abs(im.North-(-8+height/1200.0)) > 1e-9 || math.Abs(im.PixelX*1200-1) > 1e-9 || math.Abs(im.PixelY*1200+1) > 1e-9 {
				t.Errorf("%g %g %g %g", im.West, im.North, im.PixelX, im.PixelY)
			}
			for _, w := range [][4]int{{0, 0, width, height}, {17, 33, 70, 5}, {width - 1, height - 1, 1, 1}} {
				dst := make([]float64, w[2]*w[3])
				if err := im.Read(t.Context(), w[0], w[1], w[2], w[3], dst); err != nil {
					t.Fatal(err)
				}
				for i, got := range dst {
					want := values[(w[1]+i/w[2])*width+w[0]+i%w[2]]
					if strings.Contains(options, "Int16") && want == -99999 {
						want = math.NaN() // GDAL clamps it to the −32768 that stands for none
					}
					if want == -99999 {
						want = math.NaN()
					}
					if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
						t.Fatalf("window %v, place %d: %g, want %g", w, i, got, want)
					}
				}
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	values := grid(20, 10)
	read := func(options ...string) *Image {
		b := translate(t, values, 20, options...)
		im, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(options, err)
		}
		return im
	}
	// South up: the first row is the southernmost.
	if im := read("-a_ullr", "112", "-8", "113", "-7"); im.PixelY < 0 || im.North != -8 {
		t.Errorf("south up: %+v", im)
	}
	if im := read("-mo", "AREA_OR_POINT=Point"); !im.Point || math.Abs(im.West-112) > 1e-9 {
		t.Errorf("points: %v %.9f", im.Point, im.West)
	}
	if im := read("-a_srs", "EPSG:32749"); im.EPSG != 32749 {
		t.Errorf("EPSG %d", im.EPSG)
	}
}

func TestRefused(t *testing.T) {
	values := grid(40, 30)
	good := translate(t, values, 40, "-ot", "Float32")
	open := func(b []byte) error {
		im, err := Open(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			err = im.Read(context.Background(), 0, 0, im.Width, im.Height, make([]float64, im.Width*im.Height))
		}
		return err
	}
	// retag changes the value of a tag of the first directory of a classic file.
	retag := func(id uint16, value uint32) []byte {
		b := bytes.Clone(good)
		at := binary.LittleEndian.Uint32(b[4:])
		for i := range uint32(binary.LittleEndian.Uint16(b[at:])) {
			e := b[at+2+12*i:]
			if binary.LittleEndian.Uint16(e) != id {
				continue
			}
			if binary.LittleEndian.Uint16(e[2:]) == 3 {
				binary.LittleEndian.PutUint16(e[2:], 4) // a long one
			}
			binary.LittleEndian.PutUint32(e[8:], value)
		}
		return b
	}
	for name, tc := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":           {nil, "not a TIFF"},
		"a text":            {[]byte("this is a text, not an image"), "not a TIFF"},
		"cut":               {good[:len(good)/2], "truncated"},
		"head only":         {good[:8], "truncated"},
		"huge":              {retag(tagWidth, 1<<30), "1073741824 × 30 pixels"},
		"wider than it is":  {retag(tagHeight, 1<<20), "needs"},
		"no width":          {retag(tagWidth, 0), "0 × 30"},
		"strange format":    {retag(tagSampleFormat, 6), "samples of format 6"},
		"strange bits":      {retag(tagBits, 12), "12 bits"},
		"several bands":     {retag(tagBands, 3), "3 bands"},
		"a picture":         {retag(tagCompression, 7), "compression 7"},
		"strange predictor": {retag(tagPredictor, 9), ""},
		"floats both ways":  {translate(t, values, 40, "-ot", "Float32", "-co", "COMPRESS=DEFLATE", "-co", "PREDICTOR=3", "-co", "ENDIANNESS=BIG"), "predictor 3"},
		"RGB":               {translate(t, values, 40, "-b", "1", "-b", "1", "-b", "1", "-ot", "Byte"), "3 bands"},
		"zstd or the like":  {translate(t, values, 40, "-ot", "Byte", "-co", "COMPRESS=JPEG"), "compression 7"},
	} {
		err := open(tc.file)
		if tc.want == "" {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v; want %q", name, err, tc.want)
		}
	}
	im, err := Open(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Read(t.Context(), 39, 0, 2, 1, make([]float64, 2)); err == nil {
		t.Error("a window beyond the image is read")
	}
}

func FuzzOpen(f *testing.F) {
	values := grid(40, 30)
	for _, options := range []string{"-ot Float32", "-ot Int16 -co COMPRESS=LZW -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16", "-ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=3 -co BIGTIFF=YES", "-ot Byte -co COMPRESS=PACKBITS"} {
		f.Add(translate(f, values, 40, strings.Fields(options)...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		im, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		w, h := min(im.Width, 50), min(im.Height, 50)
		_ = im.Read(t.Context(), im.Width-w, im.Height-h, w, h, make([]float64, w*h))
	})
}
