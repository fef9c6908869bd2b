// Package quality tells how good the data of a snapshot are.
package quality
