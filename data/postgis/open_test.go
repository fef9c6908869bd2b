package postgis_test

import (
	"bytes"
	"log/slog"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/postgis"
	"github.com/petadesa/petadesa/data/storetest"
)

func TestManyServersMayOpenANewDatabase(t *testing.T) {
	place := cluster.Database(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := open(t.Context(), place)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = s.Close() }()
			if err := s.Write(t.Context(), storetest.Batch(data.Upsert, points("places", "a"))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// as is the connection string of the same database for another role.
func as(t *testing.T, role, place string) string {
	t.Helper()
	u, err := url.Parse(place)
	if err != nil {
		t.Fatal(err)
	}
	return cluster.URLAs(role, path.Base(u.Path))
}

func TestAReadOnlyRoleServesWhatIsThere(t *testing.T) {
	place := cluster.Database(t)
	role := "reader_" + path.Base(strings.Split(place, "?")[0])
	psql(t, place, "CREATE ROLE "+role+" LOGIN")
	if _, err := open(t.Context(), as(t, role, place)); err == nil || !strings.Contains(err.Error(), "a role that may") {
		t.Errorf("without a schema: %v", err)
	}
	owner, err := open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	psql(t, place, // as doc.go says
		"GRANT USAGE ON SCHEMA petadesa TO "+role, "GRANT SELECT ON ALL TABLES IN SCHEMA petadesa TO "+role,
		"ALTER DEFAULT PRIVILEGES IN SCHEMA petadesa GRANT SELECT ON TABLES TO "+role)

	s, err := open(t.Context(), as(t, role, place))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Write(t.Context(), storetest.Batch(data.Replace, points("places", "a"))); err != nil {
		t.Fatal(err)
	}
	if c := <-changes; c.Err != nil || len(c.Collections) != 1 {
		t.Errorf("told %+v", c)
	}
	if tables, err := s.Load(t.Context()); err != nil || len(tables) != 1 {
		t.Errorf("%v, %v", tables, err)
	}
	if err := s.Write(t.Context(), storetest.Batch(data.Append, points("places", "b"))); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("write: %v", err)
	}
	if err := owner.Write(t.Context(), storetest.Batch(data.Replace, points("places", "a", "b"))); err != nil {
		t.Fatal(err)
	}
	if tables, err := s.Load(t.Context()); err != nil || len(tables[0].Records) != 2 {
		t.Errorf("the rights are gone after a replace: %v", err)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	_, place := store(t)
	psql(t, place, "INSERT INTO petadesa.migrations (version_id, is_applied) VALUES (999, true)")
	if _, err := open(t.Context(), place); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Error(err)
	}
}

func TestPasswordsAreNotTold(t *testing.T) {
	const secret = "hunter2secret"
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for _, place := range []string{
		"postgres://user:" + secret + "@localhost:1/db?connect_timeout=1",
		"postgres://user:" + secret + "@localhost:port/db",
		"postgres://user:" + secret + "%zz@localhost/db",
		"postgres://user:" + secret + " x@localhost/db",
		"host=localhost port=x password=" + secret,
		"postgres://localhost/db?password=" + secret + "&sslmode=nonsense",
	} {
		s, err := postgis.Open(t.Context(), place, postgis.WithLogger(logger))
		if err == nil {
			_ = s.Close()
			t.Errorf("opened %s", place)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log tells the password: %s", log.String())
	}
}
