package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
)

// fileName is a name for the file of a request: readable, and no other's.
func (c *Client) fileName(req *Request) string {
	sum := sha256.Sum256([]byte(c.public(req.URL) + "\n" + req.Body))
	name := req.Name
	if u, err := url.Parse(req.URL); name == "" && err == nil {
		name = path.Base(u.Path)
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, c.public(name))
	if name = strings.TrimLeft(name, "."); len(name) > 80 {
		name = name[len(name)-80:]
	}
	return hex.EncodeToString(sum[:6]) + "-" + name
}

// An entry is a place in the cache: the file, what is known of it (.json), the
// part of one that is under way (.part), and what is known of that.
type entry struct{ path string }

func (e *entry) part() string { return e.path + ".part" }

// complete is the file if it is there and of the size it had; else nil.
func (e *entry) complete(req *Request) *File {
	f := readNote(e.path + ".json")
	info, err := os.Stat(e.path)
	if f == nil || err != nil || info.Size() != f.Bytes || req.SHA256 != "" && !strings.EqualFold(req.SHA256, f.SHA256) {
		return nil
	}
	f.Path = e.path
	return f
}

func (e *entry) partSize() int64 {
	info, err := os.Stat(e.part())
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// resumable is what is known of the part; nil when it cannot be continued.
func (e *entry) resumable() *File {
	f := readNote(e.part() + ".json")
	if f == nil || e.partSize() == 0 || f.validator() == "" {
		return nil
	}
	return f
}

// validator is what tells that a file on a server is still the same: a strong
// ETag, or else the date of its last change (RFC 9110, 13.1.5).
func (f *File) validator() string {
	if f.ETag != "" && !strings.HasPrefix(f.ETag, "W/") {
		return f.ETag
	}
	return f.Modified
}

// keep makes the part the file.
func (e *entry) keep(f *File) error {
	if err := os.Rename(e.part(), e.path); err != nil {
		return err
	}
	_ = os.Remove(e.part() + ".json") // it describes nothing now
	f.Path = e.path
	return writeNote(e.path+".json", f)
}

// forget makes the file as good as not there.
func (e *entry) forget() { _ = os.Remove(e.path + ".json") }

func (e *entry) dropPart() {
	_ = os.Remove(e.part())
	_ = os.Remove(e.part() + ".json")
}

func readNote(path string) *File {
	raw, err := os.ReadFile(path)
	f := new(File)
	if err != nil || json.Unmarshal(raw, f) != nil {
		return nil // as good as none: the file is downloaded again
	}
	return f
}

func writeNote(path string, f *File) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}

// verify looks at a complete file: its checksum, and the caller's check.
func (c *Client) verify(req *Request, f *File) error {
	sum, err := checksum(f.Path)
	switch {
	case err != nil:
		return err
	case f.SHA256 != "" && sum != f.SHA256, req.SHA256 != "" && !strings.EqualFold(req.SHA256, sum):
		return fmt.Errorf("%w: sha256 %s", ErrChecksum, sum)
	}
	f.SHA256 = sum
	if req.Check != nil {
		if err := req.Check(f.Path); err != nil {
			return fmt.Errorf("%w: %w", ErrContent, err)
		}
	}
	return nil
}

func checksum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
