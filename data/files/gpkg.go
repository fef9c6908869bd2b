package files

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// geopackageRows reads one layer of a GeoPackage (OGC 12-128), whoever wrote
// it. All reading is within one transaction, so that it sees one state.
type geopackageRows struct {
	db      *sql.DB
	tx      *sql.Tx
	layer   geopackageLayer
	columns []geopackageColumn
	count   int64 // rows, for progress
	bytes   int64
}

type geopackageLayer struct {
	table, geometry string
	srid            int // as in its blobs
	epsg            int // 0: undefined
}

type geopackageColumn struct{ name, kind string }

func openGeoPackage(ctx context.Context, path string, opts *Options) (_ rows, err error) {
	// Without a write-ahead log nobody is writing, and then the file can be read
	// even where no lock file can be made beside it.
	mode := "mode=ro"
	if _, err := os.Stat(path + "-wal"); err != nil {
		mode = "immutable=1"
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: mode + "&_pragma=query_only(1)"}).String())
	if err != nil {
		return nil, err
	}
	g := &geopackageRows{db: db, bytes: info.Size()}
	defer func() {
		if err != nil {
			err = errors.Join(readFault(err), g.close())
		}
	}()
	if g.tx, err = db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, err
	}
	if err := g.choose(ctx, opts); err != nil {
		return nil, err
	}
	return g, g.describe(ctx)
}

// readFault makes an error of the database one of the file.
func readFault(err error) error {
	if fault := (*FileError)(nil); errors.As(err, &fault) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &FileError{Reason: "the GeoPackage cannot be read: " + err.Error()}
}

// choose finds the layer that is asked for, named as the collection, or the
// only one.
func (g *geopackageRows) choose(ctx context.Context, opts *Options) error {
	var tables int
	if err := g.tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_contents'`).Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		return &FileError{Reason: "the file is an SQLite database, but not a GeoPackage: it has no gpkg_contents"}
	}
	list, err := g.tx.QueryContext(ctx, `
		SELECT c.table_name, coalesce(g.column_name, ''), coalesce(g.srs_id, 0), coalesce(s.organization, ''), coalesce(s.organization_coordsys_id, 0)
		FROM gpkg_contents c
		LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
		LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
		WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name`)
	if err != nil {
		return err
	}
	defer list.Close()
	var layers []geopackageLayer
	var names, organizations []string
	for list.Next() {
		var l geopackageLayer
		var organization string
		if err := list.Scan(&l.table, &l.geometry, &l.srid, &organization, &l.epsg); err != nil {
			return err
		}
		layers, names, organizations = append(layers, l), append(names, l.table), append(organizations, organization)
	}
	if err := list.Err(); err != nil {
		return err
	}
	i := slices.Index(names, opts.Layer)
	switch {
	case opts.Layer != "" && i < 0:
		return &FileError{Reason: fmt.Sprintf("the file has no layer %q; it has %s", opts.Layer, brief(strings.Join(names, ", ")))}
	case len(layers) == 0:
		return &FileError{Reason: "the file has no layer of features"}
	case i >= 0:
	case len(layers) == 1:
		i = 0
	default:
		if i = slices.Index(names, opts.Collection); i >= 0 {
			break
		}
		full, err := g.occupied(ctx, names)
		if err != nil {
			return err
		}
		if len(full) != 1 {
			return &FileError{Reason: fmt.Sprintf("the file has several layers: choose one with --layer: %s", brief(strings.Join(names, ", ")))}
		}
		i = slices.Index(names, full[0])
	}
	g.layer = layers[i]
	if g.layer.srid <= 0 {
		g.layer.epsg = 0
	} else if !strings.EqualFold(organizations[i], "EPSG") && opts.CRS == "" {
		return &FileError{Reason: fmt.Sprintf("layer %s is in the reference system %s:%d, which is not known: name its equal with --crs EPSG:n", g.layer.table, organizations[i], g.layer.epsg)}
	}
	return nil
}

// occupied are those of the tables that have rows: other software makes layers
// for all that a format can hold.
func (g *geopackageRows) occupied(ctx context.Context, tables []string) (full []string, err error) {
	for _, t := range tables {
		var any bool
		if err := g.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+quoteName(t)+")").Scan(&any); err != nil {
			return nil, err
		}
		if any {
			full = append(full, t)
		}
	}
	return full, nil
}

// describe finds the layer's columns. The one named id, else the primary key,
// is the id of a feature and comes first.
func (g *geopackageRows) describe(ctx context.Context) error {
	list, err := g.tx.QueryContext(ctx, `SELECT name, upper(type), pk FROM pragma_table_info(?)`, g.layer.table)
	if err != nil {
		return err
	}
	defer list.Close()
	id := geopackageColumn{"", "NULL"} // when there is neither
	named := false
	for list.Next() {
		var c geopackageColumn
		var key int
		if err := list.Scan(&c.name, &c.kind, &key); err != nil {
			return err
		}
		switch {
		case c.name == g.layer.geometry:
		case strings.EqualFold(c.name, "id") && !named:
			id, named = c, true
		case key == 1:
			if !named {
				id = c
			}
		default:
			g.columns = append(g.columns, c)
		}
	}
	if err := list.Err(); err != nil {
		return err
	}
	g.columns = slices.Insert(g.columns, 0, id)
	return g.tx.QueryRowContext(ctx, "SELECT count(*) FROM "+quoteName(g.layer.table)).Scan(&g.count)
}

func (g *geopackageRows) format() string { return "GeoPackage" }

func (g *geopackageRows) close() error {
	var err error
	if g.tx != nil {
		err = g.tx.Rollback()
	}
	return errors.Join(err, g.db.Close())
}

func (g *geopackageRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		list, err := g.tx.QueryContext(ctx, g.query())
		if err != nil {
			yield(nil, readFault(err))
			return
		}
		defer list.Close()
		var blob []byte
		values := make([]any, len(g.columns))
		into := []any{&blob}
		for i := range values {
			into = append(into, &values[i])
		}
		r := row{srid: g.layer.epsg}
		for number := 1; list.Next(); number++ {
			if err := list.Scan(into...); err != nil {
				yield(nil, readFault(err))
				return
			}
			r = row{
				place: place{number: number}, srid: g.layer.epsg, properties: r.properties[:0], flaws: r.flaws[:0],
				read: min(g.bytes, g.bytes*int64(number)/max(1, g.count)),
			}
			g.read(&r, blob, values)
			if !yield(&r, nil) {
				return
			}
		}
		if err := list.Err(); err != nil {
			yield(nil, readFault(err))
		}
	}
}

// query selects the geometry and the columns; dates as they are written.
func (g *geopackageRows) query() string {
	selected := []string{"NULL"}
	if g.layer.geometry != "" {
		selected[0] = quoteName(g.layer.geometry)
	}
	for _, c := range g.columns {
		switch {
		case c.kind == "NULL":
			selected = append(selected, "NULL")
		case strings.HasPrefix(c.kind, "DATE"), strings.HasPrefix(c.kind, "TIME"):
			selected = append(selected, "CAST("+quoteName(c.name)+" AS TEXT)")
		default:
			selected = append(selected, quoteName(c.name))
		}
	}
	return "SELECT " + strings.Join(selected, ", ") + " FROM " + quoteName(g.layer.table)
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// read fills the row from one of the table.
func (g *geopackageRows) read(r *row, blob []byte, values []any) {
	if blob != nil {
		shape, srid, err := wkb.DecodeGeoPackage(blob)
		if err == nil && srid != g.layer.srid && srid > 0 {
			err = fmt.Errorf("it says srs_id %d, its layer %d", srid, g.layer.srid)
		}
		if err == nil && shape != nil {
			geo.EachPoint(shape, func(p orb.Point) {
				if math.IsNaN(p[0]+p[1]) || math.IsInf(p[0]+p[1], 0) {
					err = fmt.Errorf("position %s is not finite", point(p))
				}
			})
		}
		if err != nil {
			r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%v", err))
		} else {
			r.geometry = shape
		}
	}
	for i, c := range g.columns {
		v := values[i]
		switch t := v.(type) {
		case string:
			if fault := textFault([]byte(t)); fault != "" {
				r.flaws = append(r.flaws, refuse(c.name, CodeText, "%s", fault))
				v = nil
			}
		case []byte:
			r.flaws = append(r.flaws, refuse(c.name, CodeValue, "is binary, which no field holds"))
			v = nil
		case int64:
			if strings.HasPrefix(c.kind, "BOOL") {
				v = t != 0
			}
		}
		if i == 0 {
			r.id = v
		} else {
			r.properties = append(r.properties, property{c.name, v})
		}
	}
}
