package api

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// serve runs the handler on a port of its own until the test ends, or stop.
func serve(t *testing.T, h http.Handler, opts ServeOptions) (base string, stop context.CancelFunc, done <-chan error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, ln, h, opts) }()
	t.Cleanup(cancel)
	return "http://" + ln.Addr().String(), cancel, ended
}

func TestStoppingLetsRequestsFinish(t *testing.T) {
	began, goOn := make(chan struct{}), make(chan struct{})
	base, stop, done := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-goOn
		if r.Context().Err() != nil {
			t.Error("the request was cancelled")
		}
		_, _ = io.WriteString(w, "whole")
	}), ServeOptions{})
	answer := make(chan string, 1)
	go func() {
		res, err := http.Get(base)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		answer <- string(b)
	}()
	<-began
	stop()
	for { // no more connections are taken
		c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			break
		}
		c.Close()
	}
	close(goOn)
	if got := <-answer; got != "whole" {
		t.Errorf("answer %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestStoppingDoesNotWaitForEver(t *testing.T) {
	began, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	base, stop, done := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(began)
		<-never
	}), ServeOptions{Grace: time.Millisecond})
	go func() {
		if res, err := http.Get(base); err == nil {
			res.Body.Close()
		}
	}()
	<-began
	stop()
	if err := <-done; err == nil {
		t.Error("no word of the request that was broken off")
	}
}

func TestServeTellsOfABrokenListener(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	if err := Serve(context.Background(), ln, http.NotFoundHandler(), ServeOptions{}); err == nil {
		t.Error("no error")
	}
}

func TestHeadersAreBounded(t *testing.T) {
	base, _, _ := serve(t, New(testConfig(t, world(t))), ServeOptions{MaxHeaderBytes: 4096})
	r, err := http.NewRequest("GET", base+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Big", strings.Repeat("x", 20_000))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return // the server broke it off
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestEventsTellOfChanges(t *testing.T) {
	src := world(t)
	base, stop, done := serve(t, New(testConfig(t, src)), ServeOptions{})
	res, err := http.Get(base + "/api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("type %q", got)
	}
	events := make(chan snapshotEvent)
	go func() {
		defer close(events)
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var e snapshotEvent
				if json.Unmarshal([]byte(data), &e) == nil {
					events <- e
				}
			}
		}
	}()
	first := <-events
	if first.Version != tiles.Version(src.Snapshot().Layers()) || len(first.Changed) != 0 {
		t.Errorf("first event %+v", first)
	}
	changed := destinationTable()
	changed.Records[0].Values[0] = "Pantai Lain"
	next, err := geo.Build(context.Background(), src.Snapshot(), []geo.Table{changed}, []string{"towers"})
	if err != nil {
		t.Fatal(err)
	}
	src.snapshot.Store(next)
	second := <-events
	want := []layerVersion{{"destinations", tiles.Version([]*geo.Layer{next.Layer("destinations")})}, {"towers", ""}}
	if second.Version != tiles.Version(next.Layers()) || len(second.Changed) != 2 || second.Changed[0] != want[0] || second.Changed[1] != want[1] {
		t.Errorf("second event %+v, want %+v", second, want)
	}
	stop()
	for range events { // the stream ends
	}
	if err := <-done; err != nil {
		t.Errorf("stopping with a listener: %v", err)
	}
}

// TestEventsOutliveTheTimeouts: what bounds other requests must not end a stream.
func TestEventsOutliveTheTimeouts(t *testing.T) {
	src := world(t)
	const timeout = 100 * time.Millisecond
	base, _, _ := serve(t, New(testConfig(t, src)), ServeOptions{ReadTimeout: timeout, WriteTimeout: timeout})
	res, err := http.Get(base + "/api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	await := func(text string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), text) {
				return
			}
		}
		t.Fatalf("the stream ended before %s", text)
	}
	await(tiles.Version(src.Snapshot().Layers()))
	time.Sleep(3 * timeout)
	changed := destinationTable()
	changed.Records[0].Values[0] = "Pantai Lain"
	src.snapshot.Store(build(t, src.Snapshot(), changed))
	await(tiles.Version(src.Snapshot().Layers()))
}

func TestEventClientsAreBounded(t *testing.T) {
	cfg := testConfig(t, world(t))
	s := &service{Config: cfg, clients: make(chan struct{}, 1)}
	s.metrics = newMetrics(prometheus.NewRegistry(), s)
	s.clients <- struct{}{}
	w := ask(s.handle("/api/events", s.events), "GET", "/api/events")
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", w.Code)
	}
}
