package geopackage

import (
	"context"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data/files/fault"
)

// Options choose the layer.
type Options struct {
	Layer     string // its name; "": Prefer, or the only one, or the only one with rows
	Prefer    string
	AnySystem bool // the reference system is known from elsewhere
}

type layer struct {
	table, geometry string
	srid            int // as in its blobs
	epsg            int // 0: undefined
}

// choose finds the layer that is asked for, named as the collection, or the
// only one.
func (r *Reader) choose(ctx context.Context, opts Options) error {
	var tables int
	if err := r.tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_contents'`).Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		return fault.New("the file is an SQLite database, but not a GeoPackage: it has no gpkg_contents")
	}
	list, err := r.tx.QueryContext(ctx, `
		SELECT c.table_name, coalesce(g.column_name, ''), coalesce(g.srs_id, 0), coalesce(s.organization, ''), coalesce(s.organization_coordsys_id, 0)
		FROM gpkg_contents c
		LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
		LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
		WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name`)
	if err != nil {
		return err
	}
	defer list.Close()
	var layers []layer
	var names, organizations []string
	for list.Next() {
		var l layer
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
		return fault.New("the file has no layer %q; it has %.400s", opts.Layer, strings.Join(names, ", "))
	case len(layers) == 0:
		return fault.New("the file has no layer of features")
	case i >= 0:
	case len(layers) == 1:
		i = 0
	default:
		if i = slices.Index(names, opts.Prefer); i >= 0 {
			break
		}
		full, err := r.occupied(ctx, names)
		if err != nil {
			return err
		}
		if len(full) != 1 {
			return fault.New("the file has several layers: choose one with --layer: %.400s", strings.Join(names, ", "))
		}
		i = slices.Index(names, full[0])
	}
	r.layer = layers[i]
	if r.layer.srid <= 0 {
		r.layer.epsg = 0
	} else if !strings.EqualFold(organizations[i], "EPSG") && !opts.AnySystem {
		return fault.New("layer %s is in the reference system %s:%d, which is not known: name its equal with --crs EPSG:n", r.layer.table, organizations[i], r.layer.epsg)
	}
	return nil
}

// occupied are those of the tables that have rows: other software makes layers
// for all that a format can hold.
func (r *Reader) occupied(ctx context.Context, tables []string) (full []string, err error) {
	for _, t := range tables {
		var any bool
		if err := r.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+quoteName(t)+")").Scan(&any); err != nil {
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
func (r *Reader) describe(ctx context.Context) error {
	list, err := r.tx.QueryContext(ctx, `SELECT name, upper(type), pk FROM pragma_table_info(?)`, r.layer.table)
	if err != nil {
		return err
	}
	defer list.Close()
	id := Column{"", "NULL"} // when there is neither
	named := false
	for list.Next() {
		var c Column
		var key int
		if err := list.Scan(&c.Name, &c.Kind, &key); err != nil {
			return err
		}
		switch {
		case c.Name == r.layer.geometry:
		case strings.EqualFold(c.Name, "id") && !named:
			id, named = c, true
		case key == 1:
			if !named {
				id = c
			}
		default:
			r.Columns = append(r.Columns, c)
		}
	}
	if err := list.Err(); err != nil {
		return err
	}
	r.Columns = slices.Insert(r.Columns, 0, id)
	return r.tx.QueryRowContext(ctx, "SELECT count(*) FROM "+quoteName(r.layer.table)).Scan(&r.count)
}
