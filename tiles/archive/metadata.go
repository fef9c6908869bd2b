package archive

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/tiles"
)

// metadata is the JSON document of a PMTiles archive. An MBTiles archive keeps
// the vector layers of it as the row "json", and the rest in rows of their own.
type metadata struct {
	Name         string              `json:"name,omitempty"`
	Description  string              `json:"description,omitempty"`
	Attribution  string              `json:"attribution,omitempty"`
	Type         string              `json:"type,omitempty"`    // overlay or baselayer
	Version      string              `json:"version,omitempty"` // of the content
	Generator    string              `json:"generator,omitempty"`
	VectorLayers []tiles.VectorLayer `json:"vector_layers"`
}

// readMetadata takes from a document what it understands: archives have many
// makers, and a member of another type than usual is no reason to refuse tiles.
func readMetadata(document []byte) (m metadata) {
	var members map[string]json.RawMessage
	if json.Unmarshal(document, &members) != nil {
		return m
	}
	for name, to := range map[string]*string{
		"name": &m.Name, "description": &m.Description, "attribution": &m.Attribution, "type": &m.Type, "version": &m.Version, "generator": &m.Generator,
	} {
		if json.Unmarshal(members[name], to) != nil {
			*to = ""
		}
	}
	var layers []struct {
		ID          string         `json:"id"`
		Description string         `json:"description"`
		MinZoom     *float64       `json:"minzoom"`
		MaxZoom     *float64       `json:"maxzoom"`
		Fields      map[string]any `json:"fields"`
	}
	if json.Unmarshal(members["vector_layers"], &layers) != nil {
		return m
	}
	for _, l := range layers {
		v := tiles.VectorLayer{ID: l.ID, Description: l.Description, MinZoom: zoom(l.MinZoom, -1), MaxZoom: zoom(l.MaxZoom, -1), Fields: map[string]string{}}
		for name, value := range l.Fields {
			v.Fields[name] = fmt.Sprint(value)
		}
		m.VectorLayers = append(m.VectorLayers, v)
	}
	return m
}

func zoom(v *float64, missing int) int {
	if v == nil || !(*v >= 0 && *v <= 31) {
		return missing
	}
	return int(*v)
}

// describe puts the document into a description whose zooms are set already.
func (m *metadata) describe(d *tiles.Description) {
	d.Name, d.Description, d.Attribution = m.Name, m.Description, m.Attribution
	d.VectorLayers = m.VectorLayers
	for i := range d.VectorLayers {
		v := &d.VectorLayers[i]
		if v.MinZoom < 0 {
			v.MinZoom = d.MinZoom
		}
		if v.MaxZoom < 0 {
			v.MaxZoom = d.MaxZoom
		}
	}
}

// degrees reads n numbers separated by commas; false unless all are finite.
func degrees(s string, n int) ([]float64, bool) {
	parts := strings.Split(s, ",")
	if len(parts) != n {
		return nil, false
	}
	numbers := make([]float64, n)
	for i, p := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			return nil, false
		}
		numbers[i] = v
	}
	return numbers, true
}

func join(numbers ...float64) string {
	parts := make([]string, len(numbers))
	for i, v := range numbers {
		parts[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(parts, ",")
}

// wholeWorld is the square that Web Mercator tiles cover.
var wholeWorld = orb.Bound{Min: orb.Point{-180, -85.0511288}, Max: orb.Point{180, 85.0511288}}
