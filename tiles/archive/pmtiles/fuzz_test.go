package pmtiles

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/paulmach/orb/maptile"
)

func FuzzHeader(f *testing.F) {
	f.Add(archive(nil, numbers(1, 0, 1, 4, 1)), int64(200))
	f.Add(bytes.Repeat([]byte{0xff}, headerSize), int64(-1))
	f.Fuzz(func(t *testing.T, b []byte, size int64) {
		h, err := decodeHeader(b, size)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Fatalf("%v does not say that the archive is invalid", err)
			}
			return
		}
		again, err := decodeHeader(h.encode(), size)
		if err != nil || !reflect.DeepEqual(h, again) {
			t.Fatalf("%+v is read back as %+v, %v", h, again, err)
		}
	})
}

func FuzzDirectory(f *testing.F) {
	f.Add(numbers(1, 0, 1, 4, 1), uint64(1000), uint64(0))
	f.Add(numbers(3, 0, 5, 7, 2, 0, 1, 4, 9, 4, 1, 0, 3), uint64(1000), uint64(50))
	f.Fuzz(func(t *testing.T, b []byte, tiles, leaves uint64) {
		entries, err := decodeDirectory(b, tiles>>1, leaves>>1)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Fatalf("%v does not say that the archive is invalid", err)
			}
			return
		}
		again, err := decodeDirectory(encodeDirectory(entries), tiles>>1, leaves>>1)
		if err != nil || !reflect.DeepEqual(entries, again) {
			t.Fatalf("%v is read back as %v, %v", entries, again, err)
		}
		for _, e := range entries {
			if got, ok := find(entries, e.ID); !ok || got != e {
				t.Fatalf("asked for %v: %v", e, got)
			}
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(archive(nil, numbers(1, 0, 1, 4, 1)))
	f.Add(archive(nil, numbers(1, 0, 0, 5, 1)))
	whole, _ := write(f, upTo(3), func(id uint64) []byte { return fmt.Append(nil, id%7) })
	f.Add(whole)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Open(t.Context(), FromReaderAt(bytes.NewReader(b), int64(len(b))))
		if err != nil {
			return
		}
		if _, err := r.Metadata(t.Context()); err != nil && !errors.Is(err, ErrInvalid) {
			t.Fatal(err)
		}
		for z := range maptile.Zoom(6) {
			if _, err := r.Tile(t.Context(), maptile.Tile{X: 1<<z - 1, Y: 1<<z - 1, Z: z}); err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
		}
		n := 0
		for e, err := range r.Entries(t.Context()) {
			if err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
			if n++; n > 1000 || err != nil {
				break
			}
			if _, err := r.Content(t.Context(), e); err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
		}
	})
}
