// Package gdal runs GDAL's programs, where they are installed, for what is not
// read here: ogr2ogr for formats, gdaltransform for reference systems. They run
// within bounds of time and size, without the network, and see nothing but the
// file. It knows nothing of rows.
package gdal

import (
	"bytes"
	"strings"
	"time"
)

// The programs.
const (
	Converter   = "ogr2ogr"
	Transformer = "gdaltransform"
)

// timeout is how long a program may take for one file.
const timeout = 10 * time.Minute

// firstLine is the first line that tells what is wrong, without the path.
func firstLine(said, path string) string {
	said = strings.ReplaceAll(said, path, "the file")
	for _, line := range strings.Split(said, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), " with the following drivers.")
		if line != "" && line != "FAILURE:" && !strings.HasPrefix(line, "Warning") {
			return strings.ToValidUTF8(line[:min(len(line), 400)], "")
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
