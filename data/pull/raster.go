package pull

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/data/files/rasters"
)

// checkRaster reads the files of a raster to the end, so that what is written
// after the features is known to be good. A store writes each raster in a
// transaction of its own.
func (r *run) checkRaster(ctx context.Context, g *got, id string) (*CollectionResult, error) {
	s := &g.source
	opts := rasters.Options{
		Name: id, Within: "villages:" + r.plan.Code, SourceDate: r.date(s), Attribution: s.Attribution, License: s.Licence, DryRun: true,
		Progress: func(done, total int64) { r.opts.Progress("reading "+id, done, total) },
	}
	var sources []files.Source
	for i, p := range g.paths {
		name := s.Title
		if s.Format == "hgt" { // the name says where a tile lies
			name = path.Base(strings.SplitN(g.files[i].URL, "?", 2)[0])
		}
		sources = append(sources, titled{files.Path(p), name})
	}
	report, err := rasters.Import(ctx, r.stage, sources, opts)
	if err != nil {
		return nil, err
	}
	opts.DryRun = false
	r.rasters = append(r.rasters, func(ctx context.Context) error {
		if _, err := rasters.Import(ctx, r.opts.Store, sources, opts); err != nil {
			return fmt.Errorf("storing %s: %w; what was stored before it stays", id, err)
		}
		return nil
	})
	return &CollectionResult{
		Collection: id, Read: int(report.Cells + report.Empty), Stored: int(report.Cells),
		Notes: []string{fmt.Sprintf("from %.6g to %.6g %s", report.Least, report.Most, report.Unit)},
	}, nil
}
