// Package geotiff reads the first image of a GeoTIFF with one band of numbers: what
// elevation and population come in. Classic and BigTIFF, strips and tiles,
// uncompressed, DEFLATE, LZW and PackBits, predictors 1 to 3; integers of 8 to 32
// bits and floats of 32 and 64.
//
// An image is read window by window: only the strips and tiles under a window are
// read, and few are kept. Nothing the file claims is believed before the file is
// known to be long enough for it.
//
// It refuses colour, several bands, rotated images and other compressions by name;
// reference systems are told, not judged.
package geotiff
