package api

import (
	"crypto/sha256"
	"encoding/base64"
)

// A cursor says after which feature the next page begins, by its id, so that it
// holds for any later snapshot and any limit: features that were added or
// removed meanwhile shift nothing. It is opaque: a checksum over the collection
// and the id, then the id, in URL-safe base64. The checksum is there to refuse
// what was typed, cut or taken from another collection; it is no secret.

const cursorSum = 6 // bytes of checksum

func makeCursor(collection, lastID string) string {
	sum := cursorChecksum(collection, lastID)
	return base64.RawURLEncoding.EncodeToString(append(sum[:], lastID...))
}

func parseCursor(collection, cursor string) (lastID string, err error) {
	wrong := &Problem{
		Kind: BadCursor, Parameter: "cursor",
		Detail: "cursor " + quoted(cursor) + " was not given out for this collection; take it unchanged from a next link, or leave it out for the first page",
	}
	raw, decodeErr := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if decodeErr != nil || len(raw) <= cursorSum {
		return "", wrong
	}
	lastID = string(raw[cursorSum:])
	if [cursorSum]byte(raw) != cursorChecksum(collection, lastID) {
		return "", wrong
	}
	return lastID, nil
}

func cursorChecksum(collection, lastID string) [cursorSum]byte {
	sum := sha256.Sum256([]byte("petadesa cursor 1\x00" + collection + "\x00" + lastID))
	return [cursorSum]byte(sum[:])
}
