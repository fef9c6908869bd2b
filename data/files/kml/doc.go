// Package kml reads the placemarks of KML 2.2 and 2.3 (OGC 12-007r2), Google's
// tracks among them: geometry, name, description and extended data.
//
// It streams: memory is that of one placemark. It refuses documents that declare
// entities, before any is expanded, and what does not nest as XML must. Styles,
// overlays, network links and tours are no features and are passed over.
package kml
