// Package frontend is the map application as a http.Handler: the bundle that
// `go run ./frontend/build` made from src, embedded, served precompressed. It
// imports nothing of this module, knows no data and renders nothing.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the files of the built application: index.html and icon.svg at the
// top, hashed scripts and styles under assets, each with its .br and .gz form.
func FS() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // only for a malformed constant path
		return dist
	}
	return sub
}
