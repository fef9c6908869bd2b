package mbtiles

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime"
	"time"

	"github.com/paulmach/orb/maptile"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Bounds of what is read.
const (
	MaxTile     = 32 << 20 // of a tile or a value of the metadata, bytes
	maxMetadata = 500      // rows
	maxTime     = 10 * time.Second
)

// Magic is what an SQLite file begins with.
const Magic = "SQLite format 3\x00"

// Reader reads one archive. Its methods may be called concurrently.
type Reader struct {
	MinZoom, MaxZoom int               // of the tiles that are there
	Metadata         map[string]string // rows of the table metadata; read only

	db    *sql.DB
	lanes chan *lane // one for each tile that may be read at once; nil: not made yet
	sum   [sha256.Size]byte
}

// lane is a connection with its limits set and its statement prepared.
type lane struct {
	conn *sql.Conn
	tile *sql.Stmt
}

// Open opens an archive and reads its metadata.
func Open(ctx context.Context, path string) (*Reader, error) {
	r := &Reader{Metadata: map[string]string{}, lanes: make(chan *lane, min(2*runtime.GOMAXPROCS(0), 16))}
	if err := r.identify(path); err != nil {
		return nil, err
	}
	db, err := connect(path, url.Values{"mode": {"ro"}, "_defensive": {"1"}, "_pragma": {"query_only(1)", "trusted_schema(0)", "cell_size_check(1)", "busy_timeout(2000)"}})
	if err != nil {
		return nil, err
	}
	r.db = db
	for range cap(r.lanes) {
		r.lanes <- nil
	}
	if err := r.with(ctx, r.describe); err != nil {
		db.Close()
		return nil, err
	}
	return r, nil
}

// Close ends all reading: it waits for the tiles that are being read.
func (r *Reader) Close() error {
	for range cap(r.lanes) {
		<-r.lanes
	}
	close(r.lanes)
	return r.db.Close()
}

// Identity returns a hash of the file's header and the metadata: SQLite changes
// the header with every transaction.
func (r *Reader) Identity() string { return hex.EncodeToString(r.sum[:8]) }

// Tile returns the bytes of a tile as they are in the archive; nil when it has
// no such tile.
func (r *Reader) Tile(ctx context.Context, at maptile.Tile) ([]byte, error) {
	if at.Z > MaxZoom || int(at.Z) < r.MinZoom || int(at.Z) > r.MaxZoom || at.X>>at.Z != 0 || at.Y>>at.Z != 0 {
		return nil, nil
	}
	var b []byte
	err := r.with(ctx, func(ctx context.Context, l *lane) error {
		err := l.tile.QueryRowContext(ctx, int(at.Z), int64(at.X), northward(at)).Scan(&b)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tile %d/%d/%d: %w", at.Z, at.X, at.Y, err)
	}
	return b, nil
}

// northward returns a tile's row as it is counted in the file.
func northward(at maptile.Tile) int64 { return 1<<at.Z - 1 - int64(at.Y) }

// with calls do with a lane and a limit of time. Errors of SQLite are said to be
// the file's, unless ctx ended.
func (r *Reader) with(ctx context.Context, do func(context.Context, *lane) error) error {
	var l *lane
	select {
	case <-ctx.Done():
		return ctx.Err()
	case got, open := <-r.lanes:
		if !open {
			return os.ErrClosed
		}
		l = got
	}
	limited, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	var err error
	if l == nil {
		l, err = r.newLane(limited)
	}
	if err == nil {
		err = do(limited, l)
	}
	if err != nil && l != nil { // it may be in any state
		l.tile.Close()
		l.conn.Close()
		l = nil
	}
	r.lanes <- l
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return invalid("a question took longer than %s", maxTime)
	case errors.Is(err, ErrInvalid):
		return err
	}
	return invalid("%w", err)
}

func (r *Reader) newLane(ctx context.Context) (*lane, error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err = sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_LENGTH, MaxTile); err == nil {
		var tile *sql.Stmt
		tile, err = conn.PrepareContext(ctx, `SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?`)
		if err == nil {
			return &lane{conn, tile}, nil
		}
	}
	conn.Close()
	return nil, err
}

// identify hashes what tells the file from others.
func (r *Reader) identify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var header [100]byte
	if _, err := io.ReadFull(f, header[:]); err != nil || string(header[:len(Magic)]) != Magic {
		return invalid("it does not begin like an SQLite file")
	}
	r.sum = sha256.Sum256(binary.LittleEndian.AppendUint64(header[:], uint64(info.Size())))
	return nil
}

// describe reads the metadata and the zooms.
func (r *Reader) describe(ctx context.Context, l *lane) error {
	rows, err := l.conn.QueryContext(ctx, `SELECT name, value FROM metadata WHERE name IS NOT NULL AND value IS NOT NULL ORDER BY name LIMIT ?`, maxMetadata)
	if err != nil {
		return err
	}
	defer rows.Close()
	total := 0
	sum := sha256.New()
	sum.Write(r.sum[:])
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return err
		}
		if total += len(name) + len(value); total > MaxTile {
			return invalid("the metadata have more than %d bytes", MaxTile)
		}
		fmt.Fprintf(sum, "%q%q", name, value)
		r.Metadata[name] = value
	}
	if err := rows.Err(); err != nil {
		return err
	}
	sum.Sum(r.sum[:0])
	// Asked for apart, each is a look at one end of the index.
	var least, most sql.NullInt64
	if err := l.conn.QueryRowContext(ctx, `SELECT min(zoom_level) FROM tiles`).Scan(&least); err != nil {
		return err
	}
	if err := l.conn.QueryRowContext(ctx, `SELECT max(zoom_level) FROM tiles`).Scan(&most); err != nil {
		return err
	}
	if least.Int64 < 0 || most.Int64 > MaxZoom {
		return invalid("zooms %d to %d are not within 0 to %d", least.Int64, most.Int64, MaxZoom)
	}
	r.MinZoom, r.MaxZoom = int(least.Int64), int(most.Int64)
	return nil
}
