// Package jsontext reads JSON text (RFC 8259) strictly and within bounds: a
// Scanner cuts a stream of any length into values, of which it holds one at a
// time, and a Cursor goes through one that is in memory, and says at which byte
// what is wrong. encoding/json puts some faults right in silence and names no
// lines, which a report on a file needs. It knows nothing of GeoJSON.
package jsontext
