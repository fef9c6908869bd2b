package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoBinaries is what NewCluster answers where PostgreSQL or PostGIS is not
// installed.
var ErrNoBinaries = errors.New("PostgreSQL with PostGIS is not installed: apt-get install postgresql postgresql-15-postgis-3")

const (
	superuser = "petadesa"
	template  = "template_petadesa"
)

// Cluster is a running PostgreSQL server.
type Cluster struct {
	dir       string // holds data, log and socket
	bin       string
	owner     *syscall.Credential // whom the server runs as; nil: ourselves
	server    *process
	databases atomic.Int64
}

// NewCluster starts a server whose files are in a new folder inside dir, or
// inside the system's temporary folder when dir is "". Run as root, the server
// belongs to the user postgres, who must be able to enter dir.
func NewCluster(ctx context.Context, dir string) (*Cluster, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin}
	if c.dir, err = os.MkdirTemp(dir, "pg"); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	if err := c.create(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL: %w", err), c.Close())
	}
	return c, nil
}

func (c *Cluster) create(ctx context.Context) error {
	if os.Geteuid() == 0 {
		var err error
		if c.owner, err = credential("postgres"); err != nil {
			return err
		}
		if err := os.Chown(c.dir, int(c.owner.Uid), int(c.owner.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, "initdb"), "--pgdata", c.data(), "--username", superuser,
		"--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := c.Start(ctx); err != nil {
		return err
	}
	if err := c.exec(ctx, "postgres", "CREATE DATABASE "+template); err != nil {
		return err
	}
	return c.exec(ctx, template, "CREATE EXTENSION postgis")
}

// Start starts the server after a Stop, with the data it had.
func (c *Cluster) Start(ctx context.Context) error {
	server, err := start(c.owner, c.dir, filepath.Join(c.dir, "log"), filepath.Join(c.bin, "postgres"),
		"-D", c.data(), "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off",
		"-c", "full_page_writes=off", "-c", "max_wal_size=4GB", "-c", "shared_buffers=256MB", "-c", "log_min_messages=warning")
	if err != nil {
		return err
	}
	c.server = server
	for {
		err := c.exec(ctx, "postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-server.done:
			text, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("PostgreSQL ended at once: %s", text[max(0, len(text)-2000):])
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server, cutting all connections; the data stay. Stopping one
// that does not run does nothing.
func (c *Cluster) Stop() error {
	if c.server == nil {
		return nil
	}
	err := c.server.stop()
	c.server = nil
	return err
}

// Close stops the server and removes all its files.
func (c *Cluster) Close() error {
	return errors.Join(c.Stop(), os.RemoveAll(c.dir))
}

// URL returns the connection string of a database, for its superuser.
func (c *Cluster) URL(database string) string {
	return c.URLAs(superuser, database)
}

// URLAs returns the connection string of a database for a role.
func (c *Cluster) URLAs(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database, RawQuery: url.Values{"host": {c.dir}}.Encode()}
	return u.String()
}

// CreateDatabase makes a new, empty database with PostGIS and returns its name.
func (c *Cluster) CreateDatabase(ctx context.Context) (string, error) {
	name := fmt.Sprintf("db%d", c.databases.Add(1))
	statement := "CREATE DATABASE " + pgx.Identifier{name}.Sanitize() + " TEMPLATE " + template
	return name, c.exec(ctx, "postgres", statement)
}

// Connect starts a server, and connects to a new, empty database of it. stop ends
// both.
func Connect(ctx context.Context) (conn *pgx.Conn, stop func() error, err error) {
	c, err := NewCluster(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	name, err := c.CreateDatabase(ctx)
	if err == nil {
		conn, err = pgx.Connect(ctx, c.URL(name))
	}
	if err != nil {
		return nil, nil, errors.Join(err, c.Close())
	}
	return conn, func() error { return errors.Join(conn.Close(context.WithoutCancel(ctx)), c.Close()) }, nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *Cluster) exec(ctx context.Context, database, statement string) (err error) {
	conn, err := pgx.Connect(ctx, c.URL(database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}
