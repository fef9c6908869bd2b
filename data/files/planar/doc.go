// Package planar says of rings and areas whether they meet themselves or each
// other, and takes rings apart where they do. Whether edges meet is decided
// exactly; where they cross is rounded to float64. It decides nothing about what a
// file may hold: package files does.
package planar
