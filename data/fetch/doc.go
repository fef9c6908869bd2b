// Package fetch brings files from HTTP servers to local disk, whole or not at
// all: bounded in size, time and tries, continued where a connection broke, and
// checked before anybody sees them.
//
// A file comes into a folder, the cache: first as a part beside what is known
// of it, and under its own name only when it is complete, has the checksum that
// was asked for and passes the caller's check. So a download that was cut, by
// the network or by Ctrl-C, goes on where it ended (RFC 9110, Range with
// If-Range), and one that is done is not done again while it is fresh. Two
// processes may use one folder: they wait for each other, file by file.
//
// The package refuses what it cannot vouch for: a body shorter or longer than
// announced, a part whose source changed in between, more bytes than allowed,
// redirects without end or from https to http. It keeps secrets out of what it
// writes and says: names, messages and notes have them struck out. It knows
// nothing of what is in the files.
package fetch
