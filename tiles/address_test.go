package tiles

import (
	"errors"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct {
		z, x, y string
		want    error
	}{
		{"0", "0", "0", nil},
		{"16", "65535", "65535", nil},
		{"10", "832", "534", nil},
		{"10", "1024", "0", ErrOutOfRange},
		{"10", "0", "1024", ErrOutOfRange},
		{"30", "1073741823", "0", nil},
		{"31", "0", "0", ErrOutOfRange},
		{"0", "1", "0", ErrOutOfRange},
		{"64", "0", "0", ErrOutOfRange},
		{"10", "18446744073709551616", "0", ErrOutOfRange},
		{"10", "99999999999999999999", "0", ErrOutOfRange},
		{"-1", "0", "0", ErrBadAddress},
		{"10", "-1", "0", ErrBadAddress},
		{"10", "+1", "0", ErrBadAddress},
		{"10", "1.5", "0", ErrBadAddress},
		{"", "0", "0", ErrBadAddress},
		{"10", "0x1", "0", ErrBadAddress},
		{"10", "1_0", "0", ErrBadAddress},
		{"10", "01", "0", ErrBadAddress},
		{"10", " 1", "0", ErrBadAddress},
		{"10", "١", "0", ErrBadAddress},
		{"z", "x", "y", ErrBadAddress},
		{"10", "999999999999999999999", "0", ErrBadAddress},
	} {
		a, err := ParseAddress(c.z, c.x, c.y)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s/%s/%s: %v, want %v", c.z, c.x, c.y, err, c.want)
		}
		if err == nil && name(a) != c.z+"/"+c.x+"/"+c.y {
			t.Errorf("%s/%s/%s is read as %s", c.z, c.x, c.y, name(a))
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("10", "832", "534")
	f.Add("-1", "18446744073709551616", "1e3")
	f.Fuzz(func(t *testing.T, z, x, y string) {
		a, err := ParseAddress(z, x, y)
		if err == nil && (a.Z > 30 || a.X>>a.Z != 0 || a.Y>>a.Z != 0 || name(a) != z+"/"+x+"/"+y) {
			t.Fatalf("%q/%q/%q is read as %s", z, x, y, name(a))
		}
		if err != nil && !errors.Is(err, ErrBadAddress) && !errors.Is(err, ErrOutOfRange) {
			t.Fatal(err)
		}
	})
}
