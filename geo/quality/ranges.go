package quality

// A Range is what a number can be; both ends belong to it.
type Range struct{ Min, Max float64 }

// Possible returns the range of a field of a well-known collection, wide enough
// that what is outside is a mistake: a unit mixed up, a sign, a date in the
// wrong column. The land of Indonesia is between the sea and Puncak Jaya, 4,884 m.
func Possible(field string) (r Range, known bool) {
	switch field {
	case "elevation_m":
		r = Range{-10, 4900}
	case "population":
		r = Range{0, 1e7} // Bogor, the most populous regency, has 5.7 million
	case "villages":
		r = Range{0, 1000}
	case "area_km2":
		r = Range{0, 50_000} // Merauke, the largest regency, has 46,800
	case "down_mbps", "up_mbps":
		r = Range{0, 100_000}
	case "rsrp_dbm":
		r = Range{-160, -20} // 3GPP TS 36.133, 9.1.4, reports from -140 (-156 extended) to -44
	case "latency_ms":
		r = Range{0, 60_000}
	case "frequency_mhz":
		r = Range{1, 100_000}
	case "height_m":
		r = Range{0, 400}
	case "position_error_m":
		r = Range{0, 100_000}
	case "maxspeed":
		r = Range{0, 150}
	case "length_m":
		r = Range{0, 1e6}
	case "tests", "devices":
		r = Range{0, 1e9}
	case "price_idr_min", "price_idr_max":
		r = Range{0, 1e8}
	default:
		return r, false
	}
	return r, true
}

// Holds reports whether x is in the range.
func (r Range) Holds(x float64) bool { return x >= r.Min && x <= r.Max }
