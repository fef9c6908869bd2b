package propagation

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
)

// TestRidge puts a tower on the plateau behind a ridge at the coast: there is a
// signal on the hill, and none on the beach below it.
func TestRidge(t *testing.T) {
	m, tx := DefaultModel(), tower(112.5, -8.35, 45)
	f, err := m.Footprint(t.Context(), tx, 8000, hills(coast))
	if err != nil {
		t.Fatal(err)
	}
	at := func(inland float64) orb.Point { return orb.Point{112.5, -8.40 + inland/110_600} }
	hill, err := m.Path(t.Context(), tx, at(2050), hills(coast))
	if err != nil {
		t.Fatal(err)
	}
	beach, err := m.Path(t.Context(), tx, at(150), hills(coast))
	if err != nil {
		t.Fatal(err)
	}
	flat, err := m.Path(t.Context(), tx, at(150), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("hill %.1f dBm; beach %.1f dBm, of which diffraction takes %.1f dB; on flat terrain the beach would have %.1f dBm", hill.RSRP, beach.RSRP, beach.Loss.Diffraction, flat.RSRP)
	if hill.RSRP < -105 || !hill.LineOfSight {
		t.Errorf("no signal on the hill: %g dBm", hill.RSRP)
	}
	if beach.RSRP > -125 || beach.LineOfSight {
		t.Errorf("a signal on the beach: %g dBm", beach.RSRP)
	}
	if len(beach.Ridges) != 1 || beach.Ridges[0].Above < 100 || beach.Ridges[0].Distance < 3000 || beach.Ridges[0].Distance > 4500 {
		t.Errorf("the ridge: %+v", beach.Ridges)
	}
	draw(t, f)
}

// draw writes the footprint as a picture into the folder of PETADESA_PICTURES,
// or else a temporary one.
func draw(t *testing.T, f *Footprint) {
	folder := os.Getenv("PETADESA_PICTURES")
	if folder == "" {
		folder = t.TempDir()
	}
	const scale = 3
	picture := image.NewRGBA(image.Rect(0, 0, int(f.Window.Width)*scale, int(f.Window.Height)*scale))
	for i, rsrp := range f.RSRP {
		c := f.Window.Cell(i)
		p := c.Center()
		shade := uint8(60 + min(coast(p[0], p[1])/4, 190))
		paint := color.RGBA{shade, shade, shade, 255}
		switch {
		case coast(p[0], p[1]) == 0:
			paint = color.RGBA{170, 200, 230, 255}
		case rsrp != rsrp:
		case rsrp >= -95:
			paint = color.RGBA{shade / 3, 160, shade / 3, 255}
		case rsrp >= -105:
			paint = color.RGBA{shade / 2, 200, 120, 255}
		case rsrp >= -115:
			paint = color.RGBA{230, 190, 60, 255}
		default:
			paint = color.RGBA{200, 70, 60, 255}
		}
		for y := range scale {
			for x := range scale {
				picture.Set(int(c.Col-f.Window.Col)*scale+x, int(c.Row-f.Window.Row)*scale+y, paint)
			}
		}
	}
	out, err := os.Create(filepath.Join(folder, "ridge.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := png.Encode(out, picture); err != nil {
		t.Fatal(err)
	}
}
