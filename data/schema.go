package data

import "github.com/petadesa/petadesa/geo"

// Standard returns the well-known collections in the order a map draws and a
// catalogue lists them. Each call returns fresh values.
func Standard() []geo.Collection {
	return []geo.Collection{
		collection("neighbours", "Neighbouring regions", "Regions around the regency, as context; never counted.", geo.Polygon, 0, 14,
			text("code"), text("name"), enum("kind", "kabupaten", "kota", "desa", "kelurahan")),
		collection("villages", "Villages", "Desa and kelurahan of the regency.", geo.Polygon, 5, 14,
			text("code"), text("bps_code"), text("name"), enum("kind", "desa", "kelurahan"), text("district_code"), text("district"),
			number("area_km2", "km²"), integer("population", "people"), number("elevation_m", "m"), text("postal_code")),
		collection("districts", "Districts", "Kecamatan of the regency, dissolved from the villages unless imported.", geo.Polygon, 0, 14,
			text("code"), text("name"), integer("villages", ""), number("area_km2", "km²"), integer("population", "people")),
		collection("coverage", "Internet coverage", "Areas with a signal, by operator, technology and kind of evidence.", geo.Polygon, 5, 14,
			text("operator"), enum("technology", "2g", "3g", "4g", "5g", "fibre", "wifi"), enum("evidence", "claimed", "modelled", "measured"),
			number("down_mbps", "Mbit/s"), number("up_mbps", "Mbit/s"), number("rsrp_dbm", "dBm")),
		collection("towers", "Towers", "Sites of mobile base stations. Several operators or technologies are separated by semicolons.", geo.Point, 8, 14,
			text("operators"), text("technologies"), number("frequency_mhz", "MHz"), number("height_m", "m"),
			enum("status", "active", "planned", "proposed"), number("position_error_m", "m"), text("village_code"),
			text("name"), text("owner"), integer("cells", ""), integer("samples", "")),
		collection("measurements", "Measurements", "Speed tests, aggregated.", geo.Mixed, 8, 14,
			number("down_mbps", "Mbit/s"), number("up_mbps", "Mbit/s"), number("latency_ms", "ms"), integer("tests", ""), integer("devices", ""),
			text("period"), enum("network", "fixed", "mobile"),
			text("operator"), enum("technology", "2g", "3g", "4g", "5g", "fibre", "wifi"), boolean("confirmed")),
		collection("blankspots", "Blank spots", "Places, villages and districts officially or publicly named as without signal.", geo.Point, 5, 14,
			text("name"), enum("unit", "point", "village", "district"), enum("status", "blank", "weak", "resolved"), boolean("part_of_village"),
			text("village_code"), text("district_code")),
		collection("roads", "Road links", "Road links by class, surface and condition.", geo.Line, 5, 14,
			text("name"), enum("class", "toll", "national", "provincial", "regency", "village", "path"), text("surface"),
			enum("condition", "good", "fair", "damaged"), number("length_m", "m"), boolean("oneway"), number("maxspeed", "km/h"),
			text("name_en"), text("ref"), boolean("bridge"), boolean("tunnel"), integer("layer", "")),
		collection("destinations", "Destinations", "Tourist destinations.", geo.Point, 5, 14,
			text("name"), text("name_en"), text("category"), text("village_code"), text("opening_hours"),
			integer("price_idr_min", "IDR"), integer("price_idr_max", "IDR"), text("price_date"), text("facilities"), text("website"),
			text("fee"), text("wikidata")),
		collection("products", "Village products", "One Village One Product: what the villages make.", geo.Point, 8, 14,
			text("name"), text("category"), text("village_code")),
	}
}

// StandardCollection returns the well-known collection of that id.
func StandardCollection(id string) (geo.Collection, bool) {
	for _, c := range Standard() {
		if c.ID == id {
			return c, true
		}
	}
	return geo.Collection{}, false
}

func collection(id, title, description string, g geo.GeometryType, minZoom, maxZoom int, fields ...geo.Field) geo.Collection {
	fields = append(fields, text("source"), text("source_date"), text("quality"))
	return geo.Collection{ID: id, Title: title, Description: description, Geometry: g, Fields: fields, MinZoom: minZoom, MaxZoom: maxZoom}
}

func text(name string) geo.Field    { return geo.Field{Name: name, Type: geo.String} }
func boolean(name string) geo.Field { return geo.Field{Name: name, Type: geo.Boolean} }
func integer(name, unit string) geo.Field {
	return geo.Field{Name: name, Type: geo.Integer, Unit: unit}
}

func number(name, unit string) geo.Field { return geo.Field{Name: name, Type: geo.Number, Unit: unit} }

func enum(name string, values ...string) geo.Field {
	return geo.Field{Name: name, Type: geo.String, Enum: values}
}
