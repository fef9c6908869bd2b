package files

import "strings"

// bakti is the list of base stations that BAKTI, the agency that pays for them
// where no operator would, publishes. Existing sites have numbers of their own,
// which new ones use again, so the kind is part of the id. Names of places have
// line breaks in them.
func bakti() profile {
	const village = "kode_kel._desa"
	return profile{
		name: "BAKTI's list of base stations", columns: []string{village, "site_id", "kategori", "long", "lat"},
		attribution: "BAKTI Komdigi",
		change: func(r *row, get func(string) string, found func(string)) {
			r.properties = r.properties[:0]
			id := "bakti-" + get("site_id")
			kind := get("kategori")
			if strings.Contains(kind, "EXISTING") {
				id = "bakti-existing-" + get("site_id")
			}
			found(strings.ToLower("sites of the kind " + kind))
			r.id = id
			r.setText("name", get("kelurahan_desa"))
			r.setText("village_code", get(village))
			r.setText("owner", "BAKTI")
			if strings.HasSuffix(kind, "4G") {
				r.setText("technologies", "4g")
			}
			status := "planned"
			if on := strings.ToUpper(get("on_air_actual")); on == "" || on == "ON AIR" {
				status = "active"
			}
			r.setText("status", status)
			r.setText("source", "BAKTI")
		},
	}
}
