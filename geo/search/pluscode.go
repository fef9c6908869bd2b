package search

import (
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// The digits of Plus Codes (Open Location Code, version 1.04).
const plusDigits = "23456789CFGHJMPQRVWX"

// parsePlusCode returns the middle of a Plus Code's area. A short code is that
// nearest to near; words behind it, such as a town, are left aside.
func parsePlusCode(s string, near *orb.Point) (orb.Point, bool) {
	code, _, _ := strings.Cut(s, " ")
	code = strings.TrimRight(code, ",")
	plus := strings.IndexByte(code, '+')
	if plus < 2 || plus > 8 || plus%2 != 0 || len(code) > 16 {
		return orb.Point{}, false
	}
	before, after, short := code[:plus], code[plus+1:], 8-plus
	if plus == 8 && after == "" {
		before = strings.TrimRight(before, "0") // a large area
	}
	digits := before + after
	if len(after) == 1 || after == "" && short > 0 || len(before) == 0 || len(before)%2 != 0 || strings.Trim(digits, plusDigits) != "" {
		return orb.Point{}, false
	}
	if short == 0 {
		p, _ := decodePlus(digits)
		return p, math.Abs(p[1]) <= 90 && math.Abs(p[0]) <= 180
	}
	if near == nil {
		return orb.Point{}, false
	}
	p, _ := decodePlus(encodePlus(*near)[:short] + digits)
	// The same digits stand in each of the areas beside that of near.
	size := math.Pow(20, 2-float64(short)/2)
	for k := range 2 {
		if p[k]-near[k] > size/2 {
			p[k] -= size
		} else if near[k]-p[k] > size/2 {
			p[k] += size
		}
	}
	return p, math.Abs(p[1]) <= 90 && math.Abs(p[0]) <= 180
}

// decodePlus returns the middle and the size of the area of a whole code: pairs of
// digits for latitude and longitude, then cells of 4 by 5.
func decodePlus(digits string) (middle, size orb.Point) {
	low := orb.Point{-180, -90}
	size = orb.Point{400, 400}
	for i := 0; i < len(digits); {
		if i < 10 {
			size = orb.Point{size[0] / 20, size[1] / 20}
			low[1] += size[1] * float64(strings.IndexByte(plusDigits, digits[i]))
			low[0] += size[0] * float64(strings.IndexByte(plusDigits, digits[i+1]))
			i += 2
			continue
		}
		size = orb.Point{size[0] / 4, size[1] / 5}
		d := strings.IndexByte(plusDigits, digits[i])
		low[0] += size[0] * float64(d%4)
		low[1] += size[1] * float64(d/4)
		i++
	}
	return orb.Point{low[0] + size[0]/2, low[1] + size[1]/2}, size
}

// encodePlus returns the first eight digits of a place's code.
func encodePlus(p orb.Point) string {
	lat, lon := min(max(p[1]+90, 0), 179.9999999), math.Mod(p[0]+540, 360)
	var code []byte
	size := 20.0
	for range 4 {
		a, b := math.Floor(lat/size), math.Floor(lon/size)
		code = append(code, plusDigits[int(a)], plusDigits[int(b)])
		lat, lon, size = lat-a*size, lon-b*size, size/20
	}
	return string(code)
}
