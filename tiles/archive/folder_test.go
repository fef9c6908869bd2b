package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/petadesa/petadesa/tiles"
)

func put(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := replace(path, func(path string) error { return os.WriteFile(path, content, 0o600) }); err != nil {
		t.Fatal(err)
	}
}

func content(t testing.TB, name string, j Job) []byte {
	t.Helper()
	path, _ := exported(t, name, j)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFolderFollowsItsFiles(t *testing.T) {
	s := snapshot(t)
	one := content(t, "a.pmtiles", Job{Snapshot: s, MaxZoom: 4, Name: "one"})
	two := content(t, "a.pmtiles", Job{Snapshot: s, MaxZoom: 6, Name: "two"})
	mb := content(t, "a.mbtiles", Job{Snapshot: s, MaxZoom: 4, Name: "mb"})
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }

	f, err := OpenFolder(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	look := func(names []string, problems ...string) {
		t.Helper()
		if err := f.look(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := f.Names(); !reflect.DeepEqual(got, names) {
			t.Errorf("sources %v, want %v", got, names)
		}
		var files []string
		for _, p := range f.Problems() {
			files = append(files, p.File)
			if p.Err == nil {
				t.Errorf("%s is left out for no reason", p.File)
			}
		}
		if !reflect.DeepEqual(files, problems) {
			t.Errorf("left out %v, want %v", f.Problems(), problems)
		}
	}
	look(nil)

	put(t, in("base.pmtiles"), one)
	put(t, in("other.mbtiles"), mb)
	put(t, in("readme.txt"), []byte("no archive"))
	put(t, in(".hidden.pmtiles"), one)
	put(t, in("half.pmtiles"), one[:len(one)/2])
	put(t, in("text.mbtiles"), []byte("SQLite format 3\x00 and no more"))
	put(t, in("bad name.pmtiles"), one)
	look([]string{"base", "other"}, "bad name.pmtiles", "half.pmtiles", "text.mbtiles")

	base := f.Source("base")
	if base == nil || base.Describe().Name != "one" || f.Source("half") != nil || f.Source("../base") != nil {
		t.Fatalf("source %v", base)
	}
	put(t, in("base.pmtiles"), two)
	put(t, in("half.pmtiles"), one)
	look([]string{"base", "half", "other"}, "bad name.pmtiles", "text.mbtiles")
	if d := base.Describe(); d.Name != "two" || d.MaxZoom != 6 {
		t.Errorf("the replaced archive is %+v", d)
	}

	put(t, in("other.pmtiles"), two)
	look([]string{"base", "half", "other"}, "bad name.pmtiles", "other.mbtiles", "text.mbtiles")
	if d := f.Source("other").Describe(); d.Name != "two" {
		t.Errorf("of two archives of one name the source is %q", d.Name)
	}
	os.Remove(in("other.pmtiles"))
	os.Remove(in("base.pmtiles"))
	look([]string{"half", "other"}, "bad name.pmtiles", "text.mbtiles")
	if d := f.Source("other").Describe(); d.Name != "mb" {
		t.Errorf("the one left is %q", d.Name)
	}
	if _, err := base.Tile(t.Context(), tiles.Address{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a tile of an archive that is gone: %v", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f.Watch(ctx)
	if f.Source("half") != nil || f.Names() != nil {
		t.Error("sources are left after the end")
	}
}

func TestReadersDoNotNoticeAReplacement(t *testing.T) {
	s := snapshot(t)
	versions := [][]byte{content(t, "a.pmtiles", Job{Snapshot: s, MaxZoom: 4, Name: "one"}), content(t, "a.pmtiles", Job{Snapshot: s, MaxZoom: 6, Name: "two"})}
	path := filepath.Join(t.TempDir(), "a.pmtiles")
	put(t, path, versions[0])
	f, err := OpenFolder(t.Context(), filepath.Dir(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	a := f.Source("a")
	want, err := a.Tile(t.Context(), tiles.Address{})
	if err != nil || len(want.Data) == 0 {
		t.Fatal(want, err)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if got, err := a.Tile(t.Context(), tiles.Address{}); err != nil || !bytes.Equal(got.Data, want.Data) {
					t.Errorf("%d bytes, %v", len(got.Data), err)
					return
				}
			}
		})
	}
	for i := range 30 {
		put(t, path, versions[(i+1)%2])
		if err := f.look(t.Context()); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	wg.Wait()
}

func TestAFolderThatIsNotThere(t *testing.T) {
	if _, err := OpenFolder(t.Context(), filepath.Join(t.TempDir(), "no"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestFilesThatAreNoArchives(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":   {nil, "neither like PMTiles nor like MBTiles"},
		"text":    {[]byte("Once upon a time"), "neither like PMTiles nor like MBTiles"},
		"header":  {[]byte("PMTiles\x03"), "does not begin like one"},
		"old":     {append([]byte("PMTiles\x01"), make([]byte, 500)...), "version 1"},
		"no base": {[]byte("SQLite format 3\x00"), "begin like an SQLite file"},
	} {
		path := filepath.Join(dir, name)
		put(t, path, c.content)
		if _, err := Open(t.Context(), path); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if _, err := Open(t.Context(), dir); !errors.Is(err, ErrInvalid) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(t.Context(), filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}
