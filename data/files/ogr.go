package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/petadesa/petadesa/data/files/fault"
)

// byOGR is what reports call the format of a file that ogr2ogr converted.
const byOGR = "another format (by ogr2ogr)"

// ogrTimeout is how long ogr2ogr may take for one file.
const ogrTimeout = 10 * time.Minute

// converted are the formats that are left to GDAL, by the ends of names that
// they commonly have, which only choose what is looked at within an archive.
var converted = map[string]string{
	".fgb": "FlatGeobuf", ".gpx": "GPX", ".gml": "GML", ".tab": "MapInfo", ".mif": "MapInfo", ".dxf": "DXF", ".dgn": "DGN",
	".parquet": "Parquet", ".ods": "OpenDocument", ".xls": "Excel 97", ".gdb": "File Geodatabase", ".topojson": "TopoJSON",
}

// skippedDrivers of GDAL are those that follow what a file points to, to other
// files or over the network.
const skippedDrivers = "VRT,OGR_VRT,WFS,OAPIF,CSW,HTTP,WMS,WMTS,WCS,PLSCENES,NGW,Carto,AmigoCloud,Elasticsearch,MongoDBv3,EEDA,EEDAI,GMLAS,MySQL,PostgreSQL,ODBC,MSSQLSpatial,OCI,HANA,SOSI,NAS,STACIT,STACTA,PDF,PDS,OGR_PDS,ZARR"

// openOGR has ogr2ogr convert a file to a GeoPackage, in longitude and latitude
// where the file says what it is in, and opens that. What the file is, is for
// the message when ogr2ogr is not there.
func openOGR(ctx context.Context, path, name, what string, opts *Options) (_ rows, err error) {
	tool, err := exec.LookPath("ogr2ogr")
	if err != nil {
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
	err = runOGR(ctx, tool, path, out, project, opts.MaxBytes)
	if err != nil && opts.CRS == "" && strings.Contains(err.Error(), "source layer") {
		if err = os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		err = runOGR(ctx, tool, path, out, nil, opts.MaxBytes) // it says nothing of a reference system
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

// runOGR runs ogr2ogr within bounds of time and size.
func runOGR(ctx context.Context, tool, in, out string, more []string, maxBytes int64) error {
	ctx, cancel := context.WithTimeoutCause(ctx, ogrTimeout, fmt.Errorf("ogr2ogr took longer than %v", ogrTimeout))
	defer cancel()
	in, err := filepath.Abs(in)
	if err != nil {
		return err
	}
	args := append([]string{"-f", "GPKG", "-lco", "GEOMETRY_NAME=geom", "-preserve_fid"}, more...)
	cmd := exec.CommandContext(ctx, tool, append(args, out, in)...)
	cmd.Env = append(os.Environ(), "GML_DOWNLOAD_SCHEMA=NO", "GML_SKIP_RESOLVE_ELEMS=ALL", "CPL_VSIL_CURL_ALLOWED_FILENAME=none", "GDAL_CACHEMAX=256", "GDAL_SKIP="+skippedDrivers, "PROJ_NETWORK=OFF")
	cmd.Dir = filepath.Dir(out)
	cmd.WaitDelay = 5 * time.Second
	var said bytes.Buffer
	cmd.Stderr = &tail{most: 4 << 10, buf: &said}
	done := make(chan struct{})
	grown := make(chan struct{})
	go func() {
		defer close(grown)
		for {
			select {
			case <-done:
				return
			case <-time.After(200 * time.Millisecond):
				if info, err := os.Stat(out); err == nil && info.Size() > maxBytes {
					cancel()
					return
				}
			}
		}
	}()
	err = cmd.Run()
	close(done)
	<-grown
	info, statErr := os.Stat(out)
	switch {
	case statErr == nil && info.Size() > maxBytes:
		return fmt.Errorf("ogr2ogr made more than %s of it, the limit for a file", byteSize(maxBytes))
	case err != nil && ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("ogr2ogr cannot read it: %s", firstLine(said.String(), in))
	}
	return nil
}

// firstLine is the first line that tells what is wrong, without the path.
func firstLine(said, path string) string {
	said = strings.ReplaceAll(said, path, "the file")
	for _, line := range strings.Split(said, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "Warning") {
			return brief(line)
		}
	}
	return "it says nothing"
}

// tail keeps the first bytes of what a program says.
type tail struct {
	most int
	buf  *bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	if room := t.most - t.buf.Len(); room > 0 {
		t.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
