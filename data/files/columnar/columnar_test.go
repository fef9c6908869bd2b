package columnar

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/petadesa/petadesa/data/files/fault"
)

type tile struct {
	Quadkey string   `parquet:"quadkey"`
	Tile    string   `parquet:"tile"`
	X       *float64 `parquet:"tile_x,optional"`
	Down    int64    `parquet:"avg_d_kbps"`
	Raw     []byte   `parquet:"raw"`
	Yes     bool     `parquet:"yes"`
}

func written(t testing.TB, rows ...tile) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[tile](&b, parquet.Compression(&parquet.Snappy))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a file of these bytes to its end.
func read(t testing.TB, raw []byte) (names []string, rows [][]any, err error) {
	t.Helper()
	r, err := open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, nil, err
	}
	for values, err := range r.All(context.Background()) {
		if err != nil {
			return r.Names, rows, err
		}
		rows = append(rows, append([]any(nil), values...))
	}
	return r.Names, rows, nil
}

func TestRows(t *testing.T) {
	x := 112.5
	names, rows, err := read(t, written(t, tile{"3101020222003303", "POLYGON EMPTY", &x, 12345, []byte{1, 0xff}, true}, tile{Quadkey: "0"}))
	if err != nil || strings.Join(names, " ") != "quadkey tile tile_x avg_d_kbps raw yes" || len(rows) != 2 {
		t.Fatal(names, rows, err)
	}
	if r := rows[0]; r[0] != "3101020222003303" || r[2] != 112.5 || r[3] != int64(12345) || !bytes.Equal(r[4].([]byte), []byte{1, 0xff}) || r[5] != true {
		t.Errorf("%v", r)
	}
	if r := rows[1]; r[2] != nil || r[3] != int64(0) || r[5] != false {
		t.Errorf("%v", r)
	}
}

func TestWhatIsNoParquet(t *testing.T) {
	whole := written(t, tile{Quadkey: "0"})
	claims := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(claims[len(claims)-8:], 0x7fffffff)
	encrypted := append(bytes.Clone(whole[:len(whole)-4]), "PARE"...)
	garbage := append(append([]byte("PAR1"), bytes.Repeat([]byte{0xa5}, 200)...), 100, 0, 0, 0, 'P', 'A', 'R', '1')
	for want, raw := range map[string][]byte{
		"does not end with its mark":          whole[:len(whole)-1],
		"it has 6 bytes":                      whole[:6],
		"claims a description of 2147483647 ": claims,
		"is encrypted":                        encrypted,
		"the Parquet file":                    garbage,
	} {
		_, _, err := read(t, raw)
		if f := (*fault.Error)(nil); !errors.As(err, &f) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	type nested struct {
		List []string `parquet:"list"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[nested](&b)
	if _, err := w.Write([]nested{{[]string{"a"}}}); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	if _, _, err := read(t, b.Bytes()); err == nil || !strings.Contains(err.Error(), `column "list" of the Parquet file is nested`) {
		t.Error(err)
	}
}

// A page that claims more than it has is refused before room is made for it.
func TestPagesThatClaimTooMuch(t *testing.T) {
	whole := written(t, tile{Quadkey: strings.Repeat("0123", 50)})
	refused := 0
	for at := 4; at < len(whole)-8; at++ { // a page's head has its sizes as numbers of variable length
		raw := slices.Concat(whole[:at], []byte{0xfe, 0xff, 0xff, 0xff, 0x0f}, whole[min(at+5, len(whole)):])
		if _, _, err := read(t, raw); err != nil && strings.Contains(err.Error(), "claims a page of") {
			refused++
		}
	}
	if refused < 5 {
		t.Errorf("%d were refused for what a page claims", refused)
	}
}

// Damage anywhere is an error or other rows, never the end of the program.
func FuzzRead(f *testing.F) {
	whole := written(f, tile{Quadkey: "3101020222003303", Down: 5}, tile{Quadkey: "1"})
	f.Add(whole, uint16(4), byte(1))
	f.Add(whole, uint16(len(whole)-20), byte(0xff))
	f.Fuzz(func(t *testing.T, raw []byte, at uint16, flip byte) {
		if len(raw) > 1<<16 {
			return
		}
		raw = bytes.Clone(raw)
		if int(at) < len(raw) {
			raw[at] ^= flip
		}
		_, rows, err := read(t, raw)
		if err != nil && (len(rows) > 1<<20 || !errors.As(err, new(*fault.Error))) {
			t.Fatalf("%d rows, then %T %v", len(rows), err, err)
		}
	})
}

// A change of any byte is an error or other rows.
func TestDamageAnywhere(t *testing.T) {
	whole := written(t, tile{Quadkey: "3101020222003303", Down: 5}, tile{Quadkey: "1"})
	for at := range whole {
		raw := bytes.Clone(whole)
		raw[at] ^= 0x11
		if _, rows, err := read(t, raw); len(rows) > 1000 || err != nil && !errors.As(err, new(*fault.Error)) {
			t.Fatalf("byte %d: %d rows, %T %v", at, len(rows), err, err)
		}
	}
}
