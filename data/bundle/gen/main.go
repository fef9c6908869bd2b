// Command gen makes the bundle of data/bundle from the fact tables beside it.
//
//	gen [BUNDLE]                             write the GeoJSON files
//	gen [BUNDLE] refresh-villages GEOGRAFIS  rewrite the village facts from the npm package geografis
//	gen [BUNDLE] refresh-coast SHORELINES    rewrite the coast facts from GMT's dump of GSHHG
//
// BUNDLE is the folder of the bundle, "." by default. The same facts give the
// same bytes. It reads nothing but the fact tables, reaches no network, and
// takes no geometry from anywhere but the village points and the coastline.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	dir := "."
	if len(args)%2 == 1 {
		dir, args = args[0], args[1:]
	}
	facts := filepath.Join(dir, "facts")
	if len(args) == 0 {
		return generate(facts, dir, stdout)
	}
	switch args[0] {
	case "refresh-villages":
		return refreshVillages(facts, args[1])
	case "refresh-coast":
		return refreshCoast(facts, args[1])
	default:
		return fmt.Errorf("unknown command %q", args[0])
	}
}
