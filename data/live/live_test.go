package live_test

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/data/pgtest"
)

var cluster *pgtest.Cluster

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m, &cluster)) }

// database makes a database in which the statements were run, and returns its
// connection string.
func database(t testing.TB, statements ...string) string {
	t.Helper()
	url := cluster.Database(t)
	run(t, url, statements...)
	return url
}

func run(t testing.TB, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	for _, s := range statements {
		if _, err := conn.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
}

// open publishes the schema open of a database.
func open(t testing.TB, url string, change ...func(*live.Options)) *live.Live {
	t.Helper()
	o := live.Defaults()
	o.Schemas = []string{"open"}
	o.Wait, o.Timeout = time.Minute, time.Minute // the machine may be slow
	o.Log = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	for _, c := range change {
		c(&o)
	}
	l, err := live.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	if err := l.Err(); err != nil {
		t.Fatal(err)
	}
	return l
}

type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Logf("%s", b)
	return len(b), nil
}

// features answers the decoded features of the only layer of a tile, none when
// it is empty.
func features(t testing.TB, l *live.Live, r live.TileRequest) []*geojson.Feature {
	t.Helper()
	tile, err := l.Tile(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if len(tile.Data) == 0 {
		return nil
	}
	layers, err := mvt.Unmarshal(tile.Data)
	if err != nil {
		t.Fatal(err)
	}
	if len(layers) != 1 || layers[0].Name != r.Source || layers[0].Extent != 4096 {
		t.Fatalf("%d layers, want one called %q; first %+v", len(layers), r.Source, layers[0])
	}
	return layers[0].Features
}

func source(t testing.TB, l *live.Live, name string) live.Source {
	t.Helper()
	s, ok := l.Source(name)
	if !ok {
		t.Fatalf("%q is not published; published %v, skipped %v", name, names(l), l.Skipped())
	}
	return s
}

func names(l *live.Live) (all []string) {
	for _, s := range l.Sources() {
		all = append(all, s.Name)
	}
	return all
}

// eventually waits for what another connection causes.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("this never came true: " + what)
		}
	}
}
