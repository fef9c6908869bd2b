package files

import (
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// aliases returns the names by which the usual sources of Indonesian data know
// a field of a well-known collection: the regency's own files, BIG's RBI
// (NAMOBJ, WADMKD, KDEPUM …), BPS, cahyadsn/wilayah. They are compared without
// regard to case, the first that has a value goes first, and the field's own
// name goes before all of them.
func aliases(collection, field string) []string {
	switch field {
	case "code":
		if collection == "districts" {
			return []string{"kode", "kode_kecamatan", "kd_kecamatan", "kecamatan_code", "kemendagri_code", "kdcpum"}
		}
		return []string{"kode", "kode_desa", "kd_desa", "kode_kelurahan", "village_code", "kemendagri_code", "kdepum"}
	case "name":
		switch collection {
		case "villages":
			return []string{"nama", "nama_desa", "nama_kelurahan", "desa", "kelurahan", "village", "wadmkd", "namobj"}
		case "districts":
			return []string{"nama", "nama_kecamatan", "kecamatan", "wadmkc", "namobj"}
		case "blankspots":
			return []string{"nama", "lokasi", "place"}
		}
		return []string{"nama", "namobj"}
	case "kind":
		return []string{"jenis", "status_desa", "tipe"}
	case "bps_code":
		return []string{"kode_bps", "kd_bps", "iddesa", "id_desa"}
	case "district_code":
		return []string{"kecamatan_code", "kode_kecamatan", "kd_kecamatan", "kdcpum"}
	case "district":
		return []string{"kecamatan", "nama_kecamatan", "wadmkc"}
	case "area_km2":
		return []string{"luas_km2", "luaskm2"}
	case "population":
		return []string{"penduduk", "jumlah_penduduk", "jml_penduduk"}
	case "elevation_m":
		return []string{"elevasi", "ketinggian", "elevation_m_geografis"}
	case "postal_code":
		return []string{"kode_pos", "kodepos", "postcode"}
	case "village_code":
		return []string{"kode_desa", "kd_desa", "kdepum"}
	case "operators", "operator":
		return []string{"nama_operator", "provider"}
	case "technologies", "technology":
		return []string{"teknologi", "network_type"}
	case "height_m":
		return []string{"tower_height", "tinggi", "tinggi_m", "height"}
	case "class":
		return []string{"class_id", "kelas", "kelas_jalan", "highway", "remark"}
	case "surface":
		return []string{"perkerasan", "permukaan"}
	case "condition":
		return []string{"kondisi"}
	case "length_m":
		return []string{"panjang_m", "panjang"}
	case "category":
		return []string{"kategori"}
	case "opening_hours":
		return []string{"hours", "jam_buka"}
	case "price_idr_min":
		return []string{"price_min_idr", "harga_min"}
	case "price_idr_max":
		return []string{"price_max_idr", "harga_max"}
	case "facilities":
		return []string{"fasilitas"}
	case "quality":
		return []string{"coord_quality", "kualitas"}
	case "source":
		return []string{"sources", "sumber"}
	case "source_date":
		return []string{"tanggal_sumber"}
	}
	return nil
}

// translate returns the value of an enumeration that a word of a source stands
// for. Road classes follow the function of the road as RBI and OpenStreetMap
// name it: what a source calls collector or secondary road is taken for a
// provincial one, a local road for the regency's, any other street for the
// village's.
func translate(f geo.Field, word string) (string, bool) {
	word = strings.ToLower(strings.Join(strings.Fields(word), " "))
	for _, v := range f.Enum {
		if word == v {
			return v, true
		}
	}
	value := ""
	switch f.Name {
	case "class":
		value = roadClass(word)
	case "kind":
		switch word {
		case "kelurahan", "kel", "kel.", "2":
			value = "kelurahan"
		case "ds", "ds.":
			value = "desa"
		}
	case "condition":
		switch word {
		case "baik":
			value = "good"
		case "sedang":
			value = "fair"
		case "rusak", "rusak ringan", "rusak berat":
			value = "damaged"
		}
	case "technology":
		switch word {
		case "gsm":
			value = "2g"
		case "umts", "hspa":
			value = "3g"
		case "lte":
			value = "4g"
		case "nr":
			value = "5g"
		case "fiber", "serat optik", "ftth":
			value = "fibre"
		case "wi-fi":
			value = "wifi"
		}
	}
	for _, v := range f.Enum {
		if value == v {
			return v, true
		}
	}
	return "", false
}

func roadClass(word string) string {
	switch {
	case strings.HasPrefix(word, "jalan tol"), word == "tol", strings.HasPrefix(word, "motorway"):
		return "toll"
	case strings.HasPrefix(word, "jalan arteri"), word == "jalan nasional", word == "nasional", strings.HasPrefix(word, "trunk"), strings.HasPrefix(word, "primary"):
		return "national"
	case strings.HasPrefix(word, "jalan kolektor"), word == "jalan provinsi", word == "provinsi", strings.HasPrefix(word, "secondary"):
		return "provincial"
	case word == "jalan lokal", word == "jalan kabupaten", word == "kabupaten", word == "jalan kota", word == "jalan raya", strings.HasPrefix(word, "tertiary"):
		return "regency"
	case word == "jalan lain", word == "jalan lingkungan", word == "jalan desa", word == "desa", word == "unclassified", word == "residential", word == "living_street", word == "service":
		return "village"
	case word == "jalan setapak", word == "gang", word == "setapak", word == "track", word == "path", word == "footway", word == "steps", word == "cycleway", word == "pedestrian":
		return "path"
	}
	return ""
}
