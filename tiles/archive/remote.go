package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

const (
	requestTime  = 20 * time.Second
	manyRequests = 16 // to one server at a time
)

// errChanged says that the file behind a URL is not the one that was opened.
var errChanged = errors.New("the file has changed")

// remoteArchive is the PMTiles file behind a URL. When the file is replaced
// there, it is opened again.
type remoteArchive struct {
	location string
	client   *http.Client
	slots    chan struct{}

	mu     sync.Mutex
	now    *pmArchive
	closed bool
}

var _ Archive = (*remoteArchive)(nil)

func openRemote(ctx context.Context, location string) (*remoteArchive, error) {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return nil, errors.New("not a URL")
	}
	a := &remoteArchive{location: location, slots: make(chan struct{}, manyRequests), client: &http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: manyRequests, IdleConnTimeout: time.Minute,
		DisableCompression: true, ForceAttemptHTTP2: true, TLSHandshakeTimeout: requestTime,
	}}}
	a.now, err = a.open(ctx)
	return a, err
}

func (a *remoteArchive) open(ctx context.Context) (*pmArchive, error) {
	return openPMTiles(ctx, &remoteRanges{archive: a, size: -1}, io.NopCloser(nil))
}

func (a *remoteArchive) Describe() tiles.Description {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now.description
}

func (a *remoteArchive) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	a.mu.Lock()
	now, closed := a.now, a.closed
	a.mu.Unlock()
	if closed {
		return tiles.Encoded{}, fmt.Errorf("tile of %s: %w", redacted(a.location), os.ErrClosed)
	}
	t, err := now.Tile(ctx, at)
	if errors.Is(err, errChanged) {
		if now, err = a.again(ctx, now); err == nil {
			t, err = now.Tile(ctx, at)
		}
	}
	if err != nil {
		return tiles.Encoded{}, fmt.Errorf("tile of %s: %w", redacted(a.location), err)
	}
	return t, nil
}

// again opens the file anew, unless another has done so since old was found to
// be out of date.
func (a *remoteArchive) again(ctx context.Context, old *pmArchive) (*pmArchive, error) {
	a.mu.Lock()
	now := a.now
	a.mu.Unlock()
	if now != old {
		return now, nil
	}
	fresh, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.now == old {
		a.now = fresh
	}
	return a.now, nil
}

func (a *remoteArchive) Close() error {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	a.client.CloseIdleConnections()
	return nil
}

// remoteRanges reads one state of the file: as soon as the server's answers show
// another, it fails with errChanged.
type remoteRanges struct {
	archive *remoteArchive

	mu        sync.Mutex
	size      int64  // negative before the first answer
	validator string // ETag, or else time of change, of the first answer
}

var _ pmtiles.Ranges = (*remoteRanges)(nil)

func (r *remoteRanges) Size() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.size
}

func (r *remoteRanges) ReadRange(ctx context.Context, offset uint64, length int) ([]byte, error) {
	select {
	case r.archive.slots <- struct{}{}:
		defer func() { <-r.archive.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, r.archive.location, nil)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", offset, offset+uint64(length)-1))
	q.Header.Set("Accept-Encoding", "identity")
	r.mu.Lock()
	if strings.HasPrefix(r.validator, `"`) {
		q.Header.Set("If-Match", r.validator)
	}
	r.mu.Unlock()
	answer, err := r.archive.client.Do(q)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusPartialContent:
	case http.StatusPreconditionFailed:
		return nil, errChanged
	case http.StatusRequestedRangeNotSatisfiable:
		return nil, io.ErrUnexpectedEOF
	case http.StatusOK:
		return nil, errors.New("the server does not answer range requests")
	default:
		return nil, fmt.Errorf("the server answers %s", answer.Status)
	}
	var from, to uint64
	var size int64
	if n, err := fmt.Sscanf(answer.Header.Get("Content-Range"), "bytes %d-%d/%d", &from, &to, &size); n != 3 || err != nil || from != offset || to < from || to-from >= uint64(length) || size < 0 || to >= uint64(size) {
		return nil, fmt.Errorf("asked for %d bytes from %d, the server answers %.60q", length, offset, answer.Header.Get("Content-Range"))
	}
	if err := r.same(size, answer.Header); err != nil {
		return nil, err
	}
	b := make([]byte, to-from+1)
	if _, err := io.ReadFull(answer.Body, b); err != nil {
		return nil, fmt.Errorf("the answer is cut off: %v", err)
	}
	if len(b) < length {
		return b, io.ErrUnexpectedEOF
	}
	return b, nil
}

// same remembers the first answer's state of the file and compares all others.
func (r *remoteRanges) same(size int64, h http.Header) error {
	validator := h.Get("ETag")
	if validator == "" {
		validator = h.Get("Last-Modified")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size < 0 {
		r.size, r.validator = size, validator
		return nil
	}
	if r.size != size || r.validator != validator {
		return errChanged
	}
	return nil
}

// redacted returns a location without the password or query it may hold.
func redacted(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return location
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// withoutURL takes the URL out of an error of http.Client.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
