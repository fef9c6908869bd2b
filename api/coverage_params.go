package api

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
)

// queryOf reads what of the parameters asks about gaps.
func queryOf(p parameters, besides ...string) (*coverage.Query, error) {
	values := url.Values{}
	for name, value := range p {
		if !slices.Contains(besides, name) {
			values.Set(name, value)
		}
	}
	q, err := coverage.ParseQuery(values)
	return q, gapProblem(err)
}

// point reads a parameter such as 112.5,-8.1.
func (p parameters) point(name string) (orb.Point, error) {
	lon, lat, _ := strings.Cut(p[name], ",")
	x, err := strconv.ParseFloat(lon, 64)
	y, err2 := strconv.ParseFloat(lat, 64)
	if err != nil || err2 != nil || !(x >= -180 && x <= 180 && y >= -90 && y <= 90) {
		return orb.Point{}, badParameter(name, "%s %s is no longitude and latitude in degrees, set apart by a comma", name, quoted(p[name]))
	}
	return orb.Point{x, y}, nil
}

// number reads a parameter into v, which stays as it is without it.
func (p parameters) number(name string, v *float64) error {
	s, ok := p[name]
	if !ok {
		return nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != f {
		return badParameter(name, "%s %s is no number", name, quoted(s))
	}
	*v = f
	return nil
}

// pathProblem says what a path that cannot be computed means to a client.
func pathProblem(err error) error {
	var outside *propagation.RangeError
	if errors.As(err, &outside) {
		name := map[string]string{"antenna height": "height_m", "frequency": "frequency_mhz"}[outside.Quantity]
		if name == "" {
			name = "to"
		}
		return badParameter(name, "%v", outside)
	}
	return gapProblem(err)
}
