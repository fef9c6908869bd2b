package api

import (
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/geo/coverage"
)

// words say in plain words how a village stands.
func (o *standing) words(l language) string {
	said := []string{
		count(o.Products, l, "belum ada produk", "produk", "no product yet", "product", "products"),
		count(o.Destinations, l, "belum ada destinasi", "destinasi", "no destination yet", "destination", "destinations"),
		signalWords(o.SignalClass, l), roadWords(o.RoadCondition, l),
	}
	text := strings.Join(said, ", ") + "."
	return strings.ToUpper(text[:1]) + text[1:]
}

func count(n int, l language, noneID, manyID, noneEN, oneEN, manyEN string) string {
	switch {
	case n == 0:
		return l.of(noneID, noneEN)
	case n == 1:
		return l.of("1 "+manyID, "1 "+oneEN)
	}
	return fmt.Sprintf("%d %s", n, l.of(manyID, manyEN))
}

func signalWords(class string, l language) string {
	switch class {
	case coverage.Served:
		return l.of("sinyal 4G ada", "4G signal")
	case coverage.Partial:
		return l.of("sinyal 4G sebagian", "4G signal in parts")
	case coverage.Blank:
		return l.of("tanpa sinyal 4G", "no 4G signal")
	default:
		return l.of("sinyal 4G belum diketahui", "4G signal not known")
	}
}

func roadWords(condition string, l language) string {
	switch condition {
	case "good":
		return l.of("jalan baik", "good roads")
	case "fair":
		return l.of("jalan sedang", "fair roads")
	case "damaged":
		return l.of("jalan rusak", "damaged roads")
	case "none":
		return l.of("belum ada jalan yang terpetakan", "no road mapped yet")
	default:
		return l.of("kondisi jalan belum diketahui", "road condition not known")
	}
}

// meritWords name what a village may lack.
func meritWords(merit string, l language) string {
	switch merit {
	case "product":
		return l.of("produk", "a product")
	case "destination":
		return l.of("destinasi", "a destination")
	case "signal":
		return l.of("sinyal", "signal")
	default:
		return l.of("jalan yang layak", "a road in fair condition")
	}
}
