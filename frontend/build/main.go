// Command build bundles the map application: frontend/src and the vendored
// libraries become frontend/dist, minified, split into parts that load on
// demand, each file with its brotli and gzip form beside it. The result is
// committed, so that building the server needs neither Node nor this command.
// It reads no network and no package folder, and the same sources always give
// the same bytes.
//
//	go run ./frontend/build            # from the root of the repository
//	go run ./frontend/build DIRECTORY  # the folder that holds src and dist
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	root := "frontend"
	if len(args) > 0 {
		root = args[0]
	}
	files, err := Bundle(root)
	if err != nil {
		return err
	}
	if err := Write(filepath.Join(root, "dist"), files); err != nil {
		return err
	}
	for _, name := range files.Names() {
		if filepath.Ext(name) != ".br" && filepath.Ext(name) != ".gz" {
			fmt.Fprintf(stdout, "%-34s %7d bytes, brotli %6d\n", name, len(files[name]), len(files[name+".br"]))
		}
	}
	return nil
}
