// Package rasters imports elevation and population from files into a store: .hgt
// tiles of SRTM and GeoTIFFs, block by block, so that neither the file nor a
// country is ever in memory.
//
// Heights are put on the posts of the lattice: where the file has a sample at a
// post that sample, whatever lies between it and the next being left out, else the
// four around it interpolated. People are counted: those of a pixel go to the cells
// that it covers by shares of its area, so that their sum stays.
//
// A file that is not in degrees of WGS 84, holds no value, or a value that cannot
// be, is refused with the reason, and the store stays as it was.
package rasters
