package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// What servers do, and what comes of it: the whole file, or an error and none.
func TestGet(t *testing.T) {
	body := content(3 << 20)
	other := bytes.ReplaceAll(body, []byte("7"), []byte("8"))
	lies := func(n string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			conn, rw, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			io.WriteString(rw, "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nConnection: close\r\nContent-Length: "+n+"\r\n\r\n")
			rw.Write(body)
			rw.Flush()
		}
	}
	ranged := func(contentRange string, with []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"a"`)
			w.Header().Set("Content-Range", contentRange)
			w.WriteHeader(http.StatusPartialContent)
			w.Write(with)
		}
	}
	ignoresRange := func(w http.ResponseWriter, r *http.Request) { w.Write(body) }
	page := func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<html>sign in to this network</html>")
	}
	loop := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) }
	good := whole(body, `"a"`)

	tests := []struct {
		name    string
		steps   []http.HandlerFunc
		req     Request
		want    error // nil: the whole body comes
		message string
		asked   int
		resumed bool
	}{
		{name: "whole", steps: []http.HandlerFunc{good}, asked: 1},
		{name: "with its checksum", steps: []http.HandlerFunc{good}, req: Request{SHA256: strings.ToUpper(sum(body))}, asked: 1},
		{name: "cut and resumed", steps: []http.HandlerFunc{cut(body, `"a"`, 1<<20), cut(body, `"a"`, 1<<20), good}, asked: 3, resumed: true},
		{name: "cut, then all again from a server without ranges", steps: []http.HandlerFunc{cut(body, `"a"`, 1<<20), ignoresRange}, asked: 2},
		{name: "cut, then another file", steps: []http.HandlerFunc{cut(other, `"b"`, 1<<20), good}, asked: 2},
		{name: "cut without anything to know it by", steps: []http.HandlerFunc{cut(body, ``, 1<<20), good}, asked: 2},
		{name: "cut and known by a weak tag only", steps: []http.HandlerFunc{cut(body, `W/"a"`, 1<<20), good}, asked: 2},
		{name: "resumed with wrong bytes", steps: []http.HandlerFunc{cut(other, `"a"`, 1<<20), good, good}, req: Request{SHA256: sum(body)}, asked: 3},
		{name: "a range that was not asked for", steps: []http.HandlerFunc{cut(body, `"a"`, 1<<20), ranged("bytes 5-9/10", []byte("56789")), good}, asked: 3},
		{name: "a range without sense", steps: []http.HandlerFunc{cut(body, `"a"`, 1<<20), ranged("lines 5", nil), good}, asked: 3},
		{name: "a range of nothing", steps: []http.HandlerFunc{ranged("bytes 0-4/5", []byte("01234"))}, want: ErrContent, asked: 1},
		{name: "range not satisfiable", steps: []http.HandlerFunc{cut(body, `"a"`, 1<<20), status(416), good}, asked: 3},
		{name: "cut for ever", steps: []http.HandlerFunc{cut(body, `"a"`, 10)}, want: ErrCut, asked: 3},
		{name: "fewer bytes than announced", steps: []http.HandlerFunc{lies("4000000"), good}, asked: 3},
		{name: "more bytes than announced", steps: []http.HandlerFunc{lies("1000")}, req: Request{SHA256: sum(body)}, want: ErrChecksum, asked: 1},
		{name: "announced beyond the limit", steps: []http.HandlerFunc{lies("9999999999999")}, want: ErrTooLarge, asked: 1},
		{name: "beyond the limit unannounced", steps: []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
			for range 100 {
				w.Write(body)
				http.NewResponseController(w).Flush()
			}
		}}, want: ErrTooLarge, asked: 1},
		{name: "404", steps: []http.HandlerFunc{status(404)}, want: &StatusError{}, message: "404 Not Found", asked: 1},
		{name: "403", steps: []http.HandlerFunc{status(403)}, want: &StatusError{}, message: "403 Forbidden", asked: 1},
		{name: "busy, then not", steps: []http.HandlerFunc{status(503), status(429, "Retry-After", "0"), good}, asked: 3},
		{name: "busy for ever", steps: []http.HandlerFunc{status(504)}, want: &StatusError{}, message: "504 Gateway Timeout (tried 3 times)", asked: 3},
		{name: "busy for longer than is waited", steps: []http.HandlerFunc{status(429, "Retry-After", "3600")}, want: &StatusError{}, message: "1h0m0s", asked: 1},
		{name: "a page instead of the file", steps: []http.HandlerFunc{page}, want: ErrContent, asked: 1},
		{name: "wrong checksum", steps: []http.HandlerFunc{good}, req: Request{SHA256: sum(other)}, want: ErrChecksum, asked: 1},
		{name: "redirects for ever", steps: []http.HandlerFunc{loop}, want: ErrRedirect, asked: 6},
		{name: "redirected", steps: []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
		}, good}, asked: 2},
		{name: "not http", req: Request{URL: "file:///etc/passwd"}, steps: []http.HandlerFunc{good}, want: errAny},
		{name: "not a URL", req: Request{URL: "http://[::1"}, steps: []http.HandlerFunc{good}, want: errAny},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, c := newServer(t, test.steps...), client(t)
			req := test.req
			if req.URL == "" {
				req.URL = s.URL + "/files/numbers.txt"
			}
			req.MaxBytes = 4 << 20
			req.Check = func(path string) error {
				if b, err := os.ReadFile(path); err != nil || bytes.HasPrefix(b, []byte("<")) {
					return errors.Join(err, errors.New("this is a web page"))
				}
				return nil
			}
			f, err := get(t, c, req)
			if n := len(s.requests()); n != test.asked {
				t.Errorf("%d requests, want %d", n, test.asked)
			}
			if test.want != nil {
				isStatus := (*StatusError)(nil)
				_, wantStatus := test.want.(*StatusError)
				own := (*Error)(nil)
				switch {
				case err == nil || !errors.As(err, &own):
					t.Fatalf("no *Error: %v", err)
				case wantStatus && !errors.As(err, &isStatus), !wantStatus && test.want != errAny && !errors.Is(err, test.want):
					t.Errorf("error %v, want %v", err, test.want)
				case !strings.Contains(err.Error(), test.message):
					t.Errorf("error %v, want one with %q", err, test.message)
				}
				if left, _ := filepath.Glob(filepath.Join(c.opts.Dir, "*.txt")); len(left) > 0 {
					t.Errorf("%v is in the cache", left)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(f.Path)
			if err != nil || !bytes.Equal(got, body) || f.SHA256 != sum(body) || f.Bytes != int64(len(body)) {
				t.Errorf("%d bytes, %v; %+v", len(got), err, f)
			}
			if test.resumed != (f.Resumed > 0) {
				t.Errorf("resumed %d bytes", f.Resumed)
			}
			if left, _ := filepath.Glob(filepath.Join(c.opts.Dir, "*.part*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

var errAny = errors.New("any")

func TestStalledAndSlow(t *testing.T) {
	body := content(1 << 20)
	s := newServer(t, hang(body), whole(body, `"a"`))
	c := client(t, func(o *Options) { o.Stall = 200 * time.Millisecond })
	if f, err := get(t, c, Request{URL: s.URL}); err != nil || f.Bytes != 1<<20 || f.Tries != 2 {
		t.Errorf("%+v, %v", f, err)
	}
	s = newServer(t, hang(body))
	c = client(t, func(o *Options) { o.Stall = 50 * time.Millisecond })
	if _, err := get(t, c, Request{URL: s.URL}); !errors.Is(err, ErrStalled) {
		t.Errorf("error %v, want %v", err, ErrStalled)
	}
	c = client(t, func(o *Options) { o.Timeout = 100 * time.Millisecond })
	if _, err := get(t, c, Request{URL: s.URL}); !errors.Is(err, ErrTimeout) {
		t.Errorf("error %v, want %v", err, ErrTimeout)
	}
}

// A download that was given up goes on in the next process.
func TestResumesAfterARestart(t *testing.T) {
	body := content(2 << 20)
	s := newServer(t, cut(body, `"a"`, 1<<20), cut(body, `"a"`, 0), whole(body, `"a"`))
	c := client(t, func(o *Options) { o.Tries = 1 })
	if _, err := get(t, c, Request{URL: s.URL + "/f"}); !errors.Is(err, ErrCut) {
		t.Fatal(err)
	}
	again := client(t, func(o *Options) { o.Dir = c.opts.Dir })
	f, err := get(t, again, Request{URL: s.URL + "/f", SHA256: sum(body)})
	if err != nil || f.Resumed != 1<<20 {
		t.Errorf("%+v, %v", f, err)
	}
	if r := s.requests()[2]; r.Header.Get("Range") != "bytes=1048576-" || r.Header.Get("If-Range") != `"a"` {
		t.Errorf("asked with %v", r.Header)
	}
}

func TestCache(t *testing.T) {
	body, newer := content(1000), content(2000)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := newServer(t, whole(body, `"a"`), whole(body, `"a"`), whole(newer, `"b"`))
	c := client(t, func(o *Options) { o.MaxAge, o.Now = time.Hour, func() time.Time { return now } })
	ask := func(asked int, cached bool, bytes int) *File {
		t.Helper()
		f, err := get(t, c, Request{URL: s.URL + "/f"})
		if err != nil || f.Cached != cached || f.Bytes != int64(bytes) || len(s.requests()) != asked {
			t.Fatalf("%+v, %v after %d requests", f, err, len(s.requests()))
		}
		return f
	}
	ask(1, false, 1000)
	f := ask(1, true, 1000) // fresh
	now = now.Add(2 * time.Hour)
	ask(2, true, 1000) // 304
	ask(2, true, 1000) // fresh again
	now = now.Add(2 * time.Hour)
	ask(3, false, 2000) // changed
	if err := os.WriteFile(f.Path, content(1999), 0o644); err != nil {
		t.Fatal(err)
	}
	ask(4, false, 2000) // damaged on disk: its size
	damaged := content(2000)
	damaged[7] = 'x'
	if err := os.WriteFile(f.Path, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	ask(6, false, 2000) // damaged: its content; 304 is not taken for an answer
}

// Several downloads of one file at once ask the server once.
func TestTwoAtOnce(t *testing.T) {
	body := content(1 << 20)
	s := newServer(t, whole(body, `"a"`))
	a := client(t, func(o *Options) { o.MaxAge = time.Hour })
	b := client(t, func(o *Options) { o.MaxAge, o.Dir = time.Hour, a.opts.Dir })
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			if f, err := get(t, []*Client{a, b}[i%2], Request{URL: s.URL}); err != nil || f.Bytes != 1<<20 {
				t.Errorf("%+v, %v", f, err)
			}
		})
	}
	wait.Wait()
	if n := len(s.requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestSecretsStayInside(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("token") != "hush" {
			t.Error("the server does not get the token")
		}
		http.Redirect(w, r, "/next", http.StatusFound)
	}, whole(content(100), `"a"`), status(401))
	c := client(t, func(o *Options) { o.Secrets = []string{"", "hush"} })
	f, err := get(t, c, Request{URL: s.URL + "/hush?token=hush"})
	if err != nil || strings.Contains(f.URL, "hush") {
		t.Fatalf("%+v, %v", f, err)
	}
	if r := s.requests()[1].Header.Get("Referer"); r != "" {
		t.Errorf("Referer %q", r)
	}
	_, err = get(t, c, Request{URL: s.URL + "/other?token=hush"})
	if err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("error %v", err)
	}
	echo := newServer(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.RawQuery) })
	_, err = get(t, c, Request{URL: echo.URL + "/e?token=hush", Check: func(path string) error {
		raw, _ := os.ReadFile(path)
		return errors.New("the server says " + string(raw))
	}})
	if !errors.Is(err, ErrContent) || strings.Contains(err.Error(), "hush") || !strings.Contains(err.Error(), "token=***") {
		t.Errorf("error %v", err)
	}
	s.Close()
	_, err = get(t, c, Request{URL: s.URL + "/third?token=hush"})
	if !errors.Is(err, ErrOffline) || strings.Contains(err.Error(), "hush") {
		t.Errorf("error %v", err)
	}
	filepath.WalkDir(c.opts.Dir, func(path string, d os.DirEntry, err error) error {
		if raw, _ := os.ReadFile(path); strings.Contains(path, "hush") || bytes.Contains(raw, []byte("hush")) {
			t.Errorf("%s tells the secret", path)
		}
		return err
	})
}

func TestPost(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Write(append(body, r.Header.Get("Content-Type")...))
	})
	c := client(t, func(o *Options) { o.MaxAge = time.Hour })
	for i, body := range []string{"data=a", "data=b", "data=a"} {
		f, err := get(t, c, Request{URL: s.URL + "/api", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if raw, _ := os.ReadFile(f.Path); string(raw) != body+"application/x-www-form-urlencoded" || f.Cached != (i == 2) {
			t.Errorf("%s: %+v", raw, f)
		}
	}
}

func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // only Linux has a device that is always full
	}
	s := newServer(t, whole(content(1<<20), `"a"`))
	c := client(t)
	req := Request{URL: s.URL + "/f"}
	if err := os.Symlink("/dev/full", filepath.Join(c.opts.Dir, c.fileName(&req)+".part")); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, c, req); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v", err)
	}
}

func TestCancelled(t *testing.T) {
	s := newServer(t, hang(content(1<<20)))
	c := client(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := c.Get(ctx, Request{URL: s.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
