package mvt

import (
	"errors"
	"fmt"
)

// Tile is a decoded tile.
type Tile struct {
	Layers []Layer
}

// Layer is a decoded layer.
type Layer struct {
	Name     string
	Version  uint32
	Extent   uint32
	Features []Feature
}

// Feature is a decoded feature. Properties are string, int64, uint64, float64,
// float32 or bool, as they were encoded.
type Feature struct {
	ID         uint64
	HasID      bool
	Type       GeometryType
	Properties map[string]any
	Parts      [][][2]int32 // points: one part; a line, or an unclosed ring, each
}

// ErrInvalid is wrapped by every error of Decode.
var ErrInvalid = errors.New("not a valid vector tile")

// Decode reads a tile that is not compressed. It fails for what version 2.1 of
// the specification forbids or a reader cannot make sense of; a feature of
// unknown type is kept, without its geometry. Layers of version 1 and 2 are read.
func Decode(data []byte) (Tile, error) {
	var t Tile
	names := map[string]bool{}
	m := message{data: data}
	for m.next() {
		switch m.key {
		case tileLayer:
			l, err := decodeLayer(m.bytes)
			if err != nil {
				return Tile{}, fmt.Errorf("%w: layer %d: %w", ErrInvalid, len(t.Layers), err)
			}
			if names[l.Name] {
				return Tile{}, fmt.Errorf("%w: two layers are called %q", ErrInvalid, l.Name)
			}
			names[l.Name] = true
			t.Layers = append(t.Layers, l)
		default:
			m.unknown(3)
		}
	}
	if m.err != nil {
		return Tile{}, fmt.Errorf("%w: %w", ErrInvalid, m.err)
	}
	return t, nil
}

func decodeLayer(data []byte) (Layer, error) {
	l := Layer{Version: 1, Extent: 4096}
	var named, versioned bool
	var keys []string
	var values []any
	var features [][]byte
	m := message{data: data}
	for m.next() {
		switch m.key {
		case layerName:
			l.Name, named = string(m.bytes), true
		case layerFeature:
			features = append(features, m.bytes)
		case layerKey:
			keys = append(keys, string(m.bytes))
		case layerValue:
			v, err := decodeValue(m.bytes)
			if err != nil {
				return l, fmt.Errorf("value %d: %w", len(values), err)
			}
			values = append(values, v)
		case layerExtent:
			l.Extent = uint32(m.number)
		case layerVersion:
			l.Version, versioned = uint32(m.number), true
		default:
			m.unknown(1, 2, 3, 4, 5, 15)
		}
	}
	switch {
	case m.err != nil:
		return l, m.err
	case !named || l.Name == "":
		return l, errors.New("it has no name")
	case !versioned:
		return l, errors.New("it has no version")
	case l.Version != 1 && l.Version != 2:
		return l, fmt.Errorf("version %d is not known", l.Version)
	case l.Extent == 0:
		return l, errors.New("its extent is 0")
	}
	for i, b := range features {
		f, err := decodeFeature(b, keys, values)
		if err != nil {
			return l, fmt.Errorf("feature %d: %w", i, err)
		}
		l.Features = append(l.Features, f)
	}
	return l, nil
}

func decodeFeature(data []byte, keys []string, values []any) (Feature, error) {
	var f Feature
	var tags, geometry []uint32
	hasGeometry := false
	m := message{data: data}
	for m.next() {
		switch m.key {
		case featureID:
			f.ID, f.HasID = m.number, true
		case featureTags:
			tags = m.packed(tags)
		case featureType:
			if m.number > uint64(Polygon) {
				return f, fmt.Errorf("geometry type %d is not known", m.number)
			}
			f.Type = GeometryType(m.number)
		case featureGeometry:
			geometry, hasGeometry = m.packed(geometry), true
		default:
			m.unknown(1, 2, 3, 4)
		}
	}
	if m.err != nil {
		return f, m.err
	}
	if !hasGeometry {
		return f, errors.New("it has no geometry")
	}
	if len(tags)%2 != 0 {
		return f, errors.New("its tags are odd in number")
	}
	f.Properties = make(map[string]any, len(tags)/2)
	for i := 0; i < len(tags); i += 2 {
		k, v := tags[i], tags[i+1]
		if int64(k) >= int64(len(keys)) || int64(v) >= int64(len(values)) {
			return f, fmt.Errorf("tag %d, %d points beyond %d keys and %d values", k, v, len(keys), len(values))
		}
		f.Properties[keys[k]] = values[v]
	}
	var err error
	f.Parts, err = decodeGeometry(f.Type, geometry)
	return f, err
}
