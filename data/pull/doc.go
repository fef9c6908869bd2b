// Package pull builds a regency from public sources: it chooses them from the
// catalogue, downloads all of them, checks that they are what they should be,
// and only then puts everything into the store, in one transaction.
//
//	Choose → Plan (licences and sizes, shown before anything is asked of a server)
//	Plan.Run → download → import into memory → check → data.Store.Write → Manifest
//
// A source that the regency cannot do without, its villages, fails the whole
// when it and its alternatives fail; any other is left out, which the manifest
// says. Whatever fails, the store is as it was before or has everything.
//
// Nothing here is of one regency: a code and the catalogue are all it knows.
// What a file holds is the concern of package files, how it comes over the
// network that of package fetch.
package pull
