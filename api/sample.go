package api

import (
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// sampleSignal reports whether what is said of signals rests on towers or coverage
// that are illustrative: made to show what the service does, not an operator's.
func sampleSignal(snap *geo.Snapshot) bool {
	for _, id := range []string{"towers", "coverage"} {
		l := snap.Layer(id)
		if l == nil || l.Len() == 0 {
			continue
		}
		if c := l.Column("quality"); c != nil && c.Field.Type == geo.String && slices.Contains(c.Words(), "illustrative") {
			return true
		}
	}
	return false
}
