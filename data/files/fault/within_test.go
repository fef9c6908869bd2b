package fault

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A place outside a file is a fault of the file; its end is none.
func TestWithin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("abcd"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := Within(f, 4, "the archive")
	b := make([]byte, 2)
	if n, err := r.ReadAt(b, 2); n != 2 || err != nil {
		t.Error(n, err)
	}
	for _, at := range []int64{3, 4} {
		if _, err := r.ReadAt(b, at); err != io.EOF {
			t.Error(at, err)
		}
	}
	for at, want := range map[int64]string{
		-1:       "the archive says that something is at byte -1, and has 4 bytes",
		5:        "the archive says that something is at byte 5, and has 4 bytes",
		-1 << 63: "the archive says that something is at byte -9223372036854775808, and has 4 bytes",
	} {
		if _, err := r.ReadAt(b, at); !errors.As(err, new(*Error)) || err.Error() != want {
			t.Error(err)
		}
	}
}
