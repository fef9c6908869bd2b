package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Options bound what a Client does. The zero value of all but Dir is a sensible
// default.
type Options struct {
	Dir       string            // the cache; it is made when it is missing
	UserAgent string            // who asks; default "petadesa"
	Timeout   time.Duration     // of one download, tries and waits included; default 1 h
	Stall     time.Duration     // without a byte, before a try is given up; default 60 s
	Tries     int               // in a row that bring next to nothing; default 4
	Backoff   time.Duration     // before the second try, doubled for each further; default 1 s
	MaxWait   time.Duration     // the longest Retry-After that is waited for; default 2 min
	Pace      time.Duration     // between two requests to one host; default 200 ms
	MaxAge    time.Duration     // a file in the cache younger than this is not asked for again; 0: always ask
	Secrets   []string          // struck out of everything that is written or said
	Transport http.RoundTripper // default: http.DefaultTransport with limits
	Now       func() time.Time  // default time.Now
	// Progress is told of each download now and then; total is -1 when unknown.
	Progress func(r *Request, done, total int64)
	// Retrying is told why a try failed and how long the client waits.
	Retrying func(r *Request, err error, wait time.Duration)
}

// A Request says what to download.
type Request struct {
	URL      string
	Name     string // of the file in the cache; default: the end of the URL's path
	Body     string // POSTed when there is one, as Type
	Type     string // default application/x-www-form-urlencoded
	Accept   string // default */*
	SHA256   string // hexadecimal; empty: not known
	MaxBytes int64  // default 8 GiB
	// Check looks at the complete file before it counts as downloaded: an error
	// means that it is not what was asked for.
	Check func(path string) error
}

// A File is what was downloaded.
type File struct {
	Path     string    `json:"-"`
	URL      string    `json:"url"` // without secrets
	SHA256   string    `json:"sha256"`
	Bytes    int64     `json:"bytes"`
	Type     string    `json:"content_type,omitempty"`
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"last_modified,omitempty"`
	Fetched  time.Time `json:"fetched"`
	Cached   bool      `json:"-"` // it was in the cache and is still right
	Resumed  int64     `json:"-"` // bytes that earlier tries had brought
	Tries    int       `json:"-"`
}

// A Client downloads files. It may be used by several goroutines at once.
type Client struct {
	opts Options
	http *http.Client

	mu    sync.Mutex
	hosts map[string]*rate.Limiter
}

// DefaultMaxBytes is the most that a Request without MaxBytes may bring.
const DefaultMaxBytes = 8 << 30

// New makes a Client.
func New(opts Options) (*Client, error) {
	if opts.Dir == "" {
		return nil, errors.New("a cache folder is wanted")
	}
	if opts.UserAgent == "" {
		opts.UserAgent = "petadesa"
	}
	def := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	def(&opts.Timeout, time.Hour)
	def(&opts.Stall, time.Minute)
	def(&opts.Backoff, time.Second)
	def(&opts.MaxWait, 2*time.Minute)
	def(&opts.Pace, 200*time.Millisecond)
	if opts.Tries <= 0 {
		opts.Tries = 4
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Progress == nil {
		opts.Progress = func(*Request, int64, int64) {}
	}
	if opts.Retrying == nil {
		opts.Retrying = func(*Request, error, time.Duration) {}
	}
	if err := os.MkdirAll(opts.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the cache folder: %w", err)
	}
	c := &Client{opts: opts, hosts: make(map[string]*rate.Limiter)}
	c.http = &http.Client{Transport: opts.Transport, CheckRedirect: checkRedirect}
	if opts.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxResponseHeaderBytes = 64 << 10
		t.DisableCompression = true // a range is one of the bytes that are kept
		c.http.Transport = t
	}
	return c, nil
}

const maxRedirects = 5

func checkRedirect(r *http.Request, via []*http.Request) error {
	r.Header.Del("Referer") // it would hand the first URL, and a token in it, to the next server
	switch first := via[0]; {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w: more than %d", ErrRedirect, maxRedirects)
	case first.URL.Scheme == "https" && r.URL.Scheme != "https":
		return fmt.Errorf("%w: from https to %s", ErrRedirect, r.URL.Scheme)
	}
	return nil
}

// Get downloads a file, or finds it in the cache. Its errors are *Error.
func (c *Client) Get(ctx context.Context, req Request) (*File, error) {
	if req.MaxBytes <= 0 {
		req.MaxBytes = DefaultMaxBytes
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.opts.Timeout, ErrTimeout)
	defer cancel()
	tries := 0
	file, err := c.get(ctx, &req, &tries)
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if told := err.Error(); c.public(told) != told {
			err = &quietError{c.public(told), err} // a server may have said it again
		}
		return nil, &Error{URL: c.public(req.URL), Tries: tries, Err: err}
	}
	file.Tries = tries
	return file, nil
}

func (c *Client) get(ctx context.Context, req *Request, tries *int) (*File, error) {
	e := entry{path: filepath.Join(c.opts.Dir, c.fileName(req))}
	unlock, err := lock(ctx, e.path+".lock")
	if err != nil {
		return nil, err
	}
	defer unlock()
	known := e.complete(req)
	if known != nil && c.opts.Now().Sub(known.Fetched) < c.opts.MaxAge && c.verify(req, known) == nil {
		known.Cached = true
		return known, nil
	}
	for idle := 0; ; {
		*tries++
		before := e.partSize()
		file, err := c.try(ctx, req, &e, e.complete(req))
		if err == nil {
			return file, nil
		}
		var asked time.Duration
		if !retryable(err, &asked) || ctx.Err() != nil {
			return nil, err
		}
		if e.partSize()-before < 1<<20 {
			idle++
		} else {
			idle = 0 // a long file over a bad line: each try brings it nearer
		}
		if idle >= c.opts.Tries {
			return nil, err
		}
		wait := max(asked, c.opts.Backoff<<max(0, min(idle-1, 6)))
		if asked > c.opts.MaxWait {
			return nil, fmt.Errorf("%w, and to ask again in %v, which is longer than is waited for", err, asked)
		}
		c.opts.Retrying(req, err, wait)
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// pace waits until the host may be asked again.
func (c *Client) pace(ctx context.Context, host string) error {
	c.mu.Lock()
	l := c.hosts[host]
	if l == nil {
		l = rate.NewLimiter(rate.Every(c.opts.Pace), 1)
		c.hosts[host] = l
	}
	c.mu.Unlock()
	return l.Wait(ctx)
}

// public is a text without the secrets.
func (c *Client) public(s string) string {
	for _, secret := range c.opts.Secrets {
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "***")
		}
	}
	return s
}
