package files

import (
	"context"

	"github.com/petadesa/petadesa/data/files/fault"
)

func openWorkbook(ctx context.Context, path string, opts *Options) (rows, error) {
	return nil, fault.New("the file is an Excel workbook; save its sheet as CSV")
}
