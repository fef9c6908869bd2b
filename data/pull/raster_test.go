package pull

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/http"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo/raster"
)

const skadi = "/s3.amazonaws.com/elevation-tiles-prod/skadi/"

// tile is a slope: each row of posts is a metre lower than the one north of it.
func tile() []byte {
	const side = 1201
	raw := make([]byte, 0, 2*side*side)
	for y := range side {
		for range side {
			raw = binary.BigEndian.AppendUint16(raw, uint16(side-y))
		}
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(raw)
	z.Close()
	return b.Bytes()
}

// population is a GeoTIFF of pixels of a hundredth of a degree with 5 people
// each, over the made-up regency and what is around it.
func population() []byte {
	const width, height = 80, 80
	var b bytes.Buffer
	le := binary.LittleEndian
	entries := 12
	ifd := 8
	after := ifd + 2 + 12*entries + 4
	scale, tie, keys := after, after+24, after+24+48
	pixels := keys + 32
	b.WriteString("II*\x00")
	binary.Write(&b, le, uint32(ifd))
	binary.Write(&b, le, uint16(entries))
	entry := func(tag, kind uint16, count, value uint32) {
		binary.Write(&b, le, tag)
		binary.Write(&b, le, kind)
		binary.Write(&b, le, count)
		binary.Write(&b, le, value)
	}
	entry(256, 3, 1, width)
	entry(257, 3, 1, height)
	entry(258, 3, 1, 32)
	entry(259, 3, 1, 1)
	entry(262, 3, 1, 1)
	entry(273, 4, 1, uint32(pixels))
	entry(278, 3, 1, height)
	entry(279, 4, 1, width*height*4)
	entry(339, 3, 1, 3)
	entry(33550, 12, 3, uint32(scale))
	entry(33922, 12, 6, uint32(tie))
	entry(34735, 3, 16, uint32(keys))
	binary.Write(&b, le, uint32(0))
	binary.Write(&b, le, []float64{0.005, 0.005, 0})
	binary.Write(&b, le, []float64{0, 0, 0, 112.3, -8.1, 0})
	binary.Write(&b, le, []uint16{1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326}) // degrees of WGS 84
	for range width * height {
		binary.Write(&b, le, float32(5))
	}
	return b.Bytes()
}

func TestRasters(t *testing.T) {
	w := newWorld(t, made)
	w.file(skadi, tile())
	w.file("/data.worldpop.org/", population())
	j := newJob(t, w)
	j.selection = Selection{Code: "99.01", Only: []string{"villages", "elevation", "population"}}
	m, err := j.run(t)
	if err != nil || len(m.Failed) > 0 {
		t.Fatal(err, m.Failed)
	}
	// Regency 99.01 with a margin of 0.2 degrees touches one square degree.
	for _, name := range []string{"S09/S09E112", "S08/S08E112"} {
		if n := w.requests(name); (n == 1) != (name == "S09/S09E112") {
			t.Errorf("%s was asked for %d times", name, n)
		}
	}
	infos, err := j.store.Rasters(t.Context())
	if err != nil || len(infos) != 2 {
		t.Fatal(infos, err)
	}
	for _, info := range infos {
		if info.Attribution == "" || info.License == "" || info.SourceDate == "" || info.Name == raster.Elevation && !strings.Contains(info.Source, "S09E112") {
			t.Errorf("%+v", info)
		}
	}
	before, _ := j.store.Rasters(t.Context())

	// What is no raster is left out, and what was there stays.
	w.handle(skadi, func(rw http.ResponseWriter, r *http.Request) { rw.Write(zipped("no heights")) })
	w.handle("/data.worldpop.org/", func(rw http.ResponseWriter, r *http.Request) { rw.Write([]byte("II*\x00\xff\xff\xff\xff")) })
	j.cache = t.TempDir()
	if m, err = j.run(t); err != nil || len(m.Failed) != 2 {
		t.Errorf("%+v, %v", m, err)
	}
	after, _ := j.store.Rasters(t.Context())
	if len(after) != 2 || after[0].Version() != before[0].Version() {
		t.Errorf("%+v, were %+v", after, before)
	}
}
