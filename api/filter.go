package api

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/cql2"
)

// filterParameters are those of OGC API Features 3.
var filterParameters = []string{"filter", "filter-crs", "filter-lang"}

// filterLanguages are those of filters; the first is meant when none is named.
func filterLanguages() []string { return []string{"cql2-text", "cql2-json"} }

// filterOf reads what the features of the layers have to be: what the parameter
// filter says, and, for each of the fields that is a parameter, that they have
// the value it gives. Nil stands for no condition.
func filterOf(p parameters, layers []*geo.Layer, fields []geo.Field) (*cql2.Filter, error) {
	if s, ok := p["filter-lang"]; ok && !slices.Contains(filterLanguages(), s) {
		return nil, &Problem{
			Kind: BadParameter, Parameter: "filter-lang", Allowed: filterLanguages(),
			Detail: "filter-lang " + quoted(s) + " is not one of " + strings.Join(filterLanguages(), ", "),
		}
	}
	if err := checkCRS(p, "filter-crs"); err != nil {
		return nil, err
	}
	collections := make([]*geo.Collection, len(layers))
	for i, l := range layers {
		collections[i] = &l.Collection
	}
	var filter *cql2.Filter
	if s, ok := p["filter"]; ok {
		var err error
		if p["filter-lang"] == "cql2-json" {
			filter, err = cql2.ParseJSON([]byte(s))
		} else {
			filter, err = cql2.Parse(s)
		}
		if err == nil {
			err = filter.Check(collections...)
		}
		if err != nil {
			return nil, badFilter("filter", err)
		}
	}
	for _, f := range fields {
		s, ok := p[f.Name]
		if !ok {
			continue
		}
		value, err := valueOf(f, s)
		if err != nil {
			return nil, err
		}
		equal := cql2.Equal(f.Name, value)
		if err := equal.Check(collections...); err != nil {
			return nil, badFilter(f.Name, err)
		}
		filter = cql2.All(filter, equal)
	}
	return filter, nil
}

// badFilter makes a problem of an error of package cql2.
func badFilter(parameter string, err error) error {
	wrong := badParameter(parameter, "%s: %v", parameter, err)
	if at := (*cql2.Error)(nil); errors.As(err, &at) {
		wrong.Allowed = at.Allowed
	}
	return wrong
}

// valueOf reads the value of a property as its type is.
func valueOf(f geo.Field, s string) (value any, err error) {
	switch f.Type {
	case geo.String:
		return s, nil
	case geo.Integer:
		value, err = strconv.ParseInt(s, 10, 64)
	case geo.Number:
		var x float64
		if x, err = strconv.ParseFloat(s, 64); math.IsNaN(x) || math.IsInf(x, 0) {
			err = strconv.ErrRange
		}
		value = x
	default:
		if s != "true" && s != "false" {
			err = strconv.ErrSyntax
		}
		value = s == "true"
	}
	if err != nil {
		return nil, badParameter(f.Name, "%s %s is not of type %s", f.Name, quoted(s), f.Type)
	}
	return value, nil
}

// filterable lists the properties of the layers that can be parameters beside
// the reserved ones: what is named alike in several is one.
func filterable(layers []*geo.Layer, reserved []string) []geo.Field {
	var all []geo.Field
	for _, l := range layers {
		for _, f := range l.Collection.Fields {
			known := slices.ContainsFunc(all, func(g geo.Field) bool { return g.Name == f.Name })
			if !known && !slices.Contains(reserved, f.Name) {
				all = append(all, f)
			}
		}
	}
	return all
}
