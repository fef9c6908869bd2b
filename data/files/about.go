package files

import (
	"cmp"

	"github.com/petadesa/petadesa/geo"
)

// informed is what rows may tell besides their rows.
type informed interface {
	// found tells what the file holds, once it was read.
	found() []Found
	// credit is whom data of this format must name, and their licence.
	credit() (attribution, license string)
}

func found(file rows) []Found {
	if i, ok := file.(informed); ok {
		return i.found()
	}
	return nil
}

// credit completes the description of a collection with its source: what the
// caller says, else what data of the format are always under.
func credit(c *geo.Collection, file rows, opts *Options) {
	var attribution, license string
	if i, ok := file.(informed); ok {
		attribution, license = i.credit()
	}
	c.Attribution = cmp.Or(opts.Attribution, attribution, c.Attribution)
	c.License = cmp.Or(opts.License, license, c.License)
}
