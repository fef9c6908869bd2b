package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/shapefile"
	"github.com/petadesa/petadesa/geo/crs"
)

// shapefileRows gives the rows of a Shapefile.
type shapefileRows struct {
	*shapefile.Reader
	srid int
}

// openShapefile opens a Shapefile. One in a reference system that is not known
// here is left to ogr2ogr, when that is installed.
func openShapefile(ctx context.Context, files shapefile.Files, name string, opts *Options) (rows, error) {
	r, err := openShapefileOf(files, opts)
	if unknown := (*systemError)(nil); !errors.As(err, &unknown) {
		return r, err
	}
	if _, missing := exec.LookPath("ogr2ogr"); missing != nil {
		return nil, err
	}
	return openOGR(ctx, files.SHP, name, "a Shapefile", opts)
}

func openShapefileOf(files shapefile.Files, opts *Options) (rows, error) {
	if files.DBF == "" {
		return nil, fault.New("the file is the .shp of a Shapefile, whose .dbf is not beside it: give all its files in one folder, or in one ZIP archive")
	}
	r, err := shapefile.Open(files, shapefile.Options{Encoding: opts.Encoding, MaxRecord: opts.MaxFeature})
	if err != nil {
		return nil, err
	}
	code, system := r.SRID()
	if opts.CRS == "" && files.PRJ != "" {
		if _, err := crs.Find(code); err != nil {
			if code == 0 {
				err = fmt.Errorf("the reference system %q is not known: name its equal with --crs EPSG:n", brief(system))
			}
			return nil, errors.Join(&systemError{fault.New("its .prj: %v", err)}, r.Close())
		}
	}
	return &shapefileRows{r, code}, nil
}

// A systemError is a *FileError about a reference system that others may know.
type systemError struct{ *FileError }

func (e *systemError) Unwrap() error { return e.FileError }

// beside finds the other files of a Shapefile, whatever the case of their ends.
func beside(path string) (shapefile.Files, error) {
	files := shapefile.Files{SHP: path}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return files, err
	}
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		if strings.TrimSuffix(e.Name(), ext) != stem {
			continue
		}
		full := filepath.Join(filepath.Dir(path), e.Name())
		switch strings.ToLower(ext) {
		case ".dbf":
			files.DBF = full
		case ".cpg":
			files.CPG = full
		case ".prj":
			files.PRJ = full
		}
	}
	return files, nil
}

func (s *shapefileRows) format() string { return "Shapefile (" + s.Encoding() + ")" }
func (s *shapefileRows) close() error   { return s.Close() }

func (s *shapefileRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		info, err := os.Stat(s.Path())
		if err != nil {
			yield(nil, err)
			return
		}
		for record, err := range s.Records(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			r = row{
				place: place{number: record.Number}, srid: s.srid, geometry: record.Geometry,
				properties: r.properties[:0], flaws: r.flaws[:0],
				read: int64(float64(record.Read) / math.Max(1, float64(s.Bytes())) * float64(info.Size())),
			}
			s.read(&r, record)
			if !yield(&r, nil) {
				return
			}
		}
	}
}

// read fills the row's properties and flaws.
func (s *shapefileRows) read(r *row, record *shapefile.Record) {
	if record.Fault != "" {
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s", record.Fault))
	} else if record.Heights > 0 {
		r.flaws = append(r.flaws, repair("geometry", CodeHeight, "%s had more than longitude and latitude, which was dropped", plural(record.Heights, "position")))
	}
	for i, name := range s.Fields() {
		v, why := record.Values[i], record.Faults[i]
		if text, ok := v.(string); ok && why == "" {
			if why = textFault([]byte(text)); why != "" {
				v = nil
			}
		}
		if why != "" {
			r.flaws = append(r.flaws, refuse(name, CodeText, "%s", why))
		}
		r.properties = append(r.properties, property{name, v})
	}
}
