package api

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// PageArchive is a PMTiles archive of the collections' tiles at an address that
// browsers reach, such as an object store: the map reads tiles from there, by
// ranges, instead of from the service.
type PageArchive struct {
	url    string
	origin string // as a CSP source
}

// ParsePageArchive checks the address: http or https, and nothing in it that
// could break out of a security policy.
func ParsePageArchive(address string) (*PageArchive, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("page archive: %w", err)
	}
	origin, err := policyOrigin(u, u.Host)
	if err != nil {
		return nil, fmt.Errorf("page archive %q: %w", address, err)
	}
	return &PageArchive{url: u.String(), origin: origin}, nil
}

// MarshalJSON writes the address alone.
func (a *PageArchive) MarshalJSON() ([]byte, error) { return json.Marshal(a.url) }
