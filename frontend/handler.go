package frontend

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// file is one file of the bundle in each encoding it is kept in.
type file struct {
	contentType string
	cache       string
	forms       map[string]form // by content coding; "" is the file as it is
}

type form struct {
	bytes []byte
	etag  string
}

// Handler serves the built application at its own paths ("/", "/icon.svg",
// "/assets/…"): brotli or gzip as the request accepts, strong ETags distinct per
// encoding, 304 before any body, hashed names immutable, the page revalidated.
// Anything else is 404, any method but GET and HEAD 405.
func Handler() (http.Handler, error) {
	files, err := load(FS())
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		f, found := files[name]
		if !found {
			http.NotFound(w, r)
			return
		}
		f.serve(w, r)
	}), nil
}

func load(fsys fs.FS) (map[string]file, error) {
	files := map[string]file{}
	contentTypes := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
		".png": "image/png", ".webmanifest": "application/manifest+json",
	}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") {
			return err
		}
		f := file{contentType: contentTypes[path.Ext(name)], cache: "no-cache", forms: map[string]form{}}
		if strings.HasPrefix(name, "assets/") {
			f.cache = "public, max-age=31536000, immutable"
		}
		for coding, suffix := range map[string]string{"": "", "br": ".br", "gzip": ".gz"} {
			b, err := fs.ReadFile(fsys, name+suffix)
			if err != nil {
				return fmt.Errorf("reading the bundle: %w", err)
			}
			sum := sha256.Sum256(b)
			f.forms[coding] = form{bytes: b, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
		}
		files[name] = f
		return nil
	})
	return files, err
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	coding := negotiate(r.Header.Get("Accept-Encoding"))
	chosen := f.forms[coding]
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", f.cache)
	h.Set("ETag", chosen.etag)
	h.Set("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), chosen.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(chosen.bytes)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(chosen.bytes) // the client has left: nobody to tell
	}
}
