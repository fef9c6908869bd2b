package mvt

import (
	"encoding/json"
	"errors"
	"os"
	"testing"
)

type fixture struct {
	ID          string `json:"id"`
	Valid       bool   `json:"valid"`
	Description string `json:"description"`
	Tile        []byte `json:"tile"`
}

func fixtures(t testing.TB) []fixture {
	t.Helper()
	raw, err := os.ReadFile("testdata/mvt-fixtures.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Fixtures []fixture `json:"fixtures"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all.Fixtures
}

func TestFixtures(t *testing.T) {
	valid, invalid := 0, 0
	for _, f := range fixtures(t) {
		want := f.Valid
		switch f.ID {
		case "003": // said to be invalid, but byte for byte 016, which is said to be valid
			want = true
		case "057": // said to be valid, but claims 2²⁹-1 points and holds one, as 051 does, which is not
			want = false
		}
		_, err := Decode(f.Tile)
		if (err == nil) != want || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v, want valid %v: %s", f.ID, err, want, f.Description)
		}
		if want {
			valid++
		} else {
			invalid++
		}
	}
	t.Logf("%d valid tiles are read, %d invalid ones refused", valid, invalid)
}

func FuzzDecode(f *testing.F) {
	for _, x := range fixtures(f) {
		f.Add(x.Tile)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tile, err := Decode(data)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		for _, l := range tile.Layers {
			for _, x := range l.Features {
				for _, p := range x.Parts {
					if len(p) == 0 || len(p) > len(data) {
						t.Fatalf("a part of %d points from %d bytes", len(p), len(data))
					}
				}
			}
		}
	})
}
