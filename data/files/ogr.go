package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/gdal"
)

// byOGR is what reports call the format of a file that ogr2ogr converted.
const byOGR = "another format (by ogr2ogr)"

// converted are the formats that are left to GDAL, by the ends of names that
// they commonly have, which only choose what is looked at within an archive.
var converted = map[string]string{
	".fgb": "FlatGeobuf", ".gpx": "GPX", ".gml": "GML", ".tab": "MapInfo", ".mif": "MapInfo", ".dxf": "DXF", ".dgn": "DGN",
	".parquet": "Parquet", ".ods": "OpenDocument", ".xls": "Excel 97", ".gdb": "File Geodatabase", ".topojson": "TopoJSON",
}

// openOGR has ogr2ogr convert a file to a GeoPackage, in longitude and latitude
// where the file says what it is in, and opens that. What the file is, is for
// the message when ogr2ogr is not there.
func openOGR(ctx context.Context, path, name, what string, opts *Options) (_ rows, err error) {
	if _, err := exec.LookPath(gdal.Converter); err != nil {
		return nil, fault.New("the file is %s, which is read with the help of ogr2ogr, and that is not installed: install GDAL (on Debian: apt install gdal-bin), or convert the file to GeoPackage elsewhere", what)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	u := &unpackedRows{outer: info.Size(), how: byOGR}
	if u.dir, err = os.MkdirTemp("", "petadesa-import-*"); err != nil {
		return nil, fmt.Errorf("making room for what ogr2ogr writes: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.close())
		}
	}()
	out := filepath.Join(u.dir, "file.gpkg")
	var project []string
	if opts.CRS == "" {
		project = []string{"-t_srs", "EPSG:4326"}
	}
	err = gdal.Convert(ctx, path, out, project, opts.MaxBytes)
	if err != nil && opts.CRS == "" && strings.Contains(err.Error(), "source layer") {
		if err = os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		err = gdal.Convert(ctx, path, out, nil, opts.MaxBytes) // it says nothing of a reference system
	}
	if errors.Is(err, gdal.ErrTooLarge) {
		err = fmt.Errorf("ogr2ogr made more than %s of it, the limit for a file", byteSize(opts.MaxBytes))
	}
	if err != nil {
		return nil, fault.New("the file is %s; %v", what, err)
	}
	made, err := os.Stat(out)
	if err != nil {
		return nil, fault.New("the file is %s, in which ogr2ogr found no features", what)
	}
	u.inner = made.Size()
	u.rows, err = openGeoPackage(ctx, out, opts)
	return u, err
}
