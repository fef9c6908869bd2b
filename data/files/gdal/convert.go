package gdal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// skippedDrivers of GDAL are those that follow what a file points to, to other
// files or over the network.
const skippedDrivers = "VRT,OGR_VRT,WFS,OAPIF,CSW,HTTP,WMS,WMTS,WCS,PLSCENES,NGW,Carto,AmigoCloud,Elasticsearch,MongoDBv3,EEDA,EEDAI,GMLAS,MySQL,PostgreSQL,ODBC,MSSQLSpatial,OCI,HANA,SOSI,NAS,STACIT,STACTA,PDF,PDS,OGR_PDS,ZARR"

// ErrTooLarge says that what ogr2ogr writes is larger than was asked for.
var ErrTooLarge = errors.New("ogr2ogr made more of it than the limit for a file")

// Convert has ogr2ogr write the file in to a GeoPackage out of at most maxBytes,
// with more options, and no files or addresses read to which the file points. An
// error says what ogr2ogr does, in words for the one who gave the file.
func Convert(ctx context.Context, in, out string, more []string, maxBytes int64) error {
	tool, err := exec.LookPath(Converter)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("ogr2ogr took longer than %v", timeout))
	defer cancel()
	in, err = filepath.Abs(in)
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
		return ErrTooLarge
	case err != nil && ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("ogr2ogr cannot read it: %s", firstLine(said.String(), in))
	}
	return nil
}
