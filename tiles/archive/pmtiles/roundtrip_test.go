package pmtiles

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

// write returns the archive of the tiles whose ids are given.
func write(t testing.TB, ids []uint64, content func(id uint64) []byte) ([]byte, Stats) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "a.pmtiles"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := NewWriter(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		at, ok := At(id)
		if !ok {
			t.Fatalf("no tile %d", id)
		}
		if err := w.Add(at, content(id)); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := w.Finish(Description{
		Type: MVT, Compression: Gzip, CenterZoom: 9, Metadata: []byte(`{"name":"test"}`),
		Bounds: orb.Bound{Min: orb.Point{112.29, -8.46}, Max: orb.Point{112.96, -7.76}}, Center: orb.Point{112.6, -8.1},
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	if stats.Bytes != uint64(len(b)) {
		t.Errorf("stats say %d bytes, the file has %d", stats.Bytes, len(b))
	}
	return b, stats
}

func open(t testing.TB, b []byte) *Reader {
	t.Helper()
	r, err := Open(t.Context(), FromReaderAt(bytes.NewReader(b), int64(len(b))))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func upTo(z uint) (ids []uint64) {
	for id := range firstID(z + 1) {
		ids = append(ids, id)
	}
	return ids
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	content := func(id uint64) []byte { return fmt.Appendf(nil, "tile %d", id) }
	b, stats := write(t, upTo(5), content)
	if stats.Tiles != 1365 || stats.Contents != 1365 || stats.Leaves != 0 {
		t.Errorf("stats %+v", stats)
	}
	r := open(t, b)
	if h := r.Header; h.MinZoom != 0 || h.MaxZoom != 5 || h.Type != MVT || h.Tiles != Gzip || !h.Clustered || h.CenterZoom != 5 ||
		h.Bounds.Min[0] != 112.29 || h.Center[1] != -8.1 || h.Addressed != 1365 {
		t.Errorf("header %+v", h)
	}
	if m, err := r.Metadata(t.Context()); err != nil || string(m) != `{"name":"test"}` {
		t.Errorf("metadata %q, %v", m, err)
	}
	for id := range firstID(6) {
		at, _ := At(id)
		if got, err := r.Tile(t.Context(), at); err != nil || !bytes.Equal(got, content(id)) {
			t.Fatalf("tile %v: %q, %v", at, got, err)
		}
	}
	for _, at := range []maptile.Tile{{Z: 6}, {X: 1}, {Z: 3, Y: 8}, {Z: 77, X: 1}} {
		if got, err := r.Tile(t.Context(), at); got != nil || err != nil {
			t.Errorf("tile %v: %q, %v", at, got, err)
		}
	}
	again, _ := write(t, upTo(5), content)
	if !bytes.Equal(b, again) {
		t.Error("the same tiles give other bytes")
	}
}

func TestEqualTilesAreKeptOnce(t *testing.T) {
	b, stats := write(t, upTo(6), func(id uint64) []byte { return []byte{byte(id / 100 % 2), 'x'} })
	if stats.Contents != 2 || stats.Entries != 55 || stats.Tiles != 5461 || stats.Data != 4 || stats.Repeated != 2*5461-4 {
		t.Errorf("stats %+v", stats)
	}
	r := open(t, b)
	for _, id := range []uint64{0, 99, 100, 5460} {
		at, _ := At(id)
		if got, err := r.Tile(t.Context(), at); err != nil || got[0] != byte(id/100%2) {
			t.Errorf("tile %d: %v, %v", id, got, err)
		}
	}
}

func TestLeafDirectories(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var ids []uint64
	for id := uint64(7); id < 3_000_000; id += 1 + random.Uint64N(30) {
		ids = append(ids, id)
	}
	sizes := make([]byte, 300)
	b, stats := write(t, ids, func(id uint64) []byte { return fmt.Appendf(nil, "%d%s", id, sizes[:id%251]) })
	if stats.Leaves < 10 {
		t.Fatalf("stats %+v", stats)
	}
	r := open(t, b)
	if r.Header.Root.Length > maxRoot {
		t.Errorf("the root directory has %d bytes", r.Header.Root.Length)
	}
	var got []uint64
	for e, err := range r.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.ID)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("%d entries read, %d written", len(got), len(ids))
	}
	for range 1000 {
		id := ids[random.IntN(len(ids))]
		at, _ := At(id)
		if c, err := r.Tile(t.Context(), at); err != nil || !bytes.HasPrefix(c, fmt.Appendf(nil, "%d", id)) {
			t.Fatalf("tile %d: %q, %v", id, c, err)
		}
	}
}

func TestAnyTilesThereAndBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.Uint64Range(0, firstID(8)-1), 1, 60, rapid.ID).Draw(rt, "ids")
		slices.Sort(ids)
		kinds := rapid.Uint64Range(1, 10).Draw(rt, "kinds")
		content := func(id uint64) []byte { return fmt.Appendf(nil, "%d", id%kinds) }
		b, _ := write(t, ids, content)
		r := open(t, b)
		at := 0
		for e, err := range r.Entries(t.Context()) {
			if err != nil {
				rt.Fatal(err)
			}
			for i := range uint64(e.Run) {
				c, err := r.Content(t.Context(), e)
				if err != nil || e.ID+i != ids[at] || !bytes.Equal(c, content(e.ID+i)) {
					rt.Fatalf("entry %+v: %q, %v; want tile %d", e, c, err, ids[at])
				}
				at++
			}
		}
		if at != len(ids) {
			rt.Fatalf("%d of %d tiles", at, len(ids))
		}
	})
}

func TestWriterRefuses(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "a.pmtiles"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := NewWriter(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Finish(Description{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty archive: %v", err)
	}
	if err := w.Add(maptile.Tile{X: 1, Y: 1, Z: 1}, []byte("a")); err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]maptile.Tile{"late": {Z: 1}, "twice": {X: 1, Y: 1, Z: 1}, "outside": {X: 4, Z: 2}, "too deep": {Z: 32}} {
		if err := w.Add(at, []byte("a")); err == nil {
			t.Errorf("a tile that is %s is taken", name)
		}
	}
	if err := w.Add(maptile.Tile{X: 1, Z: 1}, nil); err == nil {
		t.Error("a tile without bytes is taken")
	}
	if raw, err := io.ReadAll(io.NewSectionReader(f, 0, 7)); err != nil || bytes.Equal(raw, []byte(magic)) {
		t.Errorf("an unfinished archive begins with %q, %v", raw, err)
	}
}
