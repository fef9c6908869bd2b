package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// steady is a source whose data do not change.
type steady struct{ snap *geo.Snapshot }

func (s steady) Snapshot() *geo.Snapshot { return s.snap }
func (s steady) State() api.State        { return api.State{OK: true} }

// page is an answer that the bare handler writes.
type page struct {
	body   []byte
	coding string
}

// warm measures tiles that are in the cache, through the whole service, beside
// a handler that finds the same bytes in a map and writes them.
func warm(ctx context.Context, out io.Writer, snap *geo.Snapshot, layers []*geo.Layer, o options) error {
	service := api.New(api.Config{Source: steady{snap}})
	paths, pages, err := collect(ctx, service, layers)
	if err != nil {
		return err
	}
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", tiles.VectorTile)
		if p.coding != "" {
			h.Set("Content-Encoding", p.coding)
		}
		h.Set("Content-Length", strconv.Itoa(len(p.body)))
		_, _ = w.Write(p.body) // the client is ours
	})
	fmt.Fprintf(out, "Warm tiles, %d of z10 to z14 in turn, zstd, client and server on the same %d processors.\n\n", len(paths), runtime.GOMAXPROCS(0))
	fmt.Fprintln(out, "| connections | bare handler /s | petadesa /s | ratio | bare p99 | petadesa p99 | ratio |\n|---|---|---|---|---|---|---|")
	for _, n := range []int{2, 16, 64} {
		var b, p []measurement
		for range 3 { // by turns, so that what else the machine does meets both
			m, err := hammer(ctx, bare, paths, n, o.seconds/3)
			if err != nil {
				return err
			}
			b = append(b, m)
			if m, err = hammer(ctx, service, paths, n, o.seconds/3); err != nil {
				return err
			}
			p = append(p, m)
		}
		bm, pm := middle(b), middle(p)
		fmt.Fprintf(out, "| %d | %.0f | %.0f | **%.2f** | %s | %s | **%.2f** |\n", n, bm.rate, pm.rate, pm.rate/bm.rate,
			milliseconds(bm.p99), milliseconds(pm.p99), float64(pm.p99)/float64(bm.p99))
	}
	fmt.Fprintln(out)
	return nil
}

func middle(ms []measurement) measurement {
	slices.SortFunc(ms, func(a, b measurement) int { return int(a.rate - b.rate) })
	return ms[len(ms)/2]
}

// collect asks the service for tiles and keeps their bytes.
func collect(ctx context.Context, service http.Handler, layers []*geo.Layer) ([]string, map[string]page, error) {
	ids := ""
	for i, l := range layers {
		if i > 0 {
			ids += ","
		}
		ids += l.Collection.ID
	}
	var paths []string
	pages := map[string]page{}
	for _, z := range []int{10, 11, 12, 13, 14} {
		chosen, err := chooseTiles(ctx, layers, z, 60)
		if err != nil {
			return nil, nil, err
		}
		for _, a := range chosen {
			path := fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt", ids, a.Z, a.X, a.Y)
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, path, nil)
			if err != nil {
				return nil, nil, err
			}
			r.Header.Set("Accept-Encoding", "zstd")
			w := &keep{header: http.Header{}}
			service.ServeHTTP(w, r)
			if w.status != http.StatusOK {
				continue // nothing is there
			}
			paths = append(paths, path)
			pages[path] = page{w.body, w.header.Get("Content-Encoding")}
		}
	}
	if len(paths) == 0 {
		return nil, nil, fmt.Errorf("the service has no tile of %s", ids)
	}
	return paths, pages, nil
}

// keep is a response writer that keeps the answer.
type keep struct {
	header http.Header
	status int
	body   []byte
}

func (k *keep) Header() http.Header    { return k.header }
func (k *keep) WriteHeader(status int) { k.status = status }
func (k *keep) Write(p []byte) (int, error) {
	if k.status == 0 {
		k.status = http.StatusOK
	}
	k.body = append(k.body, p...)
	return len(p), nil
}

// listen serves a handler on loopback until stop is called.
func listen(h http.Handler) (addr string, stop func(), err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(ln) // ends with Close
	}()
	return ln.Addr().String(), func() { _ = s.Close(); <-done }, nil
}
