package gdal

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/petadesa/petadesa/internal/needs"
)

// A position in World Mercator is where cs2cs says.
func TestTransform(t *testing.T) {
	needs.GDAL(t, Transformer)
	send := func(_ context.Context, w io.Writer) (int64, error) {
		_, err := fmt.Fprint(w, "12541913 -875673\n")
		return 1, err
	}
	var out bytes.Buffer
	if err := Transform(t.Context(), 3395, send, &out); err != nil {
		t.Fatal(err)
	}
	got := make([]float64, 2)
	if err := binary.Read(&out, binary.LittleEndian, got); err != nil {
		t.Fatal(err)
	}
	if math.Abs(got[0]-112.665921) > 1e-6 || math.Abs(got[1]+7.893892) > 1e-6 {
		t.Error(got)
	}
	if err := Transform(t.Context(), 999999, send, io.Discard); !errors.As(err, new(*RefusedError)) {
		t.Errorf("%T %v", err, err)
	}
	stopped := errors.New("nothing to send")
	if err := Transform(t.Context(), 3395, func(context.Context, io.Writer) (int64, error) { return 0, stopped }, io.Discard); !errors.Is(err, stopped) {
		t.Error(err)
	}
}

func TestConvert(t *testing.T) {
	needs.GDAL(t, Converter)
	dir := t.TempDir()
	in := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(in, []byte("name,n\nA,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "a.gpkg")
	if err := Convert(t.Context(), in, out, nil, 1<<30); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(out); err != nil || !bytes.HasPrefix(b, []byte("SQLite format 3")) {
		t.Error(err)
	}
	if err := Convert(t.Context(), in, filepath.Join(dir, "b.gpkg"), nil, 100); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if err := os.WriteFile(in, []byte{0, 1, 2}, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Convert(t.Context(), in, filepath.Join(dir, "c.gpkg"), nil, 1<<30); err == nil || err.Error() != "ogr2ogr cannot read it: Unable to open datasource `the file'" {
		t.Error(err)
	}
}
