// Package api is Petadesa's face: everything that is asked and answered over
// HTTP. OGC API Features and Tiles under /api, the tiles themselves, search,
// what the map page needs to start, health and metrics.
//
// A handler is a function of the request and one immutable snapshot:
//
//	func(w http.ResponseWriter, r *http.Request, s *geo.Snapshot) error
//
// It holds no lock, asks no database and writes no error: what it returns
// becomes problem+json (RFC 9457) in one place. Whatever can be known of an
// answer before making it (its version, its representation) is its ETag, so
// that a client that has it already is told so before any work.
//
// The package refuses parameters it does not know, so that a misspelt filter is
// an error and not the whole collection. It never reads a store: cmd hands it a
// Source. It cuts no tile itself: package tiles does.
package api
